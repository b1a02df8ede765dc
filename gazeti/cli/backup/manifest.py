"""What a backup says of itself, before anything else in it: who made it, when, of what. It holds no secret."""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from gazeti import __version__
from gazeti.cli.failures import Failure

FORMAT = 1
"""Goes up when an older Gazeti could not restore what a newer one writes. The seal stays as it is."""


@dataclass(frozen=True)
class Manifest:
    """The facts of one backup."""

    database: str
    """`sqlite` or `postgresql`."""
    made_at: str
    """ISO 8601, UTC."""
    migrations: list[str]
    """Those that were applied, as in `gazeti_log.0001_initial`."""
    address: str
    language: str
    time_zone: str
    """How readers' pages were rendered, wherever these settings came from."""
    environment: dict[str, str] = field(default_factory=dict)
    """Settings without secrets that the server had from its environment, and gazeti.toml does not hold."""
    counts: dict[str, int] = field(default_factory=dict)
    """Of `stories`, `pictures`, `people`, `files` and, where they were rendered, `pages`."""
    database_bytes: int = 0
    """Of the database's file, unpacked; 0 where an older Gazeti did not say."""
    has_secret: bool = True
    gazeti: str = __version__
    format: int = FORMAT

    def as_json(self) -> str:
        """As it stands in the backup."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def manifest_of(text: bytes, *, name: str) -> Manifest:
    """The manifest of a backup. Raises Failure for one that a newer Gazeti made, or that is none."""
    try:
        said: dict[str, Any] = json.loads(text)
        _refuse_newer(said, name=name)
        known = {one.name for one in fields(Manifest)}
        return Manifest(**{key: value for key, value in said.items() if key in known})
    except (ValueError, TypeError, AttributeError, UnicodeError) as error:
        raise Failure(f"{name} does not say what it is: its first member cannot be read ({error}).") from error


def refuse_unknown(manifest: Manifest, *, name: str) -> None:
    """Raise Failure where our apps wrote the database in a way that is not known here; Django is set up."""
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{migration}" for app, migration in MigrationLoader(None).disk_migrations}
    ours = sorted(one for one in manifest.migrations if one.startswith("gazeti_") and one not in known)
    if ours:
        raise Failure(f"{name} was made by a newer Gazeti ({ours[-1]} is not known here). {_ADVICE}")


_ADVICE = "Install that version, and restore it with that."


def _refuse_newer(said: dict[str, Any], *, name: str) -> None:
    version = str(said["gazeti"])
    if int(said["format"]) > FORMAT or _numbers(version) > _numbers(__version__):
        raise Failure(f"{name} was made by a newer Gazeti ({version}; this is {__version__}). {_ADVICE}")


def _numbers(version: str) -> tuple[int, ...]:
    """The release's numbers (PEP 440) without what may follow, as in 1.2.0rc1."""
    parts = version.split(".")[:3]
    return tuple(int("".join(sign for sign in part if sign.isdigit()) or 0) for part in parts)
