"""Where settings come from: the environment beats the newsroom's gazeti.toml, which beats the default."""

import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvError

env = Env()


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


class Settings:
    """Typed reads of one newsroom's settings."""

    def __init__(self, home: Path) -> None:
        """Read the newsroom's file once."""
        self.home = home
        self.file = newsroom_file(home)

    def text(self, variable: str, key: str, default: str = "") -> str:
        """A string, from the variable or from the file's key."""
        return env.str(variable, str(self.file.get(key, default)))

    def yes(self, variable: str, key: str, *, default: bool = False) -> bool:
        """A yes or no; raises BadSetting for anything else."""
        try:
            return env.bool(variable, bool(self.file.get(key, default)))
        except EnvError as error:
            raise BadSetting(f"{variable} is neither true nor false. Write one of these.") from error

    def names(self, variable: str, key: str) -> list[str]:
        """A list of strings; in the environment with commas between."""
        return env.list(variable, self.file.get(key, []))

    def address(self) -> str:
        """The newsroom's public URL without a slash at its end; empty until it is set."""
        address = self.text("GAZETI_ADDRESS", "address").rstrip("/")
        parts = urlsplit(address)
        if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path):
            raise BadSetting(
                f'The address "{address}" is no public URL. Write it like https://paper.example, without a path.'
            )
        return address

    def secret(self) -> str:
        """The secret that signs links and sessions: GAZETI_SECRET, else the file `secret` in the newsroom.

        Where there is neither, one made for this process alone: what it signs ends with it.
        """
        given = env.str("GAZETI_SECRET", "")
        path = self.home / "secret"
        if not given and path.exists():
            given = path.read_text(encoding="ascii").strip()
        return given or secrets.token_urlsafe(50)
