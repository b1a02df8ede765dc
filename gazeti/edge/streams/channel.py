"""All streams of one address in a worker: when the answer that told what is newest is purged, the next is asked for.

One question for all at the same number, however many they are; what it tells is sent to each of them once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from gazeti.edge.memory import Kept
from gazeti.edge.renders import Rendered
from gazeti.edge.streams.client import Client, Unfinished
from gazeti.edge.streams.places import Places, gently
from gazeti.edge.streams.ranges import Message, Range, mark_of, range_of
from gazeti.edge.streams.ranks import Rank, Ranks
from gazeti.edge.truth import Truth

logger = logging.getLogger(__name__)

Source = Callable[[str], Awaitable[Kept | Rendered | None]]
STREAM, AFTER = "stream/", "after/{}/"
BEYOND = 999_999_999
"""A number that no event reaches: who is there is told what is newest, and nothing before it."""
PAUSE = 0.5
"""Seconds until it is asked again what could not be told."""
LONGEST_SEND = 10.0
"""Seconds for which a reader's connection may take nothing before it is let go."""
NOWHERE = (-1, frozenset[str]())


class Channel:
    """The streams at one address; used by the event loop's thread alone. `opening` is the answer that opened it."""

    def __init__(self, path: str, ask: Source, *, truth: Truth, places: Places, opening: Kept | Rendered) -> None:
        """Ask for what is new by `ask`."""
        self.path, self.ask, self.truth, self.places = path, ask, truth, places
        self.opened = mark_of(opening)
        self.ranks = Ranks()
        self.slow: set[Client] = set()
        self.head, self.told = -1, NOWHERE
        self.stirred = asyncio.Event()
        self.running: asyncio.Task[None] | None = None
        self.is_over = False

    def join(self, client: Client, number: int | None) -> None:
        """Take a client that has seen everything up to a number, or wants only what comes from now on."""
        self.ranks.join(client, BEYOND if number is None else number)
        self.stirred.set()
        if self.running is None:
            self.running = asyncio.create_task(self._run())

    def leave(self, client: Client) -> None:
        """Forget a client."""
        if client.rank:
            client.rank.clients.discard(client)
        if client.rest:
            client.rest.cancel()
        self._slow_no_more(client)

    @property
    def is_empty(self) -> bool:
        """Whether nobody listens."""
        return not self.slow and not any(True for _rank in self.ranks)

    def clients(self) -> list[Client]:
        """Everybody, but for the slow."""
        return [client for rank in self.ranks for client in rank.clients]

    def stir(self) -> None:
        """Something was purged: look whether it concerns this channel."""
        if not (self.truth.holds(*self.told) and self.truth.holds(*self.opened)):
            self.stirred.set()

    def end(self) -> None:
        """End all streams, at once."""
        self.is_over = True
        for client in [*self.clients(), *self.slow]:
            self._slow_no_more(client)
            client.end()
        if self.running:
            self.running.cancel()

    async def _run(self) -> None:
        while not self.is_over:
            try:
                await self._go_on()
            except Exception:  # whatever it is, those who wait must be told what comes later
                logger.exception("What is new at %s could not be told; it is tried again.", self.path)
                await asyncio.sleep(PAUSE)

    async def _go_on(self) -> None:
        """Whatever is to be done next, or a wait for it."""
        self.stirred.clear()
        if not self.truth.holds(*self.opened):
            await self._open_again()
        elif (rank := self._next()) is None:
            self.ranks.tidy()
            await self.stirred.wait()
        elif not await self._advanced(rank):
            await asyncio.sleep(PAUSE)

    async def _open_again(self) -> None:
        """Look whether the stream is still to be had; where it is not, all end."""
        found = await self.ask(self.path)
        if found is None or (isinstance(found, Rendered) and found.has_failed):
            await asyncio.sleep(PAUSE)
        elif is_stream(found):
            self.opened = mark_of(found)
        else:
            self.running = None  # which is this task
            self.end()

    def _next(self) -> Rank | None:
        """A rank that may lack something: first who is nearest to the newest, since most are there."""
        is_known = self.truth.holds(*self.told)
        waiting = [rank for rank in self.ranks if not (is_known and rank.number == self.head)]
        return max(waiting, key=lambda rank: rank.number, default=None)

    async def _advanced(self, rank: Rank) -> bool:
        """Send a rank what came after its number; whether that could be told."""
        number = rank.number
        if number == BEYOND and self.truth.holds(*self.told):
            self._move(rank, self.head)
            return True
        found = await self.ask(self.path.removesuffix(STREAM) + AFTER.format(number))
        if found is None or status_of(found) != 200:
            return False
        told = range_of(found, after=number)
        if told.head is not None:
            self.head, self.told = max(self.head, told.head), (told.position, told.tags)
        if told.messages:
            await self._send(rank, told)
            return True
        if told.head is not None and told.head < number:
            self._move(rank, told.head)
            return True
        return number == self.head

    def _move(self, rank: Rank, number: int) -> None:
        self.ranks.take(rank)
        self.ranks.put(rank, number)

    async def _send(self, rank: Rank, told: Range) -> None:
        """Send all of a rank the same, and move it on; who takes it slowly goes on by itself."""
        reached = rank.number
        self.ranks.take(rank)
        try:
            await self._give_all(rank, told)
            reached = told.last
        finally:
            # Whatever went wrong: twice does no harm, never does.
            self.ranks.put(rank, reached)

    async def _give_all(self, rank: Rank, told: Range) -> None:
        for at, client in enumerate(tuple(rank.clients)):
            if client.rank is rank:
                self._give(client, told.messages, told.last)
            await gently(at)

    def _give(self, client: Client, messages: Sequence[Message], last: int) -> None:
        for at, message in enumerate(messages):
            if left := client.give(message):
                self._let_finish(client, left, messages[at + 1 :], last)
                return

    def _let_finish(self, client: Client, left: Unfinished, messages: Sequence[Message], last: int) -> None:
        if client.rank:
            client.rank.clients.discard(client)
        client.rank = None
        client.rest = asyncio.create_task(self._finish(client, left, messages, last))
        self.slow.add(client)
        self.places.wait_for(client)

    async def _finish(self, client: Client, left: Unfinished, messages: Sequence[Message], last: int) -> None:
        """Give the rest to one who is slow, and put it with those who have seen as much; let it go if it takes none."""
        try:
            await asyncio.wait_for(_awaited(left), LONGEST_SEND)
            for message in messages:
                await asyncio.wait_for(_awaited(client.send(message)), LONGEST_SEND)
        except (TimeoutError, OSError):
            client.rest = None  # which is this task
            client.end()
        else:
            client.rest = None
            self.join(client, last)
        finally:
            self._slow_no_more(client)

    def _slow_no_more(self, client: Client) -> None:
        self.slow.discard(client)
        self.places.wait_no_more(client)

    def beat(self, client: Client, message: Message) -> None:
        """Let a client see that the stream is alive, and notice where it takes nothing; one of those who are being sent
        something sees it by that, and has no certain number meanwhile.
        """
        if client.rank and not self.ranks.is_moving(client.rank):
            self._give(client, (message,), client.rank.number)


async def _awaited(what: Awaitable[None]) -> None:
    await what


def status_of(found: Kept | Rendered) -> int:
    """The status of an answer."""
    return found.answer.status if isinstance(found, Kept) else found.status


def is_stream(found: Kept | Rendered | None) -> bool:
    """Whether an answer says that a stream is there."""
    if found is None or status_of(found) != 200:
        return False
    headers = found.answer.headers if isinstance(found, Kept) else found.headers
    return any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in headers)
