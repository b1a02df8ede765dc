"""HTTP/1.1 and event streams by hand, over asyncio: nothing between a reader and the bytes that came."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

LINE_LIMIT = 4 * 1024 * 1024
BROKEN = (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError)
"""What an answer that does not come whole may raise."""


class Reply(NamedTuple):
    """An answer that came whole."""

    status: int
    headers: dict[str, str]
    body: bytes


class Message(NamedTuple):
    """A message of an event stream (HTML, 9.2.6)."""

    id: str
    data: str


@dataclass
class Opened:
    """An answer whose head has come and whose body has not."""

    status: int
    headers: dict[str, str]
    reading: asyncio.StreamReader

    async def parts(self) -> AsyncIterator[bytes]:
        """The body as it comes: in chunks (RFC 9112, 7.1), so many bytes as were promised, or until the end."""
        if self.headers.get("transfer-encoding") == "chunked":
            async for part in self._chunks():
                yield part
        elif (length := self.headers.get("content-length")) is not None:
            yield await self.reading.readexactly(int(length))
        else:
            while part := await self.reading.read(65_536):
                yield part

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int(await self.reading.readuntil(b"\r\n"), 16):
            yield await self.reading.readexactly(size)
            await self.reading.readexactly(2)
        await self.reading.readexactly(2)


@asynccontextmanager
async def asked(
    port: int, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> AsyncIterator[Opened]:
    """Ask on a connection of its own, and read the answer's head."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port, limit=LINE_LIMIT)
    try:
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        lines += [f"Content-Length: {len(body)}"] if body else []
        writing.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reading.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
        yield Opened(int(head[0].split()[1]), fields, reading)
    finally:
        writing.close()
        with suppress(*BROKEN):
            await writing.wait_closed()


async def told(
    port: int,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    within: float = 20.0,
) -> Reply:
    """Ask, and read the answer whole. Raises one of BROKEN."""
    async with asyncio.timeout(within), asked(port, path, method=method, headers=headers, body=body) as opened:
        whole = b"".join([part async for part in opened.parts()])
        return Reply(opened.status, opened.headers, whole)


async def messages(opened: Opened, *, silence: float) -> AsyncIterator[Message]:
    """The messages of an event stream; comments are heard and say nothing. TimeoutError after so long a silence."""
    lines = Lines()
    parts = opened.parts()
    while True:
        try:
            part = await asyncio.wait_for(anext(parts), silence)
        except StopAsyncIteration:
            return
        for message in lines.heard(part):
            yield message


class Lines:
    """The lines of an event stream, put together from whatever pieces they came in."""

    def __init__(self) -> None:
        """Have heard nothing."""
        self.rest, self.data, self.id = b"", list[str](), ""
        self.retry = 0
        self.comments = 0

    def heard(self, part: bytes) -> list[Message]:
        """The messages that end in this piece."""
        *lines, self.rest = (self.rest + part).split(b"\n")
        found = [self._line(line.removesuffix(b"\r").decode()) for line in lines]
        return [one for one in found if one]

    def _line(self, line: str) -> Message | None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            data, self.data = self.data, []
            return Message(self.id, "\n".join(data)) if data else None
        if name == "data":
            self.data.append(value)
        elif name == "id":
            self.id = value
        elif name == "retry":
            self.retry = int(value)
        elif not name:
            self.comments += 1
        return None
