"""Whether `gazeti serve` runs for a newsroom: it holds a shared lock on gazeti.toml, which ends however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "gazeti.toml"


@contextmanager
def present_in(home: Path) -> Iterator[None]:
    """Be seen by others as serving this newsroom."""
    path = home / MARK
    if not path.exists():
        yield
        return
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_served(home: Path) -> bool:
    """Say whether somebody on this machine serves it."""
    path = home / MARK
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
