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


class Truth:
    """The positions of the last purge of each tag. Written by any thread, read without a lock."""

    def __init__(self) -> None:
        """Know nothing yet: until the log was read, nothing that was kept before can be called true.

        `position` is up to where this process knows the log; `heard`, up to where it has acted on it, files included.
        """
        self.position = 0
        self.state = object()
        self.floor = 0
        self.heard = 0
        self.purged: dict[str, int] = {}
        self.forgotten: dict[str, int] = {}
        self._lock = threading.Lock()

    def holds(self, position: int, tags: Iterable[str]) -> bool:
        """Whether an answer whose render began at that position is as true as this process can know."""
        return position >= self.floor and not _after(position, tags, self.purged)

    def may_stand_in(self, position: int, tags: Iterable[str]) -> bool:
        """Whether it may be given where Django fails: not once a purge said to forget what it shows."""
        return not _after(position, tags, self.forgotten)

    def apply(self, entries: Iterable[log.Entry]) -> int:
        """Take in entries of the log in their order; the number of purges among them that were new."""
        with self._lock:
            fresh = [entry for entry in entries if entry.position > self.position]
            purges = [entry for entry in fresh if entry.stream == STREAM]
            for entry in purges:
                _raise(self.purged, entry.data["tags"], entry.position)
                _raise(self.forgotten, entry.data.get("forget", ()), entry.position)
            # After the tags, so that whoever sees the new position or state sees them too.
            self.position = max([self.position, *(entry.position for entry in fresh)])
            if purges:
                self.stir()
        return len(purges)

    def note(self, position: int, tags: Iterable[str], forget: Iterable[str]) -> None:
        """Take in a purge of this process's own as it commits: what comes before it in the log is still to be read."""
        with self._lock:
            _raise(self.purged, tags, position)
            _raise(self.forgotten, forget, position)
            self.stir()

    def stir(self) -> None:
        """Let everything that was found true be looked at again: `state` is another object after each purge."""
        self.state = object()

    def begin(self) -> None:
        """Read what was purged within the time that an answer is kept. Raises DatabaseError."""
        start = log.before(timezone.now() - REMEMBERED)
        with self._lock:
            self.floor = self.position = max(start, self.position)
        self.catch_up()
        self.stir()

    def catch_up(self) -> int:
        """Take in what this process has not seen yet; the position up to which all is known. Raises DatabaseError."""
        while log.head() > self.position:
            entries = log.read(self.position, limit=BATCH)
            if not entries:
                break
            self.apply(entries)
        return self.position


def _raise(known: dict[str, int], tags: Iterable[str], position: int) -> None:
    known.update({tag: max(position, known.get(tag, 0)) for tag in tags})


def _after(position: int, tags: Iterable[str], known: dict[str, int]) -> bool:
    if known.get(EVERYTHING, 0) > position:
        return True
    return any(known.get(tag, 0) > position for tag in tags)


truth = Truth()
"""What this process knows."""
