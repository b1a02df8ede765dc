"""Asking an ASGI application: an answer that can be kept is held until it is whole, any other passed on as it comes."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from gazeti.edge.fields import Headers, end_to_end, first, seconds
from gazeti.edge.stored import Fetched

logger = logging.getLogger(__name__)
Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
LARGEST = 1_000_000
"""Bytes of a body above which it is passed on as it comes."""
START, BODY = "http.response.start", "http.response.body"


def logged(answer: Callable[[Any, Scope, Receive, Send], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Decorate a method that answers: what goes wrong in it is logged, for the server answers 500 and says nothing."""

    @wraps(answer)
    async def watched(application: Any, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await answer(application, scope, receive, send)
        except Exception:
            logger.exception("%s %s failed", scope.get("method"), scope.get("path"))
            raise

    return watched


def bodiless(then: Receive) -> Receive:
    """A request without a body, and after it what else the client says: the body it came with was read before."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        while (message := await then())["type"] == "http.request":
            pass  # that nothing follows, said once more
        return message

    return receive


class Asking:
    """One question. `holds(status, headers)` says of an answer that begins whether it is wanted whole."""

    def __init__(self, application: Application, send: Send, holds: Callable[[int, Headers], bool]) -> None:
        """Ask this application; pass on what is not held to whoever `send` reaches."""
        self.application, self.send, self.holds = application, send, holds
        self.start: Message = {}
        self.chunks: list[bytes] = []
        self.size = 0
        self.is_held = self.is_whole = self.has_passed = False

    async def ask(self, scope: Scope, receive: Receive, *, now: Callable[[], float]) -> Fetched | None:
        """The answer if it was held and is whole; None if it was passed on. Raises what the application does."""
        asked = now()
        await self.application(scope, receive, self._take)
        if not self.is_held or not self.is_whole or self._is_cut_short():
            await self._let_go()
            return None
        return Fetched(self.start["status"], self.start["headers"], b"".join(self.chunks), asked, now())

    async def _take(self, message: Message) -> None:
        if message["type"] == START:
            await self._begin(message)
        elif message["type"] == BODY and self.is_held:
            await self._add(message)
        else:
            await self._let_go()
            await self.send(message)

    async def _begin(self, message: Message) -> None:
        self.start = {**message, "headers": list(message.get("headers", ()))}
        length = seconds(first(self.start["headers"], b"content-length"))
        self.is_held = self.holds(message["status"], self.start["headers"]) and (length or 0) <= LARGEST
        if not self.is_held:
            await self._pass_start()

    async def _add(self, message: Message) -> None:
        self.chunks.append(message.get("body", b""))
        self.size += len(self.chunks[-1])
        self.is_whole = not message.get("more_body", False)
        if self.size > LARGEST:
            await self._let_go()

    def _is_cut_short(self) -> bool:
        """Whether the body is of another length than was stated; that of a 304 states what a 200 would have had."""
        length = first(self.start["headers"], b"content-length")
        return self.start["status"] != 304 and length is not None and seconds(length) != self.size

    async def _let_go(self) -> None:
        """Pass on what was held, and from now on all that comes."""
        if not self.is_held:
            return
        self.is_held = False
        await self._pass_start()
        await self.send({"type": BODY, "body": b"".join(self.chunks), "more_body": not self.is_whole})
        self.chunks.clear()

    async def _pass_start(self) -> None:
        self.has_passed = True
        await self.send({**self.start, "headers": list(end_to_end(self.start["headers"]))})
