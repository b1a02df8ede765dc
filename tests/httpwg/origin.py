"""An ASGI application that asks an HTTP/1.1 origin and hands on its answer as it is, connection fields included.

A connection for each request, so that an origin that closes one is seen.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Message = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
NOT_ASKED = {b"connection", b"keep-alive", b"te", b"transfer-encoding", b"upgrade", b"proxy-connection", b"expect"}
WITHOUT_BODY = {204, 304}
CHUNK = 65_536


class Origin:
    """The application in front of which the cache stands."""

    def __init__(self, host: str, port: int) -> None:
        """Ask whoever listens there."""
        self.host, self.port = host, port

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        """Ask, and hand on. Raises ConnectionError if the origin closes before it has answered."""
        if scope["type"] != "http":
            return
        body = await received(receive)
        async with connected(self.host, self.port) as (reader, writer):
            writer.write(question(scope, body))
            await writer.drain()
            status, headers = await answered(reader)
            await send({"type": "http.response.start", "status": status, "headers": headers})
            if scope["method"] != "HEAD" and status not in WITHOUT_BODY:
                async for chunk in chunks(reader, headers):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def connected(host: str, port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a connection of one's own."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def received(receive: Callable[[], Awaitable[Message]]) -> bytes:
    """Return the whole body of the request."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def question(scope: Message, body: bytes) -> bytes:
    """Return the request as it is sent to the origin."""
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    lines = [b"%b %b%b HTTP/1.1" % (scope["method"].encode(), scope["path"].encode(), query)]
    lines += [b"%b: %b" % pair for pair in scope["headers"] if pair[0] not in NOT_ASKED | {b"content-length"}]
    if body or scope["method"] in ("POST", "PUT"):
        lines.append(b"content-length: %d" % len(body))
    return b"\r\n".join([*lines, b"connection: close", b"", b""]) + body


async def answered(reader: asyncio.StreamReader) -> tuple[int, Headers]:
    """Return status and fields of the final answer; interim ones (1xx) have no way through ASGI."""
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            raise ConnectionError("the origin closed the connection") from error
        first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
        status = int(first.split(b" ", 2)[1])
        pairs = [line.partition(b":") for line in lines]
        if status >= 200:
            return status, [(name.lower(), value.strip()) for name, _colon, value in pairs]


async def chunks(reader: asyncio.StreamReader, headers: Headers) -> AsyncIterator[bytes]:
    """Give the body as it comes: by chunks, by its length, or until the end."""
    fields = dict(headers)
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        while size := int((await reader.readline()).strip() or b"0", 16):
            yield await reader.readexactly(size)
            await reader.readline()
    elif b"content-length" in fields:
        yield await reader.readexactly(int(fields[b"content-length"]))
    else:
        while chunk := await reader.read(CHUNK):
            yield chunk
