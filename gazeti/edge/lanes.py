"""Which renders wait for which: what may be nothing at all waits for the pages that are known, never they for it.

Whoever asks for thousands of addresses that are not there would else stand before the front when it is rendered anew.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from gazeti.edge.answers import key_of
from gazeti.edge.memory import Memory
from gazeti.edge.routes import Parameters

MOST_EXPECTED = 1_000
MOST_WAITING = 200
"""Addresses of which nothing is known that are waited for at a time, in one worker: some seconds' renders."""


class Crowded(Exception):
    """So many wait already that whoever comes now had better come again."""


class Lane:
    """Threads that render, and as many places: who has one renders at once, and nobody queues for a thread."""

    def __init__(self, pool: ThreadPoolExecutor, width: int, *, is_bounded: bool) -> None:
        """Give out as many places as the pool has threads; where it is bounded, only so many may wait for one."""
        self.pool, self.places, self.is_bounded = pool, asyncio.Semaphore(width), is_bounded
        self.inside = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be in it, waiting or being rendered. Raises Crowded."""
        if self.is_bounded and self.inside >= MOST_WAITING:
            raise Crowded
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


class Lanes:
    """What this worker knows to be a page; used by its event loop's thread alone."""

    def __init__(self, memory: Memory, parameters: Parameters) -> None:
        """Know what is in memory, and what was seen to be a page."""
        self.memory, self.parameters = memory, parameters
        self._expected: OrderedDict[str, None] = OrderedDict()

    def expect(self, path: str) -> None:
        """Something came to an address, as a purge of it tells."""
        self._expected[path] = None
        self._expected.move_to_end(path)
        while len(self._expected) > MOST_EXPECTED:
            self._expected.popitem(last=False)

    def is_known(self, path: str, canonical: str) -> bool:
        """Whether something was there under that query, or came there."""
        if not canonical and path in self._expected:
            self._expected.move_to_end(path)
            return True
        kept = self.memory.find(key_of(path, canonical))
        if kept is not None and kept.answer.status != 404:
            return True
        return not canonical and self.parameters.knows(path)
