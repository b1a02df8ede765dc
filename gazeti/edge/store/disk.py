"""The disk under the store: whether there is room, and what it said when it last refused. No page waits for it."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST_FREE_BYTES = 50_000_000
LEAST_FREE_SHARE = 0.01
FULL = "full"
ABANDONED = 3600.0
"""Seconds after which a file that is not finished was left by a process that died."""
log = logging.getLogger(__name__)


def room(folder: Path) -> str:
    """The word "ok"; "full" where less than 1 % or 50 MB of the folder's disk is free; else what the system said."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return error.strerror or type(error).__name__
    is_full = usage.free < LEAST_FREE_BYTES or usage.free < usage.total * LEAST_FREE_SHARE
    return FULL if is_full else "ok"


class Disk:
    """One folder's disk, as this process finds it."""

    def __init__(self, folder: Path) -> None:
        """Know of no failure yet."""
        self.folder = folder
        self.failures: dict[str, str] = {}

    @property
    def state(self) -> str:
        """The word "ok", "full", or a sentence about what failed last and was not done since."""
        return next(iter(self.failures.values()), self._room())

    def has_room(self) -> bool:
        """Whether something more may be stored."""
        return self._room() == "ok"

    def _room(self) -> str:
        return room(self.folder if self.folder.exists() else self.folder.parent)

    @contextmanager
    def doing(self, what: str) -> Iterator[list[bool]]:
        """Do something that the disk may refuse: told once, never raised. The list holds something if it was done."""
        done: list[bool] = []
        try:
            yield done
            done.append(True)
        except OSError as error:
            self._refused(what, error.strerror or type(error).__name__)
        else:
            self.failures.pop(what, None)

    def _refused(self, what: str, why: str) -> None:
        if what not in self.failures:
            log.warning("The page store: %s failed: %s. Pages are served all the same.", what, why)
        self.failures[what] = f"{what} failed: {why}."
