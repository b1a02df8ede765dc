"""Bad lines between readers and the server: slow, buffering, in crumbs, cut in the middle, silent without an end."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from tests.live.chaos.wire import BROKEN

PIECE = 65_536
MEAN_LIFE = 9.0
"""Seconds after which a line is cut, on average."""
KINDS = {"good": 4, "slow": 2, "buffering": 2, "crumbling": 1, "freezing": 1}
OF_AUTHORS = {"good": 3, "slow": 1, "losing": 2}
"""On the lines of authors every third answer is lost, to what has been done."""
CRUMBLES = 3_000
"""Bytes that come in crumbs; what follows comes in one piece, or a small machine would do nothing else."""

Forward = Callable[[bytes], Awaitable[None]]
Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Lines:
    """A TCP proxy each of whose connections is another kind of bad; `target` is where the server is now."""

    target: Callable[[], int]
    dice: Random
    mean_life: float = MEAN_LIFE
    kinds: dict[str, int] = field(default_factory=lambda: dict(KINDS))
    port: int = 0
    cuts: int = 0
    losses: int = 0
    """Answers that were swallowed, to what the server had done."""
    refused: int = 0
    """Lines to a server that was away."""
    by_kind: dict[str, int] = field(default_factory=dict)
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        """Listen on a port of one's own."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.server, self.port = server, server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more, and end what is open."""
        self.server.close()
        self.cut_all()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def cut_all(self) -> None:
        """Cut every line at once, as when a tunnel begins."""
        for writer in list(self.writers):
            self._cut(writer)

    def _cut(self, writer: asyncio.StreamWriter) -> None:
        if not writer.is_closing():
            self.cuts += 1
            writer.transport.abort()

    async def _accept(self, reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._joined((reading, writing)))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        await asyncio.wait([task])

    async def _joined(self, near: Wire) -> None:
        """Carry between a reader and the server until one of them has enough, or the line's time has come."""
        far: Wire | None = None
        try:
            far = await asyncio.open_connection("127.0.0.1", self.target())
            self.writers |= {near[1], far[1]}
            await self._carry(near, far)
        except OSError:
            self.refused += 1
        finally:
            for writer in (near[1], *([far[1]] if far else [])):
                self.writers.discard(writer)
                writer.transport.abort()

    async def _carry(self, near: Wire, far: Wire) -> None:
        (reading, writing), (far_reading, far_writing) = near, far
        kind = self.dice.choices(list(self.kinds), list(self.kinds.values()))[0]
        self.by_kind[kind] = self.by_kind.get(kind, 0) + 1
        life = self.dice.expovariate(1 / self.mean_life)
        forth = asyncio.create_task(pumped(reading, plainly(far_writing)))
        back = asyncio.create_task(pumped(far_reading, self._way(kind, writing)))
        cut = asyncio.create_task(asyncio.sleep(life))
        try:
            await asyncio.wait({back, cut}, return_when=asyncio.FIRST_COMPLETED)
            if back.done():
                # A whole answer, or the server's own end: what was held back comes before the line ends.
                with suppress(*BROKEN):
                    await writing.drain()
                writing.close()
                await asyncio.sleep(0)
            self.cuts += not back.done()
        finally:
            for task in (forth, back, cut):
                task.cancel()
            await asyncio.gather(forth, back, cut, return_exceptions=True)

    async def _lose(self, part: bytes) -> None:
        """Swallow an answer, and end the line."""
        if part:
            self.losses += 1
            raise ConnectionAbortedError

    def _way(self, kind: str, writing: asyncio.StreamWriter) -> Forward:
        """How what the server says goes on to the reader."""
        if kind == "slow":
            return slowly(writing, Random(self.dice.random()))
        if kind == "buffering":
            return Held(writing, seconds=self.dice.uniform(0.5, 4.0), most=8_192).forward
        if kind == "crumbling":
            return crumbled(writing, Random(self.dice.random()))
        if kind == "losing":
            return self._lose
        if kind == "freezing":
            return frozen(writing, after=self.dice.uniform(0.5, 4.0))
        return plainly(writing)


async def pumped(reading: asyncio.StreamReader, forward: Forward) -> None:
    """Carry whatever comes until it ends; a way that holds back is told of the end by an empty piece."""
    with suppress(*BROKEN):
        while part := await reading.read(PIECE):
            await forward(part)
        await forward(b"")


def plainly(writing: asyncio.StreamWriter) -> Forward:
    """At once."""

    async def forward(part: bytes) -> None:
        writing.write(part)
        await writing.drain()

    return forward


def slowly(writing: asyncio.StreamWriter, dice: Random) -> Forward:
    """Each piece late."""

    async def forward(part: bytes) -> None:
        await asyncio.sleep(dice.uniform(0.0, 0.4))
        writing.write(part)
        await writing.drain()

    return forward


def crumbled(writing: asyncio.StreamWriter, dice: Random) -> Forward:
    """In crumbs that end in the middle of a word, of a line and of a character."""
    left = [CRUMBLES]

    async def forward(part: bytes) -> None:
        while part and not writing.is_closing():
            size = dice.randrange(1, 40) if left[0] > 0 else len(part)
            writing.write(part[:size])
            part, left[0] = part[size:], left[0] - size
            await asyncio.sleep(0)
        await writing.drain()

    return forward


def frozen(writing: asyncio.StreamWriter, *, after: float) -> Forward:
    """At once for a while; then nothing comes any more, and nobody is told."""
    until = time.monotonic() + after

    async def forward(part: bytes) -> None:
        if time.monotonic() < until:
            writing.write(part)
            await writing.drain()
        else:
            await asyncio.sleep(60)

    return forward


class Held:
    """A proxy that buffers: what comes is held back until it is much, or for so long."""

    def __init__(self, writing: asyncio.StreamWriter, *, seconds: float, most: int) -> None:
        """Hold nothing yet."""
        self.writing, self.seconds, self.most = writing, seconds, most
        self.held = bytearray()
        self.timer: asyncio.TimerHandle | None = None

    async def forward(self, part: bytes) -> None:
        """Hold a piece; at the end give what is held."""
        self.held += part
        if not part or len(self.held) >= self.most:
            self._give()
            with suppress(*BROKEN):
                await self.writing.drain()
        elif self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(self.seconds, self._give)

    def _give(self) -> None:
        if self.timer:
            self.timer.cancel()
        self.timer = None
        held, self.held = bytes(self.held), bytearray()
        if held and not self.writing.is_closing():
            self.writing.write(held)
