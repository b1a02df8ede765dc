"""`gazeti restore --drill`: a backup restored aside and served, and every public page compared with its fingerprint.

The server there has no clock, no background tasks, no mail, and no setting by which it could reach anybody.
"""

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import click

from gazeti import __version__
from gazeti.cli.backup.belongings import SETTINGS
from gazeti.cli.backup.comparing import Difference, differences
from gazeti.cli.backup.laying import DATABASE, Laid, lay, opened, settle
from gazeti.cli.backup.pages import of_text
from gazeti.cli.backup.serving import served
from gazeti.cli.backup.snapshot import POSTGRESQL
from gazeti.cli.failures import Failure
from gazeti.cli.home import home
from gazeti.cli.newsroom import ended_in_order

PREFIX = "gazeti-drill-"
MOST_TOLD = 20
KEPT_OUT = ("DATABASE_URL", "REDIS_URL", "PORT", "NOTIFY_SOCKET", "PROMETHEUS_MULTIPROC_DIR", "DJANGO_SETTINGS_MODULE")
"""Variables that would lead the drill's server to the living newsroom; those named GAZETI_… are left out too."""


class Drilled(NamedTuple):
    """What a drill found."""

    laid: Laid
    pages: int
    different: list[Difference]
    seconds: float


def drill_of(file: str, *, as_json: bool) -> None:
    """Do the drill and tell of it. Raises Failure unless every page is the same."""
    drilled = _drilled(file)
    if as_json:
        click.echo(json.dumps(_facts(drilled, file), indent=2))
    for one in drilled.different[:MOST_TOLD]:
        click.echo(f"{one.address}: {one.why}", err=True)
    if drilled.different:
        raise Failure(_what_differs(drilled))
    if not as_json:
        click.echo(
            f"{file} restores: {drilled.pages} public pages, all the same bytes as on {drilled.laid.manifest.made_at}."
        )


def _drilled(file: str) -> Drilled:
    began = time.monotonic()
    with ended_in_order(), _folder() as folder, opened(file) as backup:
        newsroom = folder / "newsroom"
        newsroom.mkdir()
        laid = lay(backup, into=newsroom, media=newsroom / "media")
        if not laid.pages:
            raise Failure(f"{file} was made --without-pages, so there is nothing to compare with. Nothing was drilled.")
        settle(newsroom, laid)
        # No key of the living newsroom's settings is used: none names its CDN, its mail or its page store.
        (newsroom / SETTINGS).write_text("")
        pages = of_text(laid.pages)
        with _database(newsroom, laid) as url, served(_environment(newsroom, laid, url=url)) as address:
            different = list(differences(pages, at=address))
        return Drilled(laid, len(pages), different, round(time.monotonic() - began, 1))


def _environment(newsroom: Path, laid: Laid, *, url: str) -> dict[str, str]:
    """The settings by which pages come out as they did, in an environment that knows nothing else of ours."""
    kept = {name: said for name, said in os.environ.items() if not name.startswith("GAZETI_") and name not in KEPT_OUT}
    return {
        **kept,
        "GAZETI_HOME": str(newsroom),
        "GAZETI_ADDRESS": laid.manifest.address,
        "GAZETI_LANGUAGE": laid.manifest.language,
        "GAZETI_TIME_ZONE": laid.manifest.time_zone,
        "GAZETI_MAIL": "dummy:",
        "DATABASE_URL": url,
    }


@contextmanager
def _database(newsroom: Path, laid: Laid) -> Iterator[str]:
    """The database of the drill, as DATABASE_URL has it: gone with its folder, or dropped from the server."""
    if laid.manifest.database == "sqlite":
        yield f"sqlite:///{newsroom / DATABASE}"
        return
    from gazeti.cli.backup.postgres import drill_database, load, url_of

    with drill_database(_server(newsroom)) as settings:
        load(settings, dump=newsroom / POSTGRESQL)
        yield url_of(settings)


def _server(newsroom: Path) -> dict[str, Any]:
    """The PostgreSQL beside whose database the drill makes its own."""
    from gazeti.config.env import Settings

    for folder in (home(), newsroom):
        settings = Settings(folder).database()
        if settings["ENGINE"].endswith("postgresql"):
            return settings
    raise Failure("This is a backup of PostgreSQL. Name one in DATABASE_URL: the drill makes a database beside it.")


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that only we read, gone afterwards; what killed drills of this user left is cleared."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _clear_unused(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _clear_unused(folder: Path) -> None:
    """Remove a folder that nobody holds. Raises OSError for one that is held or not ours."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_uid == os.geteuid():
            shutil.rmtree(folder)
    finally:
        os.close(descriptor)


def _what_differs(drilled: Drilled) -> str:
    total, made_by = drilled.pages, drilled.laid.manifest.gazeti
    why = "" if made_by == __version__ else f" Gazeti {made_by} made it and this is {__version__}, which may be why."
    return f"{len(drilled.different)} of {total} public pages are not what readers got when the backup was made.{why}"


def _facts(drilled: Drilled, file: str) -> dict[str, Any]:
    manifest = drilled.laid.manifest
    return {
        "ok": not drilled.different,
        "file": file,
        "made_at": manifest.made_at,
        "database": manifest.database,
        "counts": manifest.counts,
        "compared": drilled.pages,
        "different": [one._asdict() for one in drilled.different],
        "seconds": drilled.seconds,
    }
