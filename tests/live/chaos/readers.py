"""Readers of a coverage who keep to the contract and nothing else: by polling, or by the stream with polling behind it.

Each has dice of its own, by which it also does what the contract allows and few do: ask twice, take a late answer
after a newer one, come back with an older number than its last, or with none.
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.live.chaos.copies import Copy, Gap
from tests.live.chaos.wire import BROKEN, Opened, asked, messages, told

FULL = 50
SILENCE = 40.0
"""Seconds without a byte, not even a heartbeat (each 15 s), after which a reader comes back."""
RETRY = 0.5
FALLBACK = 5.0
"""Seconds of polling after the stream failed twice, before it is tried again: minutes in life."""


@dataclass
class Counts:
    """What a crowd lived through."""

    polls: int = 0
    streams: int = 0
    """Streams that began."""
    streamed: int = 0
    """Events that came by stream and were the next."""
    broken: int = 0
    """Answers that did not come whole, and streams that were cut."""
    gaps: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Reader:
    """One reader; `port` says where to go for the next connection."""

    def __init__(
        self, path: str, *, port: Callable[[], int], seed: int, counts: Counts, pause: float, arrives: float = 0.0
    ) -> None:
        """Begin with an empty page; who arrives later begins with the page as it is served then."""
        self.path, self.port, self.counts, self.pause = path, port, counts, pause
        self.name, self.dice, self.copy = f"{type(self).__name__} {seed}", Random(seed), Copy()
        self.deliveries: set[asyncio.Task[None]] = set()
        self.arrives = arrives

    async def read(self) -> None:
        """Arrive, and follow until the coverage is closed."""
        await asyncio.sleep(self.arrives or self.dice.uniform(0, self.pause))
        while self.arrives and not self.copy.seq:
            await self.arrive()
        while not self.copy.is_closed:
            await self.follow()

    async def follow(self) -> None:
        """What is done again and again."""
        raise NotImplementedError

    async def arrive(self) -> None:
        """Read the page, or try again in a moment."""
        try:
            reply = await told(self.page_port(), self.path)
            if reply.status == 200:
                self.copy = Copy.of_page(reply.body.decode())
                return
            self.counts.refused[reply.status] = self.counts.refused.get(reply.status, 0) + 1
        except BROKEN:
            self.counts.broken += 1
        await asyncio.sleep(self.pause)

    def page_port(self) -> int:
        """Where the page is read."""
        return self.port()

    async def catch_up(self) -> bool:
        """Ask until a range is not full; whether all answers came."""
        while True:
            body = await self.polled()
            if body is None:
                return False
            self.absorb(body)
            if len(body["events"]) < FULL:
                return True

    async def polled(self) -> dict[str, Any] | None:
        """What happened after the last event; None where no answer came."""
        self.counts.polls += 1
        address = f"{self.path}after/{self.copy.seq}/"
        try:
            reply = await told(self.port(), address)
        except BROKEN:
            self.counts.broken += 1
            return None
        if reply.status != 200:
            self.counts.refused[reply.status] = self.counts.refused.get(reply.status, 0) + 1
            return None
        body: dict[str, Any] = json.loads(reply.body)
        return body

    def absorb(self, body: dict[str, Any]) -> None:
        """Take an answer in, also one that comes late; what is missing before it the next poll asks for."""
        try:
            for event in body["events"]:
                self.copy.take(event, at=time.monotonic())
        except Gap:
            self.counts.gaps += 1

    async def later(self, body: dict[str, Any]) -> None:
        """Take an answer in once more, after newer ones."""
        await asyncio.sleep(self.dice.uniform(0.1, 3.0))
        self.absorb(body)

    def deliver_again(self, body: dict[str, Any]) -> None:
        """Have an answer come a second time."""
        delivery = asyncio.create_task(self.later(body))
        self.deliveries.add(delivery)
        delivery.add_done_callback(self.deliveries.discard)


class Poller(Reader):
    """Who asks now and then."""

    async def follow(self) -> None:
        """Poll once; now and then the answer comes a second time, late."""
        body = await self.polled()
        if body:
            if self.dice.random() < 0.1:
                self.deliver_again(body)
            self.absorb(body)
        if body is None or len(body["events"]) < FULL:
            await asyncio.sleep(self.pause * self.dice.uniform(0.8, 1.2))


class Streamer(Reader):
    """Who holds a stream, and polls for a while when it failed twice."""

    failures = 0

    async def follow(self) -> None:
        """Hold a stream until it ends; when two in a row brought nothing, poll."""
        before = self.copy.seq
        with suppress(*BROKEN):
            await self.streamed()
        if self.copy.is_closed:
            return
        self.failures = 0 if self.copy.seq > before else self.failures + 1
        await asyncio.sleep(RETRY * self.dice.uniform(0.5, 1.5))
        if self.failures >= 2:
            await self.poll_for_a_while()
            self.failures = 0

    async def poll_for_a_while(self) -> None:
        """What a reader does whose stream does not come through."""
        end = time.monotonic() + FALLBACK
        while time.monotonic() < end and not self.copy.is_closed:
            await self.catch_up()
            await asyncio.sleep(self.pause * self.dice.uniform(0.4, 0.6))

    async def streamed(self) -> None:
        """Hold one stream until it ends."""
        address, headers, has_said = self.beginning()
        async with asked(self.port(), address, headers=headers) as opened:
            if opened.status != 200:
                self.counts.refused[opened.status] = self.counts.refused.get(opened.status, 0) + 1
                return
            self.counts.streams += 1
            if not has_said:
                # It begins after the head, wherever that is by now: what came before is asked for.
                await self.catch_up()
            if self.copy.is_closed:
                return
            try:
                await self.listen(opened)
            except BROKEN:
                self.counts.broken += 1

    async def listen(self, opened: Opened) -> None:
        """Hear a stream to its end, or the coverage's."""
        async for message in messages(opened, silence=SILENCE):
            await self.hear(message.id, json.loads(message.data))
            if self.copy.is_closed:
                return

    def beginning(self) -> tuple[str, dict[str, str], bool]:
        """The address and the headers of a stream, and whether they say where to begin."""
        chance, seq = self.dice.random(), self.copy.seq
        if chance < 0.1:
            return f"{self.path}stream/", {}, False
        if chance < 0.2:
            seq = max(0, seq - self.dice.randrange(1, 9))
        if chance < 0.5:
            return f"{self.path}stream/?after={seq}", {}, True
        return f"{self.path}stream/", {"Last-Event-ID": str(seq)}, True

    async def hear(self, name: str, event: dict[str, Any]) -> None:
        """Take one event in; where others are missing before it, ask for them."""
        if name != str(event["seq"]):
            self.counts.faults.append(f"{self.name}: the message {name} is event {event['seq']}")
        try:
            self.counts.streamed += self.copy.take(event, at=time.monotonic())
        except Gap:
            self.counts.gaps += 1
            await self.catch_up()
