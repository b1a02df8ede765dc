"""A backup's files laid into an empty folder, as a newsroom that stands by itself. What uses them comes after."""

import gzip
import os
import re
import secrets
import sys
import tomllib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from gazeti.cli.backup.belongings import OVERRIDES, SECRET, SETTINGS
from gazeti.cli.backup.manifest import Manifest, manifest_of
from gazeti.cli.backup.pages import MEMBER as PAGES
from gazeti.cli.backup.sealed import FIRST, Member, Source, Unsealing, copied
from gazeti.cli.backup.snapshot import POSTGRESQL, SQLITE
from gazeti.cli.backup.writing import MEDIA, NEWSROOM
from gazeti.cli.failures import Failure
from gazeti.cli.progress import bar

DATABASE = "gazeti.db"
STANDARD_INPUT = "-"
VOID = "The backup holds no secret: a new one is made, so everybody is signed out and signed links are void."
OTHER_SIZE = "The database in the backup is {how} than the backup says. Nothing was restored: take another backup."
LINE_OF = r"^[ \t]*{key}[ \t]*=.*$"


class Laid(NamedTuple):
    """What was laid: what the backup says of itself, and the list of its public pages."""

    manifest: Manifest
    pages: str


@contextmanager
def opened(file: str) -> Iterator[Unsealing]:
    """A backup to be laid; a file has been read to its end before, and was whole. Raises Failure."""
    if file == STANDARD_INPUT:
        if sys.stdin is None:
            raise Failure("Standard input is closed. Name a file.")
        yield Unsealing(sys.stdin.buffer, name="What came by standard input")
        return
    path = Path(file)
    if not path.is_file():
        raise Failure(f"There is no file {path}.")
    with path.open("rb") as source:
        Unsealing(source, name=file).check()
        source.seek(0)
        yield Unsealing(source, name=file)


def lay(backup: Unsealing, *, into: Path, media: Path) -> Laid:
    """Lay all files; none of them may be used before this has returned. Raises Failure for what is not whole."""
    pages, members = "", backup.members()
    first = next(members, None)
    if first is None or first.name != FIRST:
        raise Failure(f"{backup.name} is no backup of Gazeti.")
    with backup.told():
        manifest = manifest_of(first.file.read(), name=backup.name)
    with backup.told(), bar("Laying files", total=manifest.counts.get("files", 0)) as step:
        for member in members:
            if member.name == PAGES:
                pages = member.file.read().decode()
            else:
                _lay_one(member, manifest, into=into, media=media)
            if member.name.startswith(f"{MEDIA}/"):
                step()
    _refuse_empty(manifest, into, name=backup.name)
    return Laid(manifest, pages)


def _refuse_empty(manifest: Manifest, into: Path, *, name: str) -> None:
    """Raise Failure for a backup without a database: what would be made in its place is another, empty newsroom."""
    if not (into / (DATABASE if manifest.database == "sqlite" else POSTGRESQL)).exists():
        raise Failure(f"{name} holds no database. Restore another backup.")


def _lay_one(member: Member, manifest: Manifest, *, into: Path, media: Path) -> None:
    if member.name == SQLITE:
        _unpack(member, into / DATABASE, size=manifest.database_bytes)
    elif member.name == POSTGRESQL:
        _write(member.file, into / POSTGRESQL, mode=0o600)
    else:
        folder, _, rest = member.name.partition("/")
        if folder == NEWSROOM and (rest in (SETTINGS, SECRET) or rest.partition("/")[0] in OVERRIDES):
            _write(member.file, _inside(into, rest), mode=0o600 if rest in (SETTINGS, SECRET) else 0o644)
        elif folder == MEDIA:
            _write(member.file, _inside(media, rest), mode=0o644)


def _inside(folder: Path, name: str) -> Path:
    """Where a name lies in a folder. Raises Failure for one that would lead out of it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise Failure(f"The backup names a file outside of the newsroom: {name}. Nothing was restored.")
    return folder / path


def _write(source: Source, path: Path, *, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except (FileExistsError, NotADirectoryError) as error:
        raise Failure(f"The backup has two files in one place: {path.name}. Restore another backup.") from error
    with os.fdopen(descriptor, "wb") as file:
        copied(source, file)


def _unpack(member: Member, path: Path, *, size: int) -> None:
    """Unpack a file of so many bytes, or of any number for 0. Raises Failure, at the first byte that is too many."""
    try:
        with gzip.GzipFile(fileobj=member.file) as plain:
            _write(Bounded(plain, size) if size else plain, path, mode=0o600)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Failure(f"The database in the backup cannot be unpacked ({error}). Restore another backup.") from error
    if size and path.stat().st_size < size:
        raise Failure(OTHER_SIZE.format(how="smaller"))


class Bounded:
    """Reads through, and refuses to go on past so many bytes."""

    def __init__(self, source: Source, most: int) -> None:
        """Begin with nothing read."""
        self.source, self.left = source, most

    def read(self, size: int, /) -> bytes:
        """Read on. Raises Failure where there is more than was said."""
        data = self.source.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise Failure(OTHER_SIZE.format(how="larger"))
        return data


def settle(home: Path, laid: Laid) -> list[str]:
    """Let the folder stand by itself: its own database, media and secret; what whoever restores must know.

    A line of gazeti.toml that leads elsewhere is put out of use: there another newsroom may be alive.
    """
    keys = ["media", *(["database_url"] if laid.manifest.database == "sqlite" else [])]
    out = [key for key in keys if _put_out(home / SETTINGS, key)]
    told = [f'"{key}" in gazeti.toml led elsewhere and is put out of use.' for key in out]
    if not laid.manifest.has_secret:
        with os.fdopen(os.open(home / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
        told.append(VOID)
    if laid.manifest.environment:
        said = " ".join(f"{name}={value}" for name, value in laid.manifest.environment.items())
        told.append(f"Its server had these settings from its environment. Set them here too: {said}")
    return told


def _put_out(path: Path, key: str) -> bool:
    """Make a comment of the line that sets a key; whether there was one. Raises Failure where it has no such line."""
    if not path.exists():
        path.touch(mode=0o600)  # it makes a folder a newsroom
    text = path.read_text(encoding="utf-8")
    if key not in tomllib.loads(text):
        return False
    text = re.sub(LINE_OF.format(key=key), r"# Put out of use by gazeti restore: \g<0>", text, flags=re.MULTILINE)
    if key in tomllib.loads(text):
        raise Failure(
            f'"{key}" does not stand in a line by itself in the backup\'s gazeti.toml, so it is not restored.'
        )
    path.write_text(text, encoding="utf-8")
    return True
