"""Who posts and who reads, on keep-alive connections in one loop that leaves the cores to the server.

Posters send the next comment as soon as the last is answered. Readers ask at a steady rate, and what they wait is
counted from the moment at which they were due, so that a slow answer counts for those behind it too.
"""

import selectors
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from bench.lines import Line, Reply
from bench.newsroom import WrongAnswer

LOOK_EVERY = 0.001
TAKEN = (201, 303)


@dataclass
class Task:
    """One connection, and what is done on it again and again."""

    line: Line
    next_at: float = 0.0
    is_waiting: bool = False
    ms: list[float] = field(default_factory=list)
    """How long each answer took."""

    def begin(self, now: float) -> None:
        """Send what is due."""
        raise NotImplementedError

    def heard(self, reply: Reply) -> None:
        """Take in an answer."""
        raise NotImplementedError

    def hear(self) -> None:
        """Take in what came."""
        if (reply := self.line.hear()) is not None:
            self.is_waiting = False
            self.heard(reply)


@dataclass
class Poster(Task):
    """Posts one comment after the other, while there are some."""

    requests: Iterator[bytes] = field(default_factory=lambda: iter(()))
    began: float = 0.0

    def begin(self, now: float) -> None:
        """Send the next comment."""
        self.began = now
        self.line.send(next(self.requests))

    def heard(self, reply: Reply) -> None:
        """See that it was taken."""
        if reply.status not in TAKEN:
            raise WrongAnswer(f"a comment was answered {reply.status}: {reply.body[:300]!r}")
        self.ms.append((reply.at - self.began) * 1000)


@dataclass
class Reader(Task):
    """Asks for pages, so many a second."""

    paths: Iterator[str] = field(default_factory=lambda: cycle(("/",)))
    every: float = 1.0
    path: str = ""

    def begin(self, now: float) -> None:
        """Ask for the next page."""
        self.next_at = self.next_at or now
        self.path = next(self.paths)
        self.line.ask(self.path, headers={"Accept-Encoding": "gzip"})

    def heard(self, reply: Reply) -> None:
        """See that it is a page; the next is due by the clock, however late this one was."""
        if reply.status != 200:
            raise WrongAnswer(f"{self.path} answered {reply.status}")
        self.ms.append((reply.at - self.next_at) * 1000)
        self.next_at += self.every


@dataclass
class Watcher(Task):
    """Asks for one page of one worker until it shows something."""

    path: str = "/"
    wanted: bytes = b""
    seen_at: float = 0.0
    every: float = 0.005

    def begin(self, now: float) -> None:
        """Ask for the page."""
        self.next_at = now + self.every
        self.line.ask(self.path)

    def heard(self, reply: Reply) -> None:
        """Look for what is wanted."""
        if reply.status != 200:
            raise WrongAnswer(f"{self.path} answered {reply.status}")
        if not self.seen_at and self.wanted in reply.body:
            self.seen_at = reply.at


class Crowd:
    """Several tasks in one loop."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        """Take them; each has a connection of its own."""
        self.tasks, self.ready = tasks, selectors.DefaultSelector()
        for task in tasks:
            self.ready.register(task.line.wire, selectors.EVENT_READ, task)

    def turn(self) -> None:
        """Begin what is due, and hear what has come."""
        now = time.monotonic()
        for task in self.tasks:
            if not task.is_waiting and task.next_at <= now:
                task.is_waiting = True
                task.begin(now)
        for key, _ in self.ready.select(timeout=LOOK_EVERY):
            key.data.hear()

    def run(self, seconds: float) -> None:
        """Go on for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()

    def close(self) -> None:
        """End all connections."""
        self.ready.close()
        for task in self.tasks:
            task.line.close()


def readers(port: int, paths: Sequence[str], *, per_second: int, lines: int = 8) -> list[Reader]:
    """Readers who ask for these pages, so many a second together, their turns spread over it."""
    every, now = lines / per_second, time.monotonic()
    found = []
    for number in range(lines):
        own = cycle([*paths[number % len(paths) :], *paths[: number % len(paths)]])
        found.append(Reader(Line(port), next_at=now + every * number / lines, paths=own, every=every))
    return found
