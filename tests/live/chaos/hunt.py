"""One chaos: authors write, readers follow, everything between them breaks; at the end all is compared."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.live.chaos.authors import Author
from tests.live.chaos.doors import DeskDoor, ProgramDoor
from tests.live.chaos.house import House
from tests.live.chaos.judge import Truth, differences, lags, unkept
from tests.live.chaos.keeping import Keeping
from tests.live.chaos.lines import OF_AUTHORS, Lines
from tests.live.chaos.readers import Counts, Poller, Reader, Streamer

PATIENCE = 150.0
"""Seconds in which every reader is at the end once nothing breaks any more."""
SKEW = -5400.0
"""By how many seconds the clock of the author's desk is off; the others go by the server's."""
MOST_SKEW = 3_600
HARMS = {"worker": 4, "server": 1, "tunnel": 2, "author": 2}


@dataclass(frozen=True)
class Pace:
    """How many follow by stream and by polling, how often these ask, and how much the authors write a second."""

    streams: int = 150
    polls: int = 150
    pause: float = 2.0
    per_second: float = 1.5
    least: int = 60
    """Events that there must be before it is over."""
    harm_every: float = 5.0
    arriving: float = 20.0
    """Seconds within which those arrive who come later."""


@dataclass
class Trail:
    """What a chaos found, and what it went through."""

    seed: int
    seconds: float = 0.0
    events: int = 0
    readers: int = 0
    cuts: int = 0
    kills: int = 0
    unheard: int = 0
    """Answers to authors that were lost after something was done, or while it was."""
    counts: Counts = field(default_factory=Counts)
    late: int = 0
    hits: int = 0
    lags: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    harms: list[str] = field(default_factory=list)

    def lag(self, share: float) -> float:
        """The lag that so great a share of all deliveries does not exceed."""
        return self.lags[min(len(self.lags) - 1, int(len(self.lags) * share))] if self.lags else 0.0

    def row(self) -> str:
        """The chaos as a row of a table."""
        facts = (
            self.seed, f"{self.seconds:.0f}", self.events, self.unheard, self.readers, self.cuts, self.kills,
            self.counts.streams, self.counts.gaps, self.late,
            f"{self.lag(0.5):.2f}", f"{self.lag(0.99):.1f}", f"{self.lag(1):.1f}",
            "equal" if not self.faults else f"{len(self.faults)} faults",
        )  # fmt: skip
        return "| " + " | ".join(map(str, facts)) + " |"


HEAD = (
    "| seed | s | events | answers lost | readers | cuts | kills | streams begun | gaps | late or twice "
    "| lag p50, s | p99, s | worst, s | result |\n|" + " --- |" * 14
)

Watch = Callable[["Chaos"], Coroutine[Any, Any, list[str]]]


class Chaos:
    """One run."""

    def __init__(self, house: House, *, seed: int, pace: Pace) -> None:
        """Lay everything out as the seed says."""
        self.house, self.pace, self.dice, self.trail = house, pace, Random(seed), Trail(seed)
        self.over, self.calm = asyncio.Event(), asyncio.Event()
        self.lines = Lines(lambda: house.port, Random(seed + 1))
        self.keeping = Keeping(lambda: self.lines.port, Random(seed + 2))
        self.calls = Lines(lambda: house.port, Random(seed + 4), kinds=dict(OF_AUTHORS))
        programs = [ProgramDoor(house.story, token, lambda: self.calls.port) for token in house.tokens]
        self.desk = DeskDoor(house.home, house.story, SKEW)
        self.doors: list[DeskDoor | ProgramDoor] = [self.desk, *programs]
        self.authors = [
            Author(f"author {at}", Random(seed * 10 + at), door, pace.per_second, may_pause=at == 0)
            for at, door in enumerate(self.doors)
        ]
        self.readers, self.patience = self._readers(seed), PATIENCE
        self.trail.readers = len(self.readers)

    def _readers(self, seed: int) -> list[Reader]:
        kinds: list[type[Reader]] = [Streamer] * self.pace.streams + [Poller] * self.pace.polls
        return [self._reader(kind, seed * 10_000 + at, at) for at, kind in enumerate(kinds)]

    def _reader(self, kind: type[Reader], seed: int, at: int) -> Reader:
        """A third ask the server itself; the rest over bad lines, half of who polls through a shared cache too.

        Each fourth comes later, and begins with the page.
        """
        ways: list[Callable[[], int]] = [lambda: self.house.port, lambda: self.lines.port]
        ways.append((lambda: self.keeping.port) if kind is Poller else (lambda: self.lines.port))
        arrives = self.dice.uniform(0, self.pace.arriving) if at % 4 == 0 else 0.0
        return kind(
            self.house.path,
            port=ways[at % 3],
            seed=seed,
            counts=self.trail.counts,
            pause=self.pace.pause,
            arrives=arrives,
        )

    async def run(self, seconds: float, *, watch: Watch | None = None) -> Trail:
        """Let it run for so long, then calm down, and compare."""
        began = time.monotonic()
        await self.lines.open()
        await self.calls.open()
        await self.keeping.open()
        reading = [asyncio.create_task(one.read()) for one in self.readers]
        watching = asyncio.create_task(watch(self)) if watch else None
        writing = [asyncio.create_task(one.write(over=self.over)) for one in self.authors]
        try:
            await self._harm(began + seconds)
            await self._written(time.monotonic() + PATIENCE)
            self.over.set()
            await asyncio.gather(*writing)
            await self.authors[0].do("close")
            self.calm.set()
            await self._end(reading)
            truth = await asyncio.to_thread(self.house.truth)
            if watching:
                self.trail.faults += await watching
            self._judge(truth)
        finally:
            self._count()
            self.trail.seconds = time.monotonic() - began
            await self._leave([*reading, *writing, *([watching] if watching else [])])
        return self.trail

    async def _end(self, reading: list[asyncio.Task[None]]) -> None:
        """Give every reader the time to come to the end."""
        _done, left = await asyncio.wait(reading, timeout=self.patience)
        for task in reading:
            if task not in left and task.exception():
                self.trail.faults.append(f"a reader failed: {task.exception()!r}")
        if left:
            self.trail.faults.append(f"{len(left)} readers were not at the end after {self.patience:g} s")
        # What is still to be delivered late is.
        await asyncio.gather(*(task for one in self.readers for task in one.deliveries))

    async def _leave(self, tasks: list[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.keeping.close()
        await self.lines.close()
        await self.calls.close()
        for door in self.doors:
            await asyncio.to_thread(door.end)

    async def _harm(self, until: float) -> None:
        """Break something now and then; what, and when, the seed says: each kind once, then any."""
        first = self.dice.sample(list(HARMS), len(HARMS))
        while (left := until - time.monotonic()) > 0:
            pause = self.dice.uniform(0.5, 1.5) * self.pace.harm_every
            await asyncio.sleep(min(pause, left))
            if until - time.monotonic() > 0:
                kind = first.pop() if first else self.dice.choices(list(HARMS), list(HARMS.values()))[0]
                await self._break(kind)
        for kind in first:
            # The machine was too slow for all of them in that time.
            await self._break(kind)

    async def _written(self, until: float) -> None:
        """Go on until there is enough to judge by, on a slow machine too."""
        while sum(len(one.accepted) for one in self.authors) < self.pace.least and time.monotonic() < until:
            await asyncio.sleep(0.1)

    async def _break(self, kind: str) -> None:
        if kind == "worker":
            await asyncio.to_thread(self.house.kill_worker)
        elif kind == "tunnel":
            self.lines.cut_all()
        elif kind == "author":
            self.desk.kill()
        else:
            skew = self.dice.randrange(-MOST_SKEW, MOST_SKEW)
            await asyncio.to_thread(self.house.kill_server)
            await asyncio.to_thread(self.house.serve, skew=skew)
            kind = f"server, then {skew} s off"
        self.trail.harms.append(kind)

    def _judge(self, truth: Truth) -> None:
        """Compare each reader with the tables, and the log with what authors were told."""
        trail = self.trail
        trail.events = truth["head"]
        trail.faults += trail.counts.faults
        trail.faults += unkept(self.authors, truth, before=1)
        for one in self.readers:
            trail.faults += [f"{one.name}: {said}" for said in differences(one.copy, truth)]
        trail.lags = lags((one.copy for one in self.readers), self.authors)

    def _count(self) -> None:
        trail = self.trail
        trail.cuts, trail.hits = self.lines.cuts, self.keeping.hits
        trail.kills = self.house.kills + sum(door.kills for door in self.doors)
        trail.unheard = self.calls.losses + self.desk.unheard
        trail.late = sum(one.copy.late for one in self.readers)


def chaos(house: House, *, seed: int, seconds: float, pace: Pace, watch: Watch | None = None) -> Trail:
    """Run one, with an event loop of its own."""

    async def whole() -> Trail:
        return await Chaos(house, seed=seed, pace=pace).run(seconds, watch=watch)

    return asyncio.run(whole())
