"""The outermost layer: it holds open the streams that the edge says are there; everything else is the edge's."""

import asyncio
import random
from collections.abc import Awaitable
from typing import Any

from gazeti.edge.answers import Header
from gazeti.edge.application import Edge, Scope
from gazeti.edge.fields import first
from gazeti.edge.memory import Kept
from gazeti.edge.metrics import STREAMS
from gazeti.edge.renders import Rendered
from gazeti.edge.sending import Send, send_plain
from gazeti.edge.streams.channel import BEYOND, STREAM, Channel, is_stream
from gazeti.edge.streams.client import Client
from gazeti.edge.streams.places import Places
from gazeti.edge.streams.ranges import message
from gazeti.edge.truth import Truth
from gazeti.guard.callers import network

HEARTBEAT = 15
"""Seconds between two signs of life to each client; a fifteenth of them is given one each second."""
ALIVE = message(b":\n\n")
RETRY = (2_000, 3_000)
"""Milliseconds after which a browser comes again: not all at once where a worker went."""
AGAIN = (20, 60)
"""Seconds after which it is worth trying again where there is no place."""
OWN: tuple[Header, ...] = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # nginx, and others by its example, then pass each part on as it comes.
    (b"x-accel-buffering", b"no"),
)
CARRIED = frozenset({b"x-content-type-options", b"referrer-policy", b"strict-transport-security", b"x-robots-tag"})
"""Headers of the answer that opens a stream which are the stream's too."""
FULL = b"So many follow this already that there is no place for one more. It can be read as a page meanwhile.\n"


class Streams:
    """An ASGI application in front of the edge; used by its event loop's thread alone."""

    _asgi_single_callable = True
    """What asgiref would take for an application of ASGI 2, since calling it is no coroutine of its own."""

    def __init__(self, edge: Edge, *, truth: Truth, places: Places) -> None:
        """Hold streams for this edge."""
        self.edge, self.truth, self.places = edge, truth, places
        self.channels: dict[str, Channel] = {}
        self.holding: Any = self._hold
        self.is_beating = self.is_over = False
        edge.when_purged.append(self._stir)

    def __call__(self, scope: Scope, receive: Any, send: Send) -> Awaitable[None]:
        """Hold a stream, or let the edge answer: no coroutine more stands before a page."""
        if scope.get("path", "").endswith(STREAM) and scope.get("method") == "GET":
            held: Awaitable[None] = self.holding(scope, receive, send)
            return held
        return self.edge(scope, receive, send)

    async def _hold(self, scope: Scope, receive: Any, send: Send) -> None:
        """Open a stream and keep it open until the reader or the newsroom ends it."""
        path = scope["path"]
        found = await self._asked(scope)
        if found is None:
            await self.edge(scope, receive, send)
            return
        address, number = network(str((scope.get("client") or ("",))[0])), seen_in(scope)
        if self.is_over or not self.places.take(address):
            await _refuse(send)
            return
        # What the reader sent is not needed for the hours that this may last.
        scope["headers"] = ()
        client = Client(send)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(found)})
            await send(message(b"retry: %d\n\n" % random.randint(*RETRY)))  # noqa: S311 (no secret)
            self._join(client, path, number, found)
            del found
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._leave(client, path)
            self.places.leave(address)

    async def _asked(self, scope: Scope) -> Kept | Rendered | None:
        """The answer that says that a stream is there; None where none is, or the edge is to say why."""
        self.edge.begin()
        if len(scope["path"]) > LONGEST_PATH or not self.edge.our_hosts.is_ours(scope):
            return None
        found = await self.edge.told(scope["path"])
        return found if is_stream(found) else None

    def _join(self, client: Client, path: str, number: int | None, found: Kept | Rendered) -> None:
        channel = self.channels.get(path)
        if channel is None or channel.is_over:
            channel = Channel(path, self.edge.told, truth=self.truth, places=self.places, opening=found)
            self.channels[path] = channel
        channel.join(client, number)
        STREAMS.labels("opened").inc()
        if not self.is_beating:
            self.is_beating = True
            asyncio.get_running_loop().call_later(1.0, self._beat, 0)

    def _leave(self, client: Client, path: str) -> None:
        channel = self.channels.get(path)
        STREAMS.labels("ended").inc()
        if channel:
            channel.leave(client)
            if channel.is_empty:
                channel.end()
                del self.channels[path]

    def _stir(self) -> None:
        for channel in self.channels.values():
            channel.stir()

    def _beat(self, slot: int) -> None:
        """Give a fifteenth of all clients a sign of life: those whose place in memory says so, which costs no byte."""
        for channel in list(self.channels.values()):
            for client in [one for one in channel.clients() if id(one) // 32 % HEARTBEAT == slot]:
                channel.beat(client, ALIVE)
        self.is_beating = bool(self.channels)
        if self.is_beating:
            asyncio.get_running_loop().call_later(1.0, self._beat, (slot + 1) % HEARTBEAT)

    def end(self) -> None:
        """End all streams, and open no more: the worker stops, and others take them up."""
        self.is_over = True
        for channel in list(self.channels.values()):
            channel.end()


LONGEST_PATH = 1_000
LONGEST_NUMBER = len(str(BEYOND))


def seen_in(scope: Scope) -> int | None:
    """The number of the last event that the reader has seen, by `Last-Event-ID`, else by the query; else None."""
    named = first(scope["headers"], b"last-event-id")
    if named is None:
        pairs = (pair.partition(b"=") for pair in scope["query_string"].split(b"&"))
        named = next((value for name, _, value in pairs if name == b"after"), b"")
    # Python refuses to read a number of some thousand digits.
    is_one = named.isdigit() and len(named) <= LONGEST_NUMBER and int(named) < BEYOND
    return int(named) if is_one else None


def _headers(found: Kept | Rendered) -> list[Header]:
    headers = found.answer.headers if isinstance(found, Kept) else found.headers
    return [*OWN, *(pair for pair in headers if pair[0] in CARRIED)]


async def _refuse(send: Send) -> None:
    """503: no place. Its script asks by `after/` meanwhile."""
    STREAMS.labels("refused").inc()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"%d" % random.randint(*AGAIN)),  # noqa: S311 (no secret)
    ]
    await send_plain(503, headers, FULL, is_head=False, send=send)
