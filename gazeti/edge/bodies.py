"""How large a request's body may be (RFC 9110, 15.5.14): what is too large is refused unread, what is broken too."""

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
STAFF = ("/desk/", "/api/")
SESSION = b"sessionid="
REFUSED = {
    400: b"What was sent came broken or not to its end. Send it once more.\n",
    413: b"This is more than the newsroom's server takes at once. Send a smaller file or text.\n",
}


class BodyLimit:
    """An ASGI application that lets requests through whose body is not too large."""

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
            await _refuse(413 if counted.is_over else 400, send)


class Counted:
    """The two ends of a request whose body is counted as it comes."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        """Allow so many bytes."""
        self.inner_receive, self.inner_send, self.most = receive, send, most
        self.is_over = self.has_answered = False

    async def receive(self) -> dict[str, Any]:
        """The next part; once there is too much it is as if the client had gone."""
        if self.is_over:
            return {"type": "http.disconnect"}
        message = await self.inner_receive()
        self.most -= len(message.get("body", b""))
        if self.most < 0:
            self.is_over = True
            return {"type": "http.disconnect"}
        return message

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
