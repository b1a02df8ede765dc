"""An application whose answers a test plays behind the shared cache, and a clock that the test winds."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from gazeti.edge.shared import SharedCache

Headers = list[tuple[bytes, bytes]]
Message = dict[str, Any]
BEGAN = 1_800_000_000.0


def runs(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a test that awaits, for twenty seconds at most."""

    @functools.wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 20))

    return run


@dataclass
class Said:
    """An answer of the application, in as many parts as it has; `failing` raises in its place or after its start."""

    body: bytes = b"body"
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"cache-control": "max-age=60"})
    parts: int = 1
    failing: str = ""
    waits: bool = True


@dataclass
class Told:
    """An answer as a client has it."""

    status: int
    headers: dict[str, str]
    body: bytes
    messages: list[Message]


class Played:
    """The application: gives the next answer, the last one again and again; keeps what it was asked."""

    def __init__(self, *answers: Said) -> None:
        self.answers = list(answers)
        self.asked: list[Message] = []
        self.gate = asyncio.Event()
        self.gate.set()

    def field(self, name: str) -> str | None:
        """Return a field of the last question, all its lines."""
        lines = [value.decode() for field_name, value in self.asked[-1]["headers"] if field_name == name.encode()]
        return ", ".join(lines) if lines else None

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        assert (await receive())["type"] == "http.request"
        self.asked.append(scope)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.waits:
            await self.gate.wait()
        if answer.failing == "at once":
            raise ConnectionError(answer.failing)
        headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.failing:
            raise ConnectionError(answer.failing)
        for part in range(answer.parts):
            is_last = part == answer.parts - 1
            await send({"type": "http.response.body", "body": answer.body, "more_body": not is_last})


class Newsagent:
    """The cache before that application."""

    def __init__(self, *answers: Said, **settings: Any) -> None:
        self.now = BEGAN
        self.played = Played(*answers)
        self.cache = SharedCache(self.played, now=lambda: self.now, **settings)
        self.line: asyncio.Event | None = None
        """Until it is set, who asks from now on takes nothing: a slow line."""

    async def ask(self, path: str = "/a", method: str = "GET", **fields: str) -> Told:
        """Ask as a client does; `If_None_Match="x"` is a field."""
        path, _, query = path.partition("?")
        named = [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"paper.example"), *named],
        }
        messages: list[Message] = []
        said = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            return said.pop() if said else await asyncio.Future()

        line = self.line

        async def send(message: Message) -> None:
            if line:
                await line.wait()
            messages.append(message)

        await self.cache(scope, receive, send)
        return told(messages)

    async def settled(self) -> None:
        """Wait until nothing is asked in the background."""
        while self.cache.background:
            await asyncio.gather(*self.cache.background)

    @property
    def questions(self) -> int:
        """How often the application was asked."""
        return len(self.played.asked)


def told(messages: list[Message]) -> Told:
    """Return what the messages say."""
    start = next((message for message in messages if message["type"] == "http.response.start"), None)
    assert start is not None
    assert sum(message["type"] == "http.response.start" for message in messages) == 1
    names = [name for name, _value in start["headers"]]
    assert all(names.count(name) == 1 for name in names if name not in (b"vary", b"cache-control"))
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Told(start["status"], headers, body, messages)
