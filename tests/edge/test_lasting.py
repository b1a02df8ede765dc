"""What is sent by readers is asked of a few threads, each with one connection, that are given to who has sent all."""

import asyncio
import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from gazeti.edge.lasting import Handler, Lasting, is_for_one

pytestmark = pytest.mark.django_db(transaction=True)
Seen = list[tuple[str, int]]


def scope(method: str = "POST", path: str = "/a/b/comments/", query: bytes = b"") -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "query_string": query, "headers": []}


async def asked(passage: Lasting, *parts: bytes, **about: Any) -> list[dict[str, Any]]:
    """Send a body in parts through it; what is answered."""
    left, answer = list(parts), []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        answer.append(message)

    await passage(scope(**about), receive, send)
    return answer


def noting(seen: Seen) -> Handler:
    """What answers in Django's place; it notes in which thread it works, by which connection."""

    def answer(_request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        seen.append((threading.current_thread().name, id(connection.connection)))
        return HttpResponse()

    return answer


async def elsewhere(*_arguments: Any) -> None:
    """The application behind it, which is not asked here."""
    raise AssertionError


async def end(passage: Lasting) -> None:
    """Close its threads' connections."""
    for executor in [*passage.writing.free, *passage.reading.free]:
        await asyncio.get_running_loop().run_in_executor(executor, lambda: connection.close())  # noqa: PLW0108 (each thread's own)


def test_one_request_after_the_other_has_the_same_connection() -> None:
    seen: Seen = []

    async def story() -> None:
        passage = Lasting(elsewhere, noting(seen), threads=2)
        for _ in range(5):
            await asked(passage, b"words")
        await end(passage)

    asyncio.run(story())
    assert len(seen) == 5
    assert len(set(seen)) == 1


def test_many_at_once_have_as_many_threads_as_there_are() -> None:
    seen: Seen = []

    async def story() -> None:
        passage = Lasting(elsewhere, noting(seen), threads=2)
        await asyncio.gather(*(asked(passage, b"words") for _ in range(12)))
        assert len(passage.writing.free) == 2
        await end(passage)

    asyncio.run(story())
    assert len(seen) == 12
    assert len({name for name, _connection in seen}) <= 2


def test_who_looks_waits_for_nobody_who_writes() -> None:
    seen: Seen = []
    looked = threading.Event()

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            assert looked.wait(30)
        else:
            looked.set()
        return noting(seen)(request)

    async def story() -> None:
        passage = Lasting(elsewhere, answer, threads=1)
        await asyncio.gather(asked(passage, b"words"), asked(passage, b"", method="GET"))
        await end(passage)

    asyncio.run(story())
    assert [name.split()[0] for name, _connection in seen] == ["reading", "writing"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere several write at a time")
def test_one_writes_at_a_time() -> None:
    passage = Lasting(elsewhere, noting([]))
    assert [len(passage.writing.free), len(passage.reading.free)] == [1, 1]


def test_who_sends_slowly_keeps_nobody_waiting() -> None:
    seen: Seen = []

    async def story() -> None:
        passage, may_end = Lasting(elsewhere, noting(seen), threads=1), asyncio.Event()

        async def slowly() -> dict[str, Any]:
            await may_end.wait()
            return {"type": "http.disconnect"}

        slow = [asyncio.create_task(passage(scope(), slowly, None)) for _ in range(3)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        await asked(passage, b"words")
        assert len(seen) == 1
        may_end.set()
        await asyncio.gather(*slow)
        await end(passage)

    asyncio.run(story())
    assert len(seen) == 1, "who has gone asks for nothing"


def test_a_body_in_parts_comes_whole() -> None:
    given: list[bytes] = []

    def answer(request: HttpRequest) -> HttpResponse:
        given.append(request.body)
        return HttpResponse()

    async def story() -> None:
        passage = Lasting(elsewhere, answer, threads=1)
        await asked(passage, b"wor", b"", b"ds")
        await end(passage)

    asyncio.run(story())
    assert given == [b"words"]


@pytest.mark.parametrize("response", [HttpResponse(b"said"), StreamingHttpResponse([b"sa", b"id"])])
def test_an_answer_comes_with_its_status_fields_and_cookies(response: HttpResponseBase) -> None:
    response.status_code = 201
    response["Location"] = "/a/b/"
    response.set_cookie("own", "1")
    answers: list[list[dict[str, Any]]] = []

    async def story() -> None:
        passage = Lasting(elsewhere, lambda _request: response, threads=1)
        answers.append(await asked(passage, b""))
        await end(passage)

    asyncio.run(story())
    [[start, body]] = answers
    assert start["status"] == 201
    assert {(b"Location", b"/a/b/"), (b"Set-Cookie", b"own=1; Path=/")} <= set(start["headers"])
    assert body["body"] == b"said"
    assert response.closed, "whatever waits for the end of the request is told"


def test_a_query_of_no_text_is_refused() -> None:
    answers: list[list[dict[str, Any]]] = []
    seen: Seen = []

    async def story() -> None:
        passage = Lasting(elsewhere, noting(seen), threads=1)
        answers.append(await asked(passage, b"", query=b"\xff"))
        await end(passage)

    asyncio.run(story())
    assert answers[0][0]["status"] == 400
    assert not seen


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/a/b/comments/", True),
        ("GET", "/a/b/comments/", True),
        ("GET", "/a/b/", False),
        ("GET", "/static/a.css", False),
        ("POST", "/desk/", False),
        ("POST", "/api/comments/", False),
    ],
)
def test_the_desk_programs_files_and_pages_have_threads_elsewhere(method: str, path: str, expected: bool) -> None:
    assert is_for_one(scope(method, path)) is expected
