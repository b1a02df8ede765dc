"""The public folder, from which nginx or Caddy serve by themselves. Every purge takes it away as a whole.

**Nothing torn.** A file is written aside and renamed. A page's `index.html` comes after its `.gz` and `.br`, and only
where there is none: from when a server can find a page until the folder is taken away, none of the three changes.
"""

# **Nothing stale.** Who files a page opens the folder (a descriptor, not a name) *before* the log is asked whether a
# purge came. A purge that the log did not show then is committed later, and is flushed later still: whatever lies in
# that folder, or is put into it afterwards through the descriptor, goes with it. No lock is needed for that, so neither
# a killed nor a stopped process lets a page outlive its purge.
#
# **No validator twice.** nginx makes `ETag` of the file's second and size. A page is filed only once the second of its
# `Last-Modified` is over; what replaces it was rendered after its purge, so in a later second.
#
# **After a crash.** The position is noted after the folder is gone. Who starts compares it with the log.

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from gazeti.edge.answers import IDENTITY, Answer
from gazeti.edge.store.disk import ABANDONED, Disk
from gazeti.edge.store.folders import (
    NEVER,
    alone,
    courteous,
    is_taken,
    is_there,
    lay_folder,
    lay_folders,
    noted,
    noted_number,
)
from gazeti.edge.store.kinds import ENCODED, address_of, file_of, fits, shape

Purged = Callable[[int, frozenset[str]], bool]
GONE = "gone-"
CALM = 1.0
"""Seconds between two purges from which on they come now and then; after half as many the last was one for a while."""


