"""One backup written into a stream: what it says of itself, database, files, public pages, checksums, seal."""

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from gazeti.cli.backup import pages
from gazeti.cli.backup.belongings import SECRET, SETTINGS, media_named, override_files
from gazeti.cli.backup.manifest import Manifest
from gazeti.cli.backup.sealed import FIRST, Sealing, copied
from gazeti.cli.backup.snapshot import POSTGRESQL, SQLITE, snapshot
from gazeti.cli.backup.written import Written
from gazeti.cli.failures import Failure
from gazeti.cli.progress import shown

NEWSROOM, MEDIA = "newsroom", "media"
"""The folders in a backup: the newsroom's own files, and what the database names in the media folder."""
TOLD = (
    "GAZETI_ADDRESS",
    "GAZETI_LANGUAGE",
    "GAZETI_TIME_ZONE",
    "GAZETI_MAIL_FROM",
    "GAZETI_SECOND_FACTOR",
    "GAZETI_TRUSTED_PROXIES",
)
"""Variables without secrets that whoever restores is told of. Passwords and tokens in the environment stay there."""


class Wishes(NamedTuple):
    """What a backup shall hold."""

    secret: bool = True
    pages: bool = True


def write_backup(out: IO[bytes], *, workbench: Path, wishes: Wishes) -> Written:
    """Write the newsroom of this process, which may be served meanwhile. Raises Failure."""
    now = datetime.now(UTC)
    sealing = Sealing(out)
    with snapshot(workbench) as copy:
        named = media_named()
        addresses = pages.public_addresses() if wishes.pages else []
        size = copy.stat().st_size
        manifest = _manifest(wishes, now=now, database_bytes=size, files=len(named), pages=len(addresses))
        sealing.add_text(FIRST, manifest.as_json(), at=now.timestamp())
        _add_database(sealing, copy, at=now.timestamp())
        _add_newsroom(sealing, wishes)
        missing = [
            name for name in shown(named, doing="Copying pictures and documents") if not _add_media(sealing, name)
        ]
        found = _add_pages(sealing, addresses) if wishes.pages else []
    sealing.close()
    failing = [page.address for page in found if page.status >= 500]
    return Written(manifest, _still_missing(missing), failing, compared=len(found))


def _manifest(wishes: Wishes, *, now: datetime, database_bytes: int, **counts: int) -> Manifest:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from gazeti.accounts.queries import users
    from gazeti.media.models import Picture
    from gazeti.stories.models import Story

    found = {"stories": Story.objects.count(), "pictures": Picture.objects.count(), "people": len(users())}
    return Manifest(
        database=connection.vendor,
        made_at=now.isoformat(timespec="seconds"),
        migrations=sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        address=settings.GAZETI_ADDRESS,
        language=settings.GAZETI_LANGUAGE,
        time_zone=settings.TIME_ZONE,
        environment={name: os.environ[name] for name in TOLD if name in os.environ},
        counts={**found, **counts},
        database_bytes=database_bytes,
        has_secret=wishes.secret,
    )


def _add_database(sealing: Sealing, copy: Path, *, at: float) -> None:
    """A dump is small already; SQLite's file is made so first, since a tar wants to know the size before."""
    if copy.name == POSTGRESQL:
        _add_file(sealing, POSTGRESQL, copy)
        return
    packed = copy.with_suffix(".gz")
    packed.touch(mode=0o600)
    with copy.open("rb") as plain, gzip.GzipFile(filename=packed, mode="wb", compresslevel=3, mtime=at) as file:
        copied(plain, file)
    _add_file(sealing, SQLITE, packed)
    packed.unlink()


def _add_newsroom(sealing: Sealing, wishes: Wishes) -> None:
    from django.conf import settings

    home = Path(settings.GAZETI_HOME)
    if (home / SETTINGS).exists():
        _add_file(sealing, f"{NEWSROOM}/{SETTINGS}", home / SETTINGS)
    if wishes.secret:
        # Whether it came from the file or from GAZETI_SECRET: what it signed opens after a restore.
        sealing.add_text(f"{NEWSROOM}/{SECRET}", f"{_secret(home)}\n")
    for name, path in override_files(home):
        _add_file(sealing, f"{NEWSROOM}/{name}", path)


def _secret(home: Path) -> str:
    from django.conf import settings

    if "GAZETI_SECRET" not in os.environ and not (home / SECRET).exists():
        raise Failure(f"There is no secret in {home}. Restore the file, or make a backup --without-secret.")
    return str(settings.SECRET_KEY)


def _add_file(sealing: Sealing, name: str, path: Path) -> None:
    with path.open("rb") as file:
        facts = os.fstat(file.fileno())
        sealing.add(name, file, size=facts.st_size, at=facts.st_mtime)


def _add_media(sealing: Sealing, name: str) -> bool:
    """Add a file that the database names; False where it is not there. Files are never written anew under one name."""
    from django.core.files.storage import default_storage

    if not _can_be_read(name):
        return False
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return False
    with file:
        at = default_storage.get_modified_time(name).timestamp()
        sealing.add(f"{MEDIA}/{name}", file, size=file.size, at=at)
    return True


def _can_be_read(name: str) -> bool:
    """Whether it may be opened: a folder has no bytes, and a pipe in a file's place would be waited for, for ever.

    Raises Failure for a link that leads out of the media folder: what is there is not the newsroom's to hand out, and a
    backup without the file would be none.
    """
    from django.core.files.storage import default_storage

    try:
        path, folder = Path(default_storage.path(name)), Path(default_storage.path("")).resolve()
    except NotImplementedError:  # it lies on no disk of this machine
        return True
    try:
        target = path.resolve()
    except (RuntimeError, OSError):  # links that lead to each other: there is nothing to read
        return False
    if not target.is_relative_to(folder):
        raise Failure(f"{path} leads out of the media folder, to {target}: no backup is made. {_WITHOUT_LINKS}")
    return target.is_file()


_WITHOUT_LINKS = "Put the file itself there, or name the folder where all of them lie in GAZETI_MEDIA."


def _still_missing(names: list[str]) -> list[str]:
    """Those that are named now too: the others' pictures were deleted while the backup was made."""
    return sorted(set(names) & set(media_named())) if names else []


def _add_pages(sealing: Sealing, addresses: list[str]) -> list[pages.Page]:
    """Add the fingerprint of every public page and file."""
    sums = {name.partition("/")[2]: digest for name, digest in sealing.sums.items() if name.startswith(f"{MEDIA}/")}
    found = list(_all_pages(addresses, sums))
    text = pages.as_text(found)
    sealing.add(pages.MEMBER, BytesIO(text.encode()), size=len(text.encode()))
    return found


def _all_pages(addresses: list[str], sums: dict[str, str]) -> Iterator[pages.Page]:
    yield from pages.rendered(shown(addresses, doing="Taking the fingerprints of public pages"))
    yield from pages.public_files(sums)
