"""Three authors who post, edit, retract, pin and sum up at random, each certain of what was accepted.

A plan says what an author does next; a door does it, and does it again where no answer came, until there is one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

KINDS = {"post": 60, "edit": 16, "retract": 5, "pin": 7, "unpin": 5, "summary": 5, "pause": 2}
OPENING = 4
"""Posts before anything else."""


@dataclass(frozen=True)
class Intent:
    """What an author wants: on which update of theirs, with which words, which the author has never used before."""

    kind: str
    key: str
    number: int = 0
    seen: int = 0
    text: str = ""
    is_key: bool = False


@dataclass(frozen=True)
class Accepted:
    """What was accepted, as which event where the answer told so, and when (monotonic seconds)."""

    intent: Intent
    number: int
    at: float


Door = Callable[[Intent], Awaitable[int]]
"""Does what is wanted once, however often it must be asked; the number of the event, 0 where no answer told it."""


@dataclass
class Author:
    """One author: their own updates, and what was accepted from them, in order."""

    name: str
    dice: Random
    door: Door
    per_second: float
    may_pause: bool = False
    versions: dict[int, int] = field(default_factory=dict)
    """By the number of each update of theirs that stands: the event that gave it its words."""
    pinned: set[int] = field(default_factory=set)
    is_paused: bool = False
    accepted: list[Accepted] = field(default_factory=list)
    count: int = 0

    async def write(self, *, over: asyncio.Event) -> None:
        """Write until it is over, and leave nothing without an answer."""
        while not over.is_set():
            intent = self.next()
            number = await self.door(intent)
            self.accepted.append(Accepted(intent, number, time.monotonic()))
            self._note(intent, number)
            await asyncio.sleep(self.dice.expovariate(self.per_second))
        if self.is_paused:
            await self.do("resume")

    async def do(self, kind: str) -> None:
        """Take the coverage into another state."""
        intent = self._wanted(kind)
        number = await self.door(intent)
        self.accepted.append(Accepted(intent, number, time.monotonic()))
        self._note(intent, number)

    def next(self) -> Intent:
        """What comes next."""
        if len(self.versions) < OPENING:
            return self._wanted("post")
        if self.is_paused and self.dice.random() < 0.3:
            return self._wanted("resume")
        return self._wanted(self.dice.choices(list(KINDS), list(KINDS.values()))[0])

    def _wanted(self, kind: str) -> Intent:
        self.count += 1
        key, free = f"{self.name}-{self.count}", sorted(set(self.versions) - self.pinned)
        if kind == "pause" and (self.is_paused or not self.may_pause):
            kind = "post"
        if (kind == "unpin" and not self.pinned) or (kind == "pin" and (not free or len(self.pinned) >= 3)):
            kind = "post"
        number = 0
        if kind in ("edit", "retract"):
            number = self.dice.choice(sorted(self.versions))
        elif kind in ("pin", "unpin"):
            number = self.dice.choice(free if kind == "pin" else sorted(self.pinned))
        text = f"{self.name} says {self.count}: the quay{', the crane, the tide' * self.dice.randrange(1, 12)}."
        has_words = kind in ("post", "edit", "summary")
        return Intent(
            kind, key, number, self.versions.get(number, 0), text if has_words else "", self.dice.random() < 0.2
        )

    def _note(self, intent: Intent, number: int) -> None:
        """What follows for the plan."""
        if intent.kind == "post":
            self.versions[number] = number
        elif intent.kind == "edit":
            self.versions[intent.number] = number
        elif intent.kind == "retract":
            del self.versions[intent.number]
            self.pinned.discard(intent.number)
        elif intent.kind in ("pin", "unpin"):
            (self.pinned.add if intent.kind == "pin" else self.pinned.discard)(intent.number)
        elif intent.kind in ("pause", "resume"):
            self.is_paused = intent.kind == "pause"
