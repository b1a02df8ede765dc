"""A shared cache by RFC 9111 before Django, for what is no reader's page but says how long it lasts: static files.

One in each worker, in memory. What depends on tags is `application`'s; this one knows time alone.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from gazeti.edge import freshness
from gazeti.edge.asking import START, Application, Message, Receive, Scope, Send
from gazeti.edge.fields import Headers, values
from gazeti.edge.shelf import Key, Shelf
from gazeti.edge.visits import Visit

READ = frozenset({"GET", "HEAD"})
MOST_UNKEPT = 2_000
LONGEST_ADDRESS = 2_000
"""Bytes of host, path and query above which nothing is remembered of it."""


class SharedCache:
    """An ASGI application in front of another; used by its event loop's thread alone."""

    def __init__(
        self,
        application: Application,
        *,
        bytes_limit: int = 64_000_000,
        never: tuple[str, ...] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        """Hold at most so many bytes, and nothing whose path begins with one of `never`."""
        self.application, self.never, self.now = application, never, now
        self.shelf = Shelf(bytes_limit)
        self.flights: dict[Key, asyncio.Event] = {}
        self.unkept: OrderedDict[Key, None] = OrderedDict()
        self.asking: dict[Key, list[Visit]] = {}
        self.background: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is held where that is allowed; ask the application otherwise."""
        if self._passes_by(scope):
            await self.application(scope, receive, send)
        elif scope["method"] in READ:
            await Visit(self, key_of(scope), scope, receive, send).answer()
        else:
            await self.application(scope, receive, self._invalidating(scope, send))

    def _passes_by(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"].startswith(self.never):
            return True
        hosts = sum(len(value) for name, value in scope["headers"] if name == b"host")
        is_long = len(scope["path"]) + len(scope.get("query_string", b"")) + hosts > LONGEST_ADDRESS
        return is_long or scope["method"] in freshness.SAFE - READ

    def leave_unkept(self, key: Key) -> None:
        """Remember that what an address answers is not kept, so that nobody waits there for another's answer."""
        self.unkept[key] = None
        while len(self.unkept) > MOST_UNKEPT:
            self.unkept.popitem(last=False)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Let it be done while nobody waits."""
        task = asyncio.create_task(work)
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    def _invalidate(self, key: Key) -> None:
        """Hold nothing of an address, nor what was asked there before."""
        self.shelf.drop(key)
        for visit in self.asking.get(key, ()):
            visit.is_overtaken = True

    def _invalidating(self, scope: Scope, send: Send) -> Send:
        """Drop what an unsafe request changes, before its answer is sent (RFC 9111, 4.4)."""

        async def forward(message: Message) -> None:
            if message["type"] == START and 200 <= message["status"] < 400:
                for key in _changed(scope, message.get("headers", ())):
                    self._invalidate(key)
            await send(message)

        return forward


def key_of(scope: Scope) -> Key:
    """What an answer is kept by: scheme, host, and the path with its query as they were sent."""
    host = next(iter(values(scope["headers"], b"host")), b"").lower()
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    query = scope.get("query_string", b"")
    return scope.get("scheme", "http"), host, path + b"?" + query if query else path


def _changed(scope: Scope, headers: Headers) -> set[Key]:
    """The address itself, and those of the same origin that `Location` and `Content-Location` name."""
    scheme, host, address = own = key_of(scope)
    base = f"{scheme}://{host.decode('latin-1')}{address.decode('latin-1')}"
    found = {own}
    for line in [*values(headers, b"location"), *values(headers, b"content-location")]:
        named = urlsplit(urljoin(base, line.decode("latin-1")))
        if named.scheme == scheme and named.netloc.lower().encode("latin-1") == host:
            path = (named.path or "/") + (f"?{named.query}" if named.query else "")
            found.add((scheme, host, path.encode("latin-1")))
    return found
