"""A stream with a stand-in for Django behind it, and readers who hear it: the server between them is played too, so
that a test decides when a connection takes something, and when it goes.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any

from gazeti.edge.streams.application import Streams
from gazeti.edge.streams.channel import BEYOND
from gazeti.edge.streams.places import Places
from tests.edge.stage import HTML, Page, Stage

COVERAGE = "/city-affairs/bridge/"
STREAM = f"{COVERAGE}stream/"
OPENED = ((b"content-type", b"text/event-stream"), (b"cache-control", b"no-cache"))
FULL = 50
GIVE_UP = 30
ID = re.compile(rb"id: (\d+)\ndata: (.*)\n\n")


@dataclass(eq=False)
class Reader:
    """A connection: what came, and whether it takes more."""

    address: str = "192.0.2.1"
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: bytes = b""
    is_over: bool = False

    def __post_init__(self) -> None:
        self.gone, self.takes = asyncio.Event(), asyncio.Event()
        self.takes.set()
        self.task: asyncio.Task[None] | None = None

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        if message.get("more_body"):
            await self.takes.wait()
        self.text += message["body"]
        if not message.get("more_body"):
            self.is_over = True
            self.gone.set()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    @property
    def numbers(self) -> list[int]:
        """The events that came, in their order."""
        return [int(number) for number, _data in ID.findall(self.text)]

    @property
    def told(self) -> list[dict[str, Any]]:
        """What they said."""
        return [json.loads(data) for _number, data in ID.findall(self.text)]

    @property
    def beats(self) -> int:
        """Signs of life."""
        return self.text.count(b":\n\n")

    async def leave(self) -> None:
        """Go, as a browser does."""
        self.gone.set()
        if self.task:
            await self.task


class Audience(Stage):
    """A coverage whose events a test makes, and who listens."""

    def __init__(self, *, head: int = 0, places: Places | None = None) -> None:
        super().__init__()
        self.events = [self._event(number) for number in range(1, head + 1)]
        self.streams = Streams(self.edge, truth=self.truth, places=places or Places(most=10_000, for_one=1_000))
        self.django.pages[STREAM] = Page(body="", headers=OPENED, tags=frozenset({"story:1"}))
        self.django.pages |= {f"{COVERAGE}after/{number}/": self._after(number) for number in self._numbers()}

    def _numbers(self) -> list[int]:
        return [*range(500), 999_999_999]

    def _event(self, number: int) -> dict[str, Any]:
        return {"seq": number, "kind": "post", "html": f"<p>Event {number} \u2013 it opened.</p>"}

    def _after(self, number: int) -> Any:
        def page() -> Page:
            some = self.events[number : number + FULL]
            tags = {"story:1", "live-past:1"} | ({"live:1"} if len(some) < FULL else set())
            body = json.dumps({"events": some, "head": len(self.events), "closed": False})
            return Page(body=body, tags=frozenset(tags), headers=HTML, is_private=number > len(self.events))

        return page

    def post(self, count: int = 1) -> None:
        """Let events happen, and be heard."""
        for _ in range(count):
            self.events.append(self._event(len(self.events) + 1))
            self.truth.purge("live:1")
        self.hear()

    def hear(self) -> None:
        super().hear()
        for told in self.edge.when_purged:
            told()

    async def listen(self, *, query: str = "", reader: Reader | None = None, **headers: str) -> Reader:
        """Open a stream, until its first words came or it was refused."""
        reader = reader or Reader()
        named = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http", "method": "GET", "path": STREAM, "query_string": query.encode(),
            "client": (reader.address, 4711),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip
        reader.task = asyncio.ensure_future(self.streams(scope, reader.receive, reader.send))
        await until(lambda: reader.text or reader.is_over)
        # Whoever named no number hears what comes once it is known what is newest: what a test posts comes after that.
        await until(lambda: reader.is_over or not self.some_are_told_nothing)
        return reader

    @property
    def some_are_told_nothing(self) -> bool:
        """Whether somebody has named no number and what is newest is not known yet."""
        return any(rank.number == BEYOND for one in self.streams.channels.values() for rank in one.ranks)


async def until(happens: Any) -> None:
    """Wait until something is so, and give up after half a minute."""
    async with asyncio.timeout(GIVE_UP):
        while not happens():
            await asyncio.sleep(0.002)


def play(story: Any) -> None:
    """Run a loop that ends by itself, and leave no stream open."""

    async def whole() -> None:
        await story

    asyncio.run(asyncio.wait_for(whole(), 2 * GIVE_UP))
