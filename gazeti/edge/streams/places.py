"""How many streams this worker holds open, in all and for one network address, and how many slow readers it waits for.

Each worker counts its own: with four of them an address may have four times as many.
"""

import asyncio
import resource
from collections import Counter, OrderedDict

from gazeti.edge.streams.client import Client
from gazeti.edge.streams.ranges import PIECE

FOR_ONE = 200
"""Streams for one address, behind which a carrier may have thousands of phones: beyond it they ask by `after/`."""
FOR_PAGES = 1_024
"""Connections that streams leave to everything else."""
OWN_FILES = 200
"""Open files of the worker itself: databases, logs, what it serves."""
HELD = 21
"""Pieces that Granian may hold of a stream that is not read: 4 in its queue, 16 in its writer, and one that waits."""
SLOW_BYTES = 32_000_000
"""Bytes held in all for readers who are slow; where it were more, who is slow longest is let go."""


class Places:
    """The count of open streams; used by the event loop's thread alone."""

    def __init__(self, *, most: int, for_one: int = FOR_ONE, slow_bytes: int = SLOW_BYTES) -> None:
        """Allow so many."""
        self.most, self.for_one = min(most, room()), for_one
        self.most_slow = max(1, slow_bytes // (HELD * PIECE))
        self.taken: Counter[str] = Counter()
        self.open = 0
        self.slow: OrderedDict[Client, None] = OrderedDict()

    def take(self, address: str) -> bool:
        """Take a place for somebody at that address; whether there was one."""
        if self.open >= self.most or self.taken[address] >= self.for_one:
            return False
        self.open += 1
        self.taken[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Give it back."""
        self.open -= 1
        self.taken[address] -= 1
        if not self.taken[address]:
            del self.taken[address]

    def wait_for(self, client: Client) -> None:
        """Count a client that has become slow; let go of who has been so longest where they are too many."""
        self.slow[client] = None
        while len(self.slow) > self.most_slow:
            longest, _ = self.slow.popitem(last=False)
            longest.end()

    def wait_no_more(self, client: Client) -> None:
        """It is slow no more, or gone."""
        self.slow.pop(client, None)


def room() -> int:
    """How many streams the limit of open files leaves room for, pages having theirs."""
    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    connections = max(0, files - OWN_FILES)
    return max(connections - FOR_PAGES, connections // 2)


async def gently(number: int, *, each: int = 250) -> None:
    """Let others have their turn after so many sends: a page must not wait for ten thousand."""
    if number % each == each - 1:
        await asyncio.sleep(0)
