"""Where settings come from: the environment beats the newsroom's gazeti.toml, which beats the default.

Whatever cannot be used raises BadSetting, one plain sentence that says what to write instead.
"""

import ipaddress
import re
import secrets
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
import dj_email_url
from babel import Locale, UnknownLocaleError
from environs import Env, EnvError

from gazeti.config.sqlite import Connection

env = Env()
HOST = re.compile(r"[a-z0-9.:-]+")
INTERVAL = re.compile(r"(\d{1,4})([mhd])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
CDNS = {"cloudflare": "https://api.cloudflare.com", "fastly": "https://api.fastly.com", "varnish": ""}
"""The networks that can be purged by tag, and where they take purges."""
MAIL_SECONDS = 10
"""How long a mail server may take before sending gives up."""
SQLITE = {
    # FULL: what was accepted is on disk. IMMEDIATE: no writer fails halfway for a lock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "factory": Connection,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
}

POSTGRESQL = {
    "connect_timeout": 5,
    # A server whose machine just vanished is noticed (seconds; milliseconds the last), or a render waits for hours.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class BadSetting(Exception):
    """A setting that cannot be used; the message says which, and what to write instead."""


def home_folder() -> Path:
    """The newsroom's folder: GAZETI_HOME, else the current folder."""
    return Path(env.str("GAZETI_HOME", ".")).resolve()


def newsroom_file(home: Path) -> dict[str, Any]:
    """What gazeti.toml says; nothing if there is none. Raises BadSetting where it is no TOML."""
    path = home / "gazeti.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is not valid TOML: {error}. Mend that line.") from error


def checked_address(address: str) -> str:
    """A public URL without the slash at its end; empty stays empty."""
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (reading it is what raises for a port that is no number)
    except ValueError:
        parts = urlsplit("")
    rest = parts.path or parts.query or parts.fragment or parts.username
    is_public = parts.scheme in ("http", "https") and HOST.fullmatch(parts.hostname or "") and not rest
    if address and not is_public:
        raise BadSetting(
            f'The address "{address}" is no public URL. Write it like https://paper.example, without a path.'
        )
    return address


def checked_time_zone(name: str) -> str:
    """A time zone of the IANA database."""
    try:
        return str(ZoneInfo(name))
    except (ValueError, KeyError, OSError) as error:
        raise BadSetting(f'There is no time zone "{name}". Write one like Africa/Nairobi or Europe/London.') from error


def checked_language(code: str) -> str:
    """A language tag (BCP 47) that Babel can write dates in."""
    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise BadSetting(f'The language "{code}" is not known. Write a tag like en-KE, sw or so.') from error
    return code


def checked_interval(text: str) -> timedelta:
    """A time like 30m, 12h or 1d."""
    found = INTERVAL.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise BadSetting(f'"{text}" is no interval. Write minutes, hours or days like 30m, 12h or 1d.')
    return int(found[1]) * UNITS[found[2]]


class Backups(NamedTuple):
    """The backups that `gazeti serve` makes: where to (None: none), how often, how many it keeps."""

    folder: Path | None
    every: timedelta
    keep: int


class Settings:
    """Typed reads of one newsroom's settings."""

    def __init__(self, home: Path) -> None:
        """Read the newsroom's file once."""
        self.home = home
        self.file = newsroom_file(home)
        self.keys: set[str] = set()

    def text(self, variable: str, key: str, default: str = "") -> str:
        """A string, from the variable or from the file's key."""
        return str(self._typed(env.str, variable, key, default, kind="a text"))

    def yes(self, variable: str, key: str, *, default: bool = False) -> bool:
        """A yes or no."""
        return bool(self._typed(env.bool, variable, key, default, kind="true or false"))

    def number(self, variable: str, key: str, *, default: int, least: int, most: int) -> int:
        """A whole number between two bounds."""
        kind = f"a whole number from {least} to {most}"
        found = self._typed(env.int, variable, key, default, kind=kind)
        if not least <= found <= most:
            raise BadSetting(f"{variable} is {found}. Write {kind}.")
        return int(found)

    def names(self, variable: str, key: str) -> list[str]:
        """A list of strings; in the environment with commas between."""
        found = self._typed(env.list, variable, key, [], kind="a list of texts")
        return [str(one).strip() for one in found if str(one).strip()]

    def address(self) -> str:
        """The newsroom's public URL without a slash at its end; empty until it is set."""
        return checked_address(self.text("GAZETI_ADDRESS", "address"))

    def second_factor(self) -> bool:
        """Whether editors and administrators must prove a second factor; yes, unless a newsroom says no."""
        return self.yes("GAZETI_SECOND_FACTOR", "second_factor", default=True)

    def port(self) -> int:
        """The port that `serve` listens on."""
        return self.number("PORT", "port", default=8000, least=1, most=65535)

    def language(self) -> str:
        """The language of the newsroom's dates and words."""
        return checked_language(self.text("GAZETI_LANGUAGE", "language", "en-KE"))

    def time_zone(self) -> str:
        """The time zone of the newsroom's dates."""
        return checked_time_zone(self.text("GAZETI_TIME_ZONE", "time_zone", "Africa/Nairobi"))

    def log_level(self) -> str:
        """How much is written to standard error."""
        level = self.text("GAZETI_LOG_LEVEL", "log_level", "WARNING").upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
            raise BadSetting(f"GAZETI_LOG_LEVEL is {level}. Write DEBUG, INFO, WARNING, ERROR or CRITICAL.")
        return level

    def trusted_proxies(self) -> list[str]:
        """The addresses or networks of proxies whose X-Forwarded-For is believed."""
        proxies = self.names("GAZETI_TRUSTED_PROXIES", "trusted_proxies")
        for proxy in proxies:
            try:
                ipaddress.ip_network(proxy)
            except ValueError as error:
                wanted = "Write addresses or networks like 127.0.0.1 or 10.0.0.0/24"
                raise BadSetting(f'The trusted proxy "{proxy}" is no address. {wanted}.') from error
        return proxies

    def secret(self) -> str:
        """The secret that signs links and sessions: GAZETI_SECRET, else the file `secret` in the newsroom.

        Where there is neither, one made for this process alone: what it signs ends with it.
        """
        given = env.str("GAZETI_SECRET", "")
        path = self.home / "secret"
        try:
            if not given and path.exists():
                given = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"The secret in {path} cannot be read. Let the server's user alone read it.") from error
        return given or secrets.token_urlsafe(50)

    def database(self) -> dict[str, Any]:
        """Django's database settings: DATABASE_URL, else gazeti.db in the newsroom."""
        url = self.text("DATABASE_URL", "database_url", f"sqlite:///{self.home / 'gazeti.db'}")
        try:
            database = dict(dj_database_url.parse(url))
        except ValueError as error:
            raise BadSetting(
                "DATABASE_URL cannot be read. Write it like postgres://user:password@host/name."
            ) from error
        engine = str(database["ENGINE"])
        if not engine.endswith(("sqlite3", "postgresql")):
            raise BadSetting("DATABASE_URL names a database that Gazeti does not know. Use sqlite or postgres.")
        ours = SQLITE if engine.endswith("sqlite3") else POSTGRESQL
        database["OPTIONS"] = {**ours, **(database.get("OPTIONS") or {})}
        return database

    def backups(self) -> Backups:
        """The backups that `gazeti serve` makes by itself; a relative folder is one in the newsroom."""
        to = self.text("GAZETI_BACKUP_TO", "backup_to")
        every = checked_interval(self.text("GAZETI_BACKUP_EVERY", "backup_every", "1d"))
        keep = self.number("GAZETI_BACKUP_KEEP", "backup_keep", default=7, least=1, most=1000)
        return Backups(self.home / to if to else None, every, keep)

    def redis(self) -> str:
        """The URL of Redis or Valkey from REDIS_URL; empty without one."""
        url = self.text("REDIS_URL", "redis_url")
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise BadSetting("REDIS_URL cannot be read. Write it like redis://127.0.0.1:6379/0.")
        return url

    def cdn(self) -> dict[str, dict[str, str]]:
        """The network to purge, as Wagtail's frontend cache backends are set; empty where none is named."""
        name = self.text("GAZETI_CDN", "cdn")
        location = self.text("GAZETI_CDN_URL", "cdn_url", CDNS.get(name, ""))
        zone, token = self.text("GAZETI_CDN_ZONE", "cdn_zone"), self.text("GAZETI_CDN_TOKEN", "cdn_token")
        if not name:
            return {}
        if name not in CDNS:
            raise BadSetting(f'GAZETI_CDN is "{name}", which Gazeti cannot purge. Write {", ".join(CDNS)}.')
        if not location.startswith(("http://", "https://")):
            raise BadSetting(
                "GAZETI_CDN_URL is no address. Write where the network takes purges, like http://127.0.0.1:6081."
            )
        if name != "varnish" and not (zone and token):
            raise BadSetting(f"{name} takes purges by GAZETI_CDN_ZONE and GAZETI_CDN_TOKEN. Write both.")
        backend = {"BACKEND": f"gazeti.edge.networks.{name.capitalize()}", "LOCATION": location}
        return {"cdn": backend if name == "varnish" else {**backend, "ZONEID": zone, "BEARER_TOKEN": token}}

    def mail(self) -> dict[str, Any]:
        """Django's mail settings from GAZETI_MAIL; without it mail is written to standard output."""
        url = self.text("GAZETI_MAIL", "mail", "console:")
        try:
            found = dict(dj_email_url.parse(url))
        except ValueError:
            found = {}
        if "EMAIL_BACKEND" not in found:
            wanted = "Write it like submission://user:password@mail.example:587"
            raise BadSetting(f"GAZETI_MAIL cannot be read. {wanted}.")
        found["EMAIL_TIMEOUT"] = found["EMAIL_TIMEOUT"] or MAIL_SECONDS
        return found

    def _typed(self, convert: Callable[..., Any], variable: str, key: str, default: Any, *, kind: str) -> Any:
        self.keys.add(key)
        fallback = self.file.get(key, default)
        if type(fallback) is not type(default):
            raise BadSetting(f'"{key}" in {self.home / "gazeti.toml"} is {fallback!r}. Write {kind}.')
        try:
            return convert(variable, fallback)
        except EnvError as error:
            raise BadSetting(f'{variable} is "{env.str(variable)}". Write {kind}.') from error
