"""Whether `gazeti serve` runs for a newsroom: it holds a shared lock on the folder, which ends however it ends.

On no file in it: an editor that writes gazeti.toml anew would take the lock away with the old file.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def present_in(home: Path) -> Iterator[None]:
    """Be seen by others as serving this newsroom."""
    with _opened(home) as folder:
        fcntl.flock(folder, fcntl.LOCK_SH)
        yield


def is_served(home: Path) -> bool:
    """Say whether somebody on this machine serves it."""
    with _opened(home) as folder:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def _opened(home: Path) -> Iterator[int]:
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield folder
    finally:
        os.close(folder)
