"""How large a request's body may be (RFC 9110, 15.5.14) and how slowly it may come (15.5.9): what is too large is
refused unread, what never ends is ended, and what is broken is refused too.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from gazeti.edge.sending import Send, send_plain

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
FROM_STAFF = 24_000_000
"""Bytes from somebody who says who they are: the largest picture or document that the desk takes, and its form."""
FROM_ANYBODY = 100_000
"""Bytes from anybody else: a long comment, a form to sign in."""
GRACE = 120.0
"""Seconds in which a body may come whatever its size, from when it is first waited for."""
SLOWEST = 1_000
"""Bytes a second that must have come on the whole once those are over: less is no network that anybody uploads by."""
STAFF = ("/desk/", "/api/")
SESSION = b"sessionid="
REFUSED = {
    400: b"What was sent came broken or not to its end. Send it once more.\n",
    408: b"What was sent came too slowly. Send it once more, or a smaller file or text.\n",
    413: b"This is more than the newsroom's server takes at once. Send a smaller file or text.\n",
}


GONE = {"type": "http.disconnect"}


class BodyLimit:
    """An ASGI application that lets requests through whose body is not too large and comes to its end."""

    def __init__(self, application: Application) -> None:
        """Stand in front of another."""
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse by the length that is told, or at the byte that is too many where none is."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        most = most_bytes(scope)
        if _told_length(scope) > most:
            await _refuse(413, send)
            return
        counted = Counted(receive, send, most)
        await self.application(scope, counted.receive, counted.send)
        if not counted.has_answered:
            # Django says nothing where a body ends before its end, as one in broken chunks does (RFC 9112, 7.1).
            await _refuse(counted.fault, send)


class Counted:
    """The two ends of a request whose body is counted as it comes. `fault` is the status to refuse it with."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        """Allow so many bytes."""
        self.inner_receive, self.inner_send, self.most = receive, send, most
        self.received, self.began = 0, 0.0
        self.fault = 400
        self.is_whole = self.is_refused = self.has_answered = False

    async def receive(self) -> dict[str, Any]:
        """The next part; once there is too much or it comes too slowly it is as if the client had gone."""
        if self.is_whole:
            # What is waited for now is that the client goes, for as long as the answer takes.
            return await self.inner_receive()
        message = GONE if self.is_refused else await self._in_time()
        self.received += len(message.get("body", b""))
        if self.received > self.most:
            return self._refused(413)
        self.is_whole = not message.get("more_body", False) and not self.is_refused
        return message

    async def _in_time(self) -> dict[str, Any]:
        clock = asyncio.get_running_loop().time
        self.began = self.began or clock()
        try:
            async with asyncio.timeout_at(self.began + GRACE + self.received / SLOWEST):
                return await self.inner_receive()
        except TimeoutError:
            return self._refused(408)

    def _refused(self, fault: int) -> dict[str, Any]:
        self.fault, self.is_refused = fault, True
        return GONE

    async def send(self, message: dict[str, Any]) -> None:
        """Send a part of the answer."""
        self.has_answered = True
        await self.inner_send(message)


def most_bytes(scope: Scope) -> int:
    """How many bytes the body may have. Whether they are who they say is for others to find out."""
    if not scope["path"].startswith(STAFF):
        return FROM_ANYBODY
    names = {
        name for name, value in scope["headers"] if name == b"authorization" or (name == b"cookie" and SESSION in value)
    }
    return FROM_STAFF if names else FROM_ANYBODY


def _told_length(scope: Scope) -> int:
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0


async def _refuse(status: int, send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send_plain(status, headers, REFUSED[status], is_head=False, send=send)
