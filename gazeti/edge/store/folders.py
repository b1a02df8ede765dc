"""Folders, locks and short notes of the store: what the system's own calls leave to be said each time."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST, ENOTEMPTY
from pathlib import Path

NEVER = -1
"""What no note says: nobody knows."""
PATIENCE = 1.0
"""Seconds after which a lock that is only a courtesy is waited for no longer."""


@contextmanager
def courteous(path: Path) -> Iterator[None]:
    """Hold a lock so that two do not do the same; after a while, or where the disk has none, go on without it."""
    descriptor = -1
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _wait_for(descriptor)
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


@contextmanager
def alone(root: int) -> Iterator[bool]:
    """Whether nobody else files in this folder now; let go at the end, or by the kernel."""
    isalone = _wait_for(root)
    try:
        yield isalone
    finally:
        if isalone:
            fcntl.flock(root, fcntl.LOCK_UN)


def _wait_for(descriptor: int) -> bool:
    """Take a lock within the patience; whether it was."""
    end = time.monotonic() + PATIENCE
    while not _is_taken(descriptor):
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lay_folder(path: Path, mode: int) -> None:
    """Make a folder that may be there already, with this mode whatever the process's mask."""
    with suppress(FileExistsError):
        path.mkdir(parents=True)
        path.chmod(mode)


def lay_folders(place: str, root: int, aside: Callable[[], Path]) -> None:
    """Make the folders above a file, open for the server in front: each made aside, so that none is there half made."""
    words = place.split("/")[:-1]
    for depth in range(1, len(words) + 1):
        folder = "/".join(words[:depth])
        if not is_there(folder, root):
            _put(aside(), folder, root)


def _put(fresh: Path, folder: str, root: int) -> None:
    lay_folder(fresh, 0o755)
    try:
        os.rename(fresh, folder, dst_dir_fd=root)
    except OSError as error:
        fresh.rmdir()
        if not is_taken(error):
            raise


def is_taken(error: OSError) -> bool:
    """Whether a folder could not be put somewhere because one with something in it is there."""
    return error.errno in (EEXIST, ENOTEMPTY)


def is_there(place: str, root: int) -> bool:
    """Whether there is a file at a place below an open folder."""
    return os.access(place, os.F_OK, dir_fd=root)


def noted(path: Path) -> str:
    """What is noted there; empty if nothing is, or it cannot be read."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def noted_number(path: Path) -> int:
    """The number noted there, else NEVER."""
    try:
        return int(noted(path))
    except ValueError:
        return NEVER
