"""What was purged, as far as this process knows, and so what is still true.

A purge costs the same however many answers it makes untrue: each is looked at again when it is next asked for.
"""

import threading
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from gazeti import log
from gazeti.edge.answers import KEPT_SECONDS

STREAM = "purges"
EVERYTHING = "*"
"""The tag that every answer has without saying so."""
REMEMBERED = timedelta(seconds=KEPT_SECONDS, hours=1)
BATCH = 1000
MOST_TAGS = 200_000
"""Tags of which the last purge is known; beyond it all of them are taken for one purge of everything."""


class Truth:
    """The positions of the last purge of each tag. Written by any thread, read without a lock."""

    def __init__(self) -> None:
        """Know nothing yet: until the log was read, nothing that was kept before can be called true.

        `state` is another object after each purge, `turn` once in each second;
        `position` is up to where this process knows the log; `newest`, the same or what it committed after that;
        `heard`, up to where it has acted on it, files included. Nothing from before `floor` is true or stands in.
        """
        self.position = self.newest = 0
        self.state = self.turn = object()
        self.floor = 0
        self.heard = 0
        self.purged: dict[str, int] = {}
        self.forgotten: dict[str, int] = {}
        self._lock = threading.Lock()

    def holds(self, position: int, tags: Iterable[str]) -> bool:
        """Whether an answer whose render began at that position is as true as this process can know."""
        # Before the floor, which is raised before anything is dropped from what was purged.
        purged = self.purged
        return position >= self.floor and not _after(position, tags, purged)

    def may_stand_in(self, position: int, tags: Iterable[str]) -> bool:
        """Whether it may be given where Django fails: not once a purge said to forget what it shows."""
        forgotten = self.forgotten
        return position >= self.floor and not _after(position, tags, forgotten)

    def apply(self, entries: Iterable[log.Entry]) -> int:
        """Take in entries of the log in their order; the number of purges among them that were new."""
        with self._lock:
            fresh = [entry for entry in entries if entry.position > self.position]
            purges = [entry for entry in fresh if entry.stream == STREAM]
            for entry in purges:
                self._remember(entry.position, entry.data["tags"], entry.data.get("forget", ()))
            # After the tags, so that whoever sees the new position or state sees them too.
            self.position = max([self.position, *(entry.position for entry in fresh)])
            self.newest = max(self.newest, self.position)
            if purges:
                self.doubt()
        return len(purges)

    def note(self, position: int, tags: Iterable[str], forget: Iterable[str]) -> None:
        """Take in a purge of this process's own as it commits: what comes before it in the log is still to be read."""
        with self._lock:
            self._remember(position, tags, forget)
            self.newest = max(self.newest, position)
            self.doubt()

    def trim(self) -> None:
        """Drop what was purged before any answer that may still be given was rendered. Raises DatabaseError."""
        start = log.before(timezone.now() - REMEMBERED)
        with self._lock:
            # No answer that may still be given is from before: none is given after a day.
            self.floor = max(self.floor, min(start, self.position))
            self.purged = {tag: position for tag, position in self.purged.items() if position > self.floor}
            self.forgotten = {tag: position for tag, position in self.forgotten.items() if position > self.floor}

    def _remember(self, position: int, tags: Iterable[str], forget: Iterable[str]) -> None:
        self.purged = _raised(self.purged, tags, position)
        self.forgotten = _raised(self.forgotten, forget, position)

    def doubt(self) -> None:
        """Let it be looked at again whether anything is true."""
        self.state = object()

    def stir(self) -> None:
        """The same, and how old it is."""
        self.state = self.turn = object()

    def begin(self) -> None:
        """Read what was purged within the time that an answer is kept. Raises DatabaseError."""
        start = log.before(timezone.now() - REMEMBERED)
        with self._lock:
            # A render may have read the log before, from its beginning on: then what was purged since `start` is known.
            self.floor, self.position = max(start, self.floor), max(start, self.position)
            self.newest = max(self.newest, self.position)
        self.catch_up()
        self.stir()

    def catch_up(self) -> int:
        """Take in what this process has not seen yet; the position up to which all is known. Raises DatabaseError."""
        is_all = False
        while not is_all:
            entries = log.read(self.position, limit=BATCH)
            self.apply(entries)
            is_all = len(entries) < BATCH
        return self.position


def _raised(known: dict[str, int], tags: Iterable[str], position: int) -> dict[str, int]:
    """What is known, with a purge more; another dictionary where it got too large, since it is read without a lock."""
    known.update({tag: max(position, known.get(tag, 0)) for tag in tags})
    return known if len(known) <= MOST_TAGS else {EVERYTHING: max(known.values())}


def _after(position: int, tags: Iterable[str], known: dict[str, int]) -> bool:
    if known.get(EVERYTHING, 0) > position:
        return True
    return any(known.get(tag, 0) > position for tag in tags)


truth = Truth()
"""What this process knows."""
