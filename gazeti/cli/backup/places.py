"""Where a backup is made and where it goes: a workbench in the newsroom, and a file that is whole or not there."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gazeti.cli.failures import Failure

WORKBENCH = ".gazeti-backup"
PART = ".gazeti-part"
TAKEN = "{part} is there already: another backup is being written there, or another user left it. Remove it if none is."
BUSY = "Another backup of this newsroom is being made right now. Run it again when that has ended."


@contextmanager
def workbench(home: Path) -> Iterator[Path]:
    """A hidden folder in the newsroom for the database's copy, on its disk; gone whatever happens to whoever uses it.

    What a killed backup left is cleared. Raises Failure while another backup is being made.
    """
    folder = home / WORKBENCH
    folder.mkdir(mode=0o700, exist_ok=True)
    with _alone(os.open(folder, os.O_RDONLY)):
        _clear(folder)
        try:
            yield folder
        finally:
            _clear(folder)
            folder.rmdir()


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to be written, which only its owner reads; in its place once it is whole and on the disk, else gone.

    Parts that killed backups left beside it are cleared.
    """
    if path.exists() and not path.is_file():
        raise Failure(f"{path} is no file. Name a file, or - for standard output.")
    clear_parts(path.parent)
    part = path.with_name(f".{path.name}{PART}")
    try:
        # A file of ours: in a folder of many, another's who laid it there before could still read it.
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Failure(TAKEN.format(part=part)) from error
    with _alone(descriptor), os.fdopen(descriptor, "wb", closefd=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(descriptor)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _write_to_disk(path.parent)


def clear_parts(folder: Path) -> None:
    """Remove the parts of backups in a folder that nobody is writing, as far as they are ours to remove."""
    for part in folder.glob(f".*{PART}"):
        with suppress(OSError, Failure), _alone(os.open(part, os.O_RDWR | os.O_NOFOLLOW)):
            part.unlink()


@contextmanager
def _alone(descriptor: int) -> Iterator[None]:
    """Hold a lock that ends however its process ends, and close."""
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Failure(BUSY) from error
    if os.fstat(descriptor).st_nlink == 0:  # whoever cleared left-overs was quicker
        raise Failure(BUSY)


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _write_to_disk(folder: Path) -> None:
    """The new name is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
