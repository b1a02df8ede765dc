"""A body that is too large is refused before it is read to its end, whoever sends it."""

import asyncio
from typing import Any

import pytest

from gazeti.edge.bodies import FROM_ANYBODY, FROM_STAFF, BodyLimit

Parts = list[bytes]
BROKEN = b"broken"
"""Where the server finds that what it reads is no body."""


def sent(path: str, parts: Parts, *, length: int | None = None, **headers: str) -> tuple[int, int]:
    """Send a body in parts; the status of the answer, and how many bytes the application was given."""
    given, answered = 0, []

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        nonlocal given
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            given += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> dict[str, Any]:
        part = parts.pop(0) if parts else BROKEN
        if part == BROKEN:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    listed += [(b"content-length", str(length).encode())] if length is not None else []
    scope = {"type": "http", "method": "POST", "path": path, "headers": listed}
    asyncio.run(BodyLimit(application)(scope, receive, send))
    return answered[0]["status"], given


@pytest.mark.parametrize(
    ("path", "headers", "most"),
    [
        ("/desk/login/", {}, FROM_ANYBODY),
        ("/desk/login/", {"cookie": "csrftoken=x"}, FROM_ANYBODY),
        ("/desk/images/multiple/add/", {"cookie": "csrftoken=x; sessionid=y"}, FROM_STAFF),
        ("/api/pages/", {}, FROM_ANYBODY),
        ("/api/pages/", {"authorization": "Bearer x"}, FROM_STAFF),
        ("/city-affairs/water/comments/", {"cookie": "sessionid=y"}, FROM_ANYBODY),
    ],
)
def test_who_may_send_how_much(path: str, headers: dict[str, str], most: int) -> None:
    half = b"x" * (most // 2)
    assert sent(path, [half, half], length=most, **headers) == (200, most)
    assert sent(path, [half, half, b"x"], length=most + 1, **headers) == (413, 0)


def test_a_body_that_does_not_say_its_length_is_counted_as_it_comes() -> None:
    parts = [b"x" * 60_000 for _ in range(50)]
    assert sent("/", parts) == (413, 60_000)
    assert len(parts) == 48


def test_one_that_tells_less_than_it_sends_is_counted_too() -> None:
    assert sent("/", [b"x" * 99_999, b"xx"], length=5) == (413, 99_999)


def test_a_body_that_breaks_off_is_answered_400_where_the_application_says_nothing() -> None:
    assert sent("/desk/login/", []) == (400, 0)
    assert sent("/desk/login/", [b"half", BROKEN]) == (400, 4)