class Pages:
    """The public folder `pages/`, and beside it what is being filed, what is gone, and what is noted."""

    def __init__(self, folder: Path, edition: str, disk: Disk) -> None:
        """Work in this folder; nothing is touched yet."""
        self.folder, self.edition, self.disk = folder, edition, disk
        self.root, self.filing = folder / "pages", folder / "filing"
        self.flushed, self.edition_file = folder / "flushed", folder / "edition"
        self.position, self.generation = NEVER, 0
        self._flushed, self._flushed_before = -CALM, -2 * CALM
        self._numbers = count()

    def prepare(self, purged: int) -> None:
        """At a start: take everything away unless it is this edition's, and flushed at the log's last purge."""
        with self.disk.doing("Preparing the page store"):
            lay_folder(self.folder, 0o711)
            lay_folder(self.filing, 0o700)
            with courteous(self.folder / "lock"):
                if not self._is_ready(purged):
                    # Without a position: whoever comes after a crash here does it again. Then the edition, so that
                    # from here on a process of another one files nothing.
                    self.flushed.unlink(missing_ok=True)
                    self.note(self.edition_file, self.edition)
                    self._take_away()
                    self.note(self.flushed, str(purged))
        self.position = max(self.position, purged)

    def is_laid(self) -> bool:
        """Whether a start has laid what is needed, of whichever edition."""
        return self.edition_file.exists()

    def is_ours(self) -> bool:
        """Whether what lies there is of this edition."""
        return noted(self.edition_file) == self.edition

    def _is_ready(self, purged: int) -> bool:
        return self.is_ours() and noted_number(self.flushed) == purged and self.root.is_dir()

    def flush(self, position: int) -> bool:
        """Take everything away, unless somebody did so at this position; whether nothing older is left."""
        if position <= self.position:
            return True
        with self.disk.doing("Taking away purged pages") as done, courteous(self.folder / "lock"):
            if noted_number(self.flushed) < position:
                self._take_away()
                with suppress(OSError):
                    # On a full disk the next one does it again: nothing is lost but files.
                    self.note(self.flushed, str(position))
        self.generation += 1
        self._flushed_before, self._flushed = self._flushed, time.monotonic()
        if done:
            self.position = position
        return bool(done)

    @property
    def is_calm(self) -> bool:
        """Whether purges come now and then only, or have paused."""
        return self._flushed - self._flushed_before > CALM or time.monotonic() - self._flushed > CALM / 2

    def due(self, answer: Answer) -> float:
        """From when on it may be filed, as a Unix time."""
        return answer.modified + 1.0

    def file(self, answer: Answer, purged_since: Purged) -> bool:
        """Lay an answer where the server in front finds it; whether it lies there. Raises what `purged_since` does."""
        if not fits(answer) or time.time() < self.due(answer) or not self.disk.has_room():
            return False
        place = f"{shape()}/{file_of(answer.path)}"
        is_filed = False
        with self.disk.doing("Filing a page"), self._opened() as root:
            # In this order: opened, then asked (see above).
            if root is not None and self.is_ours():
                is_filed = is_there(place, root) or (
                    not purged_since(answer.position, answer.tags) and self._lay(answer, place, root)
                )
        return is_filed

    def empty(self) -> None:
        """Take everything away though nothing was purged."""
        with courteous(self.folder / "lock"):
            self._take_away()
        self.generation += 1

    def drop(self, is_old: Callable[[str, float], bool]) -> int:
        """Take away those that are old, by their address and the Unix time when they were laid; how many."""
        gone = 0
        with self._opened() as root:
            if root is not None:
                old = [place for place, laid in _laid(root) if is_old(address_of(place.partition("/")[2]), laid)]
                gone = sum(_dropped(place, root) for place in old)
        self.generation += gone > 0
        return gone

    def clear_away(self) -> None:
        """Remove what was taken away, and what processes that died had begun."""
        for gone in self.folder.glob(f"{GONE}*"):
            shutil.rmtree(gone, ignore_errors=True)
        for begun in self.filing.glob("*"):
            with suppress(OSError):
                # What is begun lies here for milliseconds. By `ctime`: the other date is the page's.
                if begun.stat().st_ctime + ABANDONED < time.time():
                    begun.rmdir() if begun.is_dir() else begun.unlink()

    def weight(self) -> int:
        """How many bytes lie in the public folder."""
        total = 0
        for path in self.root.rglob("*"):
            with suppress(FileNotFoundError):  # a purge takes all away at any time
                total += path.stat().st_size if path.is_file() else 0
        return total

    def _take_away(self) -> None:
        """Rename the folder aside, and lay an empty one in its place."""
        with suppress(FileNotFoundError):
            self.root.rename(self.folder / f"{GONE}{self._name()}")
        self._lay_root()

    def _lay_root(self) -> None:
        """An empty folder, unless somebody has just laid one and filed in it."""
        fresh = self._aside()
        lay_folder(fresh, 0o755)
        try:
            fresh.rename(self.root)
        except OSError as error:
            fresh.rmdir()
            if not is_taken(error):
                raise

    def _lay(self, answer: Answer, place: str, root: int) -> bool:
        parts = {ending: answer.bodies[coding] for coding, ending in ENCODED.items() if coding in answer.bodies}
        # A dict keeps its order: the file that makes the page be found comes last.
        parts[""] = answer.bodies[IDENTITY]
        written = {ending: self._written(body, answer.modified) for ending, body in parts.items()}
        try:
            lay_folders(place, root, self._aside)
            with alone(root) as is_alone:
                if not is_alone or is_there(place, root):
                    return is_alone
                for ending, path in written.items():
                    os.rename(path, f"{place}{ending}", dst_dir_fd=root)
                return True
        except FileNotFoundError:
            # The folder was taken away and removed meanwhile.
            return False
        finally:
            for path in written.values():
                path.unlink(missing_ok=True)

    def _written(self, body: bytes, modified: int) -> Path:
        path = self._aside()
        with path.open("xb") as file:
            file.write(body)
            os.fchmod(file.fileno(), 0o644)
        os.utime(path, (modified, modified))
        return path

    @contextmanager
    def _opened(self) -> Iterator[int | None]:
        """A descriptor of the folder; None where somebody died while taking it away: the next finds one."""
        try:
            descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._lay_root()
            yield None
            return
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def note(self, path: Path, text: str) -> None:
        part = self._aside()
        part.write_text(text, encoding="ascii")
        part.replace(path)

    def _aside(self) -> Path:
        """A new place that no server looks at, on the same file system."""
        return self.filing / self._name()

    def _name(self) -> str:
        return f"{os.getpid()}-{time.monotonic_ns()}-{next(self._numbers)}"


def _laid(root: int) -> Iterator[tuple[str, float]]:
    """Each page's own file below an open folder, and when it was laid there: its other date is the page's."""
    for folder, _folders, names, descriptor in os.fwalk(".", dir_fd=root):
        pages = [name for name in names if not name.endswith(tuple(ENCODED.values()))]
        with suppress(FileNotFoundError):  # a purge takes all of a folder away at any time
            yield from [(os.path.normpath(f"{folder}/{name}"), _changed(name, descriptor)) for name in pages]


def _changed(name: str, folder: int) -> float:
    return os.stat(name, dir_fd=folder).st_ctime


def _dropped(place: str, root: int) -> bool:
    """Take one away, unless somebody is filing; first the file by which it is found."""
    with alone(root) as is_alone:
        for ending in ("", *ENCODED.values()) if is_alone else ():
            with suppress(FileNotFoundError):
                os.unlink(f"{place}{ending}", dir_fd=root)
        return is_alone
