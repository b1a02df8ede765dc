"""An edge with a stand-in for Django behind it: what it says, when, and how often it is asked is the test's to decide.

A real Django cannot be made to hang, to fail or to be overtaken at a chosen moment; whole servers are in tests/cli.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils import timezone

from gazeti.edge.answers import Answer
from gazeti.edge.application import Edge
from gazeti.edge.encodings import encoded
from gazeti.edge.memory import Memory
from gazeti.edge.renders import Rendered
from gazeti.edge.routes import canonical
from gazeti.edge.truth import STREAM, Truth
from gazeti.log import Entry

STORY = "/city-affairs/water/"
HTML = ((b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"public, no-cache"))


@dataclass
class Page:
    """What the stand-in says at an address."""

    body: str = "page " * 100
    status: int = 200
    tags: frozenset[str] = frozenset({"site"})
    reads: frozenset[str] = frozenset()
    headers: tuple[tuple[bytes, bytes], ...] = HTML
    is_private: bool = False


@dataclass
class Told:
    """An answer as a client has it."""

    status: int
    headers: dict[str, str]
    body: bytes


class Log(Truth):
    """A truth whose log is a list: `purge` commits there at once, and is heard when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.is_down = False

    def purge(self, *tags: str, forget: tuple[str, ...] = ()) -> int:
        place = len(self.entries) + 1
        data = {"tags": [*tags, *forget], "forget": list(forget)}
        self.entries.append(Entry(place, STREAM, place, "purge", data, timezone.now()))
        return place

    def begin(self) -> None:
        self.catch_up()

    def catch_up(self) -> int:
        self.apply(self.entries)
        return self.position


@dataclass
class Django:
    """The stand-in: as `Renders`, by a table."""

    truth: Log
    pages: dict[str, Page | Callable[[], Page]] = field(default_factory=dict)
    lists: dict[str, Callable[[str], Page]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    meanwhile: Callable[[], Any] = lambda: None

    def __post_init__(self) -> None:
        self.pool, self.unknown = ThreadPoolExecutor(4), ThreadPoolExecutor(2)
        self.gate.set()

    def render(self, path: str, query: bytes) -> Rendered:
        position = self.truth.catch_up()
        self.asked.append(f"{path}?{query.decode()}" if query else path)
        if path in self.lists:
            found: Page | Callable[[], Page] = partial(self.lists[path], query.decode())
        else:
            found = self.pages.get(path, Page(status=404, tags=frozenset({f"path:{path}"}), body="not found " * 40))
        page = found() if callable(found) else found
        self.gate.wait(20)
        self.meanwhile()
        body = page.body.encode()
        answer = None
        if page.tags and not page.is_private and page.status < 500:
            now = time.time()
            answer = Answer(
                path=path,
                query=canonical(query, page.reads),
                status=page.status,
                headers=page.headers,
                bodies=encoded(body, b"text/html"),
                tags=page.tags,
                position=position,
                at=now,
                modified=int(now),
                reads=page.reads,
            )
        return Rendered(page.status, page.headers, body, page.tags, position, page.is_private, answer)


class Stage:
    """The edge, its Django and its log, asked as by a client."""

    def __init__(self, *, limit: int = 10_000_000, store: Any = None) -> None:
        self.truth = Log()
        self.django = Django(self.truth)
        self.passed: list[str] = []
        self.edge = Edge(
            self._passage,
            renders=self.django,  # type: ignore[arg-type]
            memory=Memory(limit),
            truth=self.truth,
            store=store,
        )

    async def _passage(self, scope: dict[str, Any], _receive: Any, send: Any) -> None:
        self.passed.append(f"{scope['method']} {scope['path']}")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-passed", b"1")]})
        await send({"type": "http.response.body", "body": b"passed"})

    async def get(self, address: str, *, method: str = "GET", **headers: str) -> Told:
        path, _, query = address.partition("?")
        return await self.ask(path, query=query, method=method, **headers)

    async def ask(self, path: str, *, query: str, method: str = "GET", **headers: str) -> Told:
        named = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }
        sent: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.edge(scope, nothing_more, send)
        start, body = sent[0], b"".join(part["body"] for part in sent[1:])
        return Told(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body)

    def hear(self) -> None:
        """Let the purges of the log reach this worker, as its vigil does."""
        self.truth.catch_up()


class Shelf:
    """A store that notes what it is told, and what the truth was then."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.generation, self.is_calm = 0, True
        self.truth: Any = None
        self.record: Answer | None = None

    def prepare(self, *, purged: int, head: int | None = None) -> None:
        self.told.append(("prepare", purged, head))

    def flush(self, position: int) -> None:
        self.generation += 1
        self.told.append(("flush", position, self.truth.position))

    def forget_tags(self, tags: frozenset[str], *, before: int) -> int:
        self.told.append(("forget", set(tags), before))
        return 0

    def find(self, path: str, query: str) -> Answer | None:
        is_it = self.record and (path, query) == (self.record.path, self.record.query)
        return self.record if is_it else None

    def claim(self, path: str, query: str) -> Any:
        return type("Claim", (), {"release": lambda self: None})()

    def keep(self, answer: Any) -> bool:
        return True

    def file(self, answer: Any, purged_since: Any) -> bool:
        self.told.append(("file", answer.path))
        return True


async def nothing_more() -> dict[str, Any]:
    """What a client says who stays."""
    return await asyncio.Future()


def played(scene: Callable[[], Any]) -> Any:
    """Run a test's coroutine to its end."""
    return asyncio.run(scene())


def stage(*, store: Any = None) -> Stage:
    """An edge before a front and one story."""
    made = Stage(store=store)
    made.django.pages = {"/": Page("front " * 99), STORY: Page("story " * 99, tags=frozenset({"story:1", "recent"}))}
    return made
