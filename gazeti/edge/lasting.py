"""What readers send, and what is made for one of them alone, by a few threads with lasting connections.

Django gives each request a connection of its own: for SQLite to open one takes longer than a comment.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import TypeVar

from django.core.handlers.asgi import ASGIRequest
from django.core.signals import request_started
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import set_script_prefix

from gazeti.edge.asking import BODY, START, Application, Message, Receive, Scope, Send
from gazeti.edge.facts import rendering
from gazeti.edge.renders import UNKNOWN, keep_connected
from gazeti.edge.routes import PASSING, READING, declared
from gazeti.edge.truth import truth

Result = TypeVar("Result")
Handler = Callable[[HttpRequest], HttpResponseBase]
THREADS = 2
"""Of each kind in one worker, where several write at a time. On SQLite one: two would only wait for each other, in the
middle of a transaction for Python too, while the workers beside wait for that to end.
"""


class Threads:
    """A few threads that are each given to one request, from its beginning to its end: to go back and forth takes half
    as long as a comment does.
    """

    def __init__(self, number: int, *, name: str) -> None:
        """Begin so many once they are needed."""
        self.places = asyncio.Semaphore(number)
        self.free = [ThreadPoolExecutor(1, thread_name_prefix=f"{name} {one}") for one in range(number)]

    async def given(self, work: Callable[[], Result]) -> Result:
        """What `work` returns, once one was free for it."""
        async with self.places:
            executor = self.free.pop()
            try:
                return await asyncio.get_running_loop().run_in_executor(executor, work)
            finally:
                self.free.append(executor)


class Lasting:
    """An ASGI application in front of Django; used by its event loop's thread alone."""

    def __init__(self, application: Application, handler: Handler, *, threads: int | None = None) -> None:
        """Stand in front of another; what is asked in our own threads `handler` answers, Django's layers and all."""
        self.application, self.handler = application, handler
        number = threads or (1 if connection.vendor == "sqlite" else THREADS)
        # Whoever only looks waits for nobody who writes.
        self.writing, self.reading = Threads(number, name="writing"), Threads(number, name="reading")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what has threads elsewhere; else wait for one, once all that was sent has come."""
        if not is_for_one(scope):
            await self.application(scope, receive, send)
        elif (body := await _whole(receive)) is not None:
            threads = self.reading if scope["method"] in READING else self.writing
            for message in await threads.given(partial(self._answer, scope, body)):
                await send(message)

    def _answer(self, scope: Scope, body: bytes) -> tuple[Message, Message]:
        """Ask Django, and end the request."""
        set_script_prefix("")
        position = connect()
        request_started.send(sender=Lasting, scope=scope)
        with rendering(position):
            response = self._response(scope, body)
            try:
                return _messages(response)
            finally:
                # Django ends a connection with its request unless it has no end.
                connection.close_at = None
                response.close()

    def _response(self, scope: Scope, body: bytes) -> HttpResponseBase:
        try:
            request = ASGIRequest(scope, BytesIO(body))
        except UnicodeDecodeError:
            return HttpResponse(status=400)
        return self.handler(request)


def is_for_one(scope: Scope) -> bool:
    """Whether a reader sends something, or asks for a page of which only parts are the same for everybody."""
    if scope["type"] != "http" or scope["path"].startswith(PASSING):
        return False
    return scope["method"] not in READING or bool(declared(scope["path"]))


def connect() -> int:
    """Keep this thread's connection, or open one that has no end; the position up to which purges are known."""
    keep_connected()
    position = UNKNOWN
    # If the database is away, the request finds out by itself.
    with suppress(DatabaseError, InterfaceError):
        connection.ensure_connection()
        position = truth.catch_up()
    # Django ends a connection with its request unless it has no end, and looks whether it is good only where asked to.
    connection.close_at = None
    connection.health_check_enabled, connection.health_check_done = True, False  # type: ignore[attr-defined]
    return position


async def _whole(receive: Receive) -> bytes | None:
    """All that is sent, however slowly: nobody waits for it with a thread. None from who has gone."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _messages(response: HttpResponseBase) -> tuple[Message, Message]:
    """The answer as ASGI has it, in one piece."""
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    headers += [(b"Set-Cookie", morsel.OutputString().encode("ascii")) for morsel in response.cookies.values()]
    body = response.content if isinstance(response, HttpResponse) else b"".join(response)
    return {"type": START, "status": response.status_code, "headers": headers}, {"type": BODY, "body": body}
