"""Following the log in an event loop: however many follow, the reader's one thread tells the loop once a batch.

What came lately is held in memory (`tails`); whoever is further behind reads the database, a few at a time.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import TypeVar

from django.db import connection

from gazeti.log import ledger
from gazeti.log.following.listening import Listener
from gazeti.log.following.reading import PAUSE, reader
from gazeti.log.following.tails import KEPT, Tail
from gazeti.log.ledger import Entry

logger = logging.getLogger(__name__)

PAGE = 500
Found = TypeVar("Found")
_pages = ThreadPoolExecutor(max_workers=2, thread_name_prefix="log pages")


async def follow(*, after: int, stream: str | None = None) -> AsyncGenerator[Entry, None]:
    """Every entry after a position of the whole log, or after a number of one stream: in order, once, for ever.

    Raises `ledger.Rotated` where some of them are kept no more. A database that does not answer is waited for.
    """
    crowd = _crowd()
    with crowd.joined(stream) as tail:
        await crowd.loaded(tail)
        while True:
            for entry in await crowd.some(tail, after=after):
                yield entry
                after = tail.place(entry)


class Crowd:
    """All followers of one event loop; it lasts as long as there is one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with nobody."""
        self.loop = loop
        self.tails: dict[str | None, Tail] = {}
        self.listener: Listener | None = None
        self.starting = asyncio.Lock()

    @contextmanager
    def joined(self, stream: str | None) -> Iterator[Tail]:
        """The tail of a stream, for one follower more while the block lasts."""
        tail = self.tails.get(stream) or self._begin(stream)
        tail.followers += 1
        try:
            yield tail
        finally:
            self._leave(tail)

    def _begin(self, stream: str | None) -> Tail:
        tail = self.tails[stream] = Tail(stream)
        tail.loading = self.loop.create_task(self._load(tail))
        return tail

    def _leave(self, tail: Tail) -> None:
        """One follower less; after the last nothing is held."""
        tail.followers -= 1
        if tail.followers == 0:
            del self.tails[tail.stream]
            if tail.loading:
                tail.loading.cancel()
        if not self.tails:
            self.end()

    def end(self) -> None:
        """Be forgotten, and hear nothing more."""
        _crowds.pop(self.loop, None)
        if self.listener:
            self.listener.stop()

    async def loaded(self, tail: Tail) -> None:
        """Wait until a tail can be read."""
        if tail.loading and not tail.loading.done():
            await asyncio.shield(tail.loading)

    async def some(self, tail: Tail, *, after: int) -> list[Entry]:
        """Some of what came after a place, from memory if it is there; none after a wait, when something has come."""
        entries = tail.after(after)
        if entries is None:
            return await self._answer(partial(_page, after, stream=tail.stream))
        if not entries:
            await tail.more()
        return entries

    async def _load(self, tail: Tail) -> None:
        async with self.starting:
            if self.listener is None:
                position = await self._answer(ledger.head)
                self.listener = reader().listen(self._hear, after=position)
        # Only now: what is appended after this question is heard.
        entries, after = await self._answer(partial(_lately, tail.stream))
        tail.fill(entries, after=after)

    async def _answer(self, question: Callable[[], Found]) -> Found:
        """Ask the database in a thread until it answers."""
        level = logging.WARNING
        while True:
            try:
                return await self.loop.run_in_executor(_pages, _asked, question)
            except ledger.Rotated:
                raise
            except Exception as error:
                logger.log(level, "The log cannot be read for a follower, who waits: %s", str(error).strip())
                level = logging.DEBUG
                await asyncio.sleep(PAUSE)

    def _hear(self, entries: list[Entry]) -> None:
        """In the reader's thread: one message to the loop, whoever follows."""
        try:
            self.loop.call_soon_threadsafe(self._spread, entries)
        except RuntimeError:  # the loop has ended, and its followers with it
            self.end()

    def _spread(self, entries: list[Entry]) -> None:
        by_stream: dict[str | None, list[Entry]] = {None: entries}
        for entry in entries:
            by_stream.setdefault(entry.stream, []).append(entry)
        for stream, some in by_stream.items():
            if tail := self.tails.get(stream):
                tail.add(some)


_crowds: dict[asyncio.AbstractEventLoop, Crowd] = {}


def _crowd() -> Crowd:
    loop = asyncio.get_running_loop()
    if loop not in _crowds:
        _crowds[loop] = Crowd(loop)
    return _crowds[loop]


def _page(after: int, *, stream: str | None) -> list[Entry]:
    entries = ledger.read(after, stream=stream, limit=PAGE)
    # Asked afterwards: what is dropped meanwhile is seen to be.
    oldest = ledger.oldest(stream)
    if after < oldest - 1:
        raise ledger.Rotated(oldest)
    return entries


def _lately(stream: str | None) -> tuple[list[Entry], int]:
    """The newest entries, and the place after which they are all that came."""
    after = max(0, ledger.head(stream) - KEPT)
    entries = ledger.read(after, stream=stream, limit=2 * KEPT)
    return entries, max(after, ledger.oldest(stream) - 1)


def _asked(question: Callable[[], Found]) -> Found:
    try:
        return question()
    finally:
        with suppress(Exception):
            connection.close()
