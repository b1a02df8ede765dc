"""A body that is too large, or never ends, is refused before it is read to its end, whoever sends it.

How a real server closes upon that is in tests/cli/test_slow_bodies.py.
"""

import asyncio
from typing import Any

import pytest

from gazeti.edge import bodies
from gazeti.edge.bodies import FROM_ANYBODY, FROM_STAFF, BodyLimit

Parts = list[bytes]
BROKEN = b"broken"
"""Where the server finds that what it reads is no body."""


def sent(path: str, parts: Parts, *, length: int | None = None, **headers: str) -> tuple[int, int]:
    """Send a body in parts; the status of the answer, and how many bytes the application was given."""

    async def receive() -> dict[str, Any]:
        part = parts.pop(0) if parts else BROKEN
        if part == BROKEN:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    listed += [(b"content-length", str(length).encode())] if length is not None else []
    return received(receive, path=path, headers=listed)


def received(receive: Any, *, path: str = "/", headers: Any = ()) -> tuple[int, int]:
    """Let a body come by `receive`; the status of the answer, and how many bytes the application was given."""
    given = 0

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

    return answer_to(receive, application, path=path, headers=headers), given


def answer_to(receive: Any, application: Any, *, path: str = "/", headers: Any = ()) -> int:
    """Return the status that is sent, within twenty seconds."""
    answered: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers)}
    asyncio.run(asyncio.wait_for(BodyLimit(application)(scope, receive, send), 20))
    return int(answered[0]["status"])


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


def test_a_body_that_never_ends_is_answered_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.05)
    parts = [b"first"]

    async def receive() -> dict[str, Any]:
        if not parts:
            await asyncio.Future()
        return {"type": "http.request", "body": parts.pop(), "more_body": True}

    assert received(receive) == (408, 5)


def test_what_comes_at_a_pace_is_waited_for_however_long_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.2)
    monkeypatch.setattr(bodies, "SLOWEST", 0.1)
    parts = [b"x"] * 3

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.15 if len(parts) < 3 else 0)
        return {"type": "http.request", "body": parts.pop(), "more_body": bool(parts)}

    assert received(receive) == (200, 3)


def test_a_whole_body_may_be_answered_for_as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.02)
    waited = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not waited.is_set():
            waited.set()
            return {"type": "http.request", "body": b"whole", "more_body": False}
        await asyncio.sleep(0.1)
        return {"type": "http.disconnect", "by": "the client"}

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["body"] == b"whole"
        # As Django does while a view works: it listens for a client that goes.
        assert (await receive())["by"] == "the client"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    assert answer_to(receive, application) == 200
