"""The last entries of one stream (or of the whole log), kept while anybody follows it, with those who wait for more.

All of it happens in one event loop, so nothing here is locked.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Sequence

from gazeti.log.ledger import Entry

KEPT = 512
"""Entries that a tail holds before the oldest go; whoever is further behind reads the database."""
Place = Callable[[Entry], int]


def place_in_all(entry: Entry) -> int:
    """Where an entry stands in the whole log."""
    return entry.position


def place_in_stream(entry: Entry) -> int:
    """Where it stands in its stream."""
    return entry.number


class Tail:
    """Complete from a place on: what came after that place is held, in order."""

    def __init__(self, stream: str | None) -> None:
        """Begin with nothing loaded; what arrives meanwhile is held."""
        self.stream = stream
        self.place: Place = place_in_all if stream is None else place_in_stream
        self.entries: list[Entry] = []
        self.complete_after: int | None = None
        self.followers = 0
        self.loading: asyncio.Task[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    def fill(self, loaded: Sequence[Entry], *, after: int) -> None:
        """Take what the database had after a place; what arrived meanwhile comes after it."""
        last = self.place(loaded[-1]) if loaded else after
        self.entries = [*loaded, *(one for one in self.entries if self.place(one) > last)]
        self.complete_after = after

    def add(self, entries: Sequence[Entry]) -> None:
        """Take what was appended, and wake who waits."""
        last = self.place(self.entries[-1]) if self.entries else self.complete_after or 0
        self.entries += [one for one in entries if self.place(one) > last]
        if self.complete_after is not None and len(self.entries) > 2 * KEPT:
            self.complete_after = self.place(self.entries[-KEPT - 1])
            del self.entries[:-KEPT]
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def after(self, place: int) -> list[Entry] | None:
        """What came after a place; None if it reaches further back than the tail."""
        if self.complete_after is None or place < self.complete_after:
            return None
        return self.entries[bisect_right(self.entries, place, key=self.place) :]

    async def more(self) -> None:
        """Wait until something is added."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)
