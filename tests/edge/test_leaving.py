"""Whoever has left is rendered nothing, and of those who ask for what is not known only so many may wait."""

import asyncio
from typing import Any

import pytest

from gazeti.edge.renders import THREADS, THREADS_FOR_UNKNOWN
from tests.edge.stage import STORY, Page, Stage, played, stage

GIVE_UP = 10
LEFT = {"type": "http.disconnect"}


async def until_asked(scene: Stage, number: int) -> None:
    """Wait until Django is being asked for so many addresses, and whoever else asks has come to the queue."""
    async with asyncio.timeout(GIVE_UP):
        while len(scene.django.asked) < number:
            await asyncio.sleep(0.002)
    for _ in range(20):
        await asyncio.sleep(0.002)


async def until_nothing_is_under_way(scene: Stage) -> None:
    async with asyncio.timeout(GIVE_UP):
        while scene.edge.flights.under_way:
            await asyncio.sleep(0.002)


class Client:
    """One that asks as through Granian, which cancels nothing: `receive` alone tells that it has left."""

    def __init__(self, scene: Stage, path: str, *headers: tuple[bytes, bytes]) -> None:
        self.sent: list[dict[str, Any]] = []
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.messages.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
        scope["headers"] = [(b"host", b"localhost"), *headers]
        self.task = asyncio.create_task(scene.edge(scope, self.messages.get, self.send))

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def leave(self) -> None:
        self.messages.put_nowait(LEFT)


class Slow:
    """The rest of a request that comes late, as Granian tells of it: interrupted while it does, it says for ever after
    that the client has gone (2.8.7).
    """

    def __init__(self) -> None:
        self.is_interrupted, self.has_told = False, False

    async def receive(self) -> dict[str, Any]:
        if self.is_interrupted:
            return LEFT
        if self.has_told:
            await asyncio.Event().wait()
        try:
            await asyncio.sleep(0.2)
        except asyncio.CancelledError:
            self.is_interrupted = True
            raise
        self.has_told = True
        return {"type": "http.request", "body": b"", "more_body": False}


def asked_slowly(scene: Stage, path: str, query: bytes = b"", *headers: tuple[bytes, bytes]) -> list[dict[str, Any]]:
    """What somebody is sent whose request comes to its end after it could be answered."""
    sent: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query}
    scope["headers"] = [(b"host", b"localhost"), *headers]

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    played(lambda: scene.edge(scope, Slow().receive, send))
    return sent


def test_who_is_still_sending_when_a_second_render_is_needed_has_not_left() -> None:
    scene = stage()
    page = Page("page two " * 40, reads=frozenset({"page"}))
    scene.django.lists["/recent/"] = lambda query: page if query else Page("first " * 40, reads=frozenset({"page"}))
    start, body = asked_slowly(scene, "/recent/", b"page=2")
    assert (start["status"], body["body"]) == (200, b"page two " * 40)


def test_who_is_still_sending_when_django_is_asked_in_their_name_has_not_left() -> None:
    scene = stage()
    scene.django.pages["/mine/"] = Page("mine", is_private=True, tags=frozenset())
    heard: list[dict[str, Any]] = []

    async def passage(_scope: Any, receive: Any, send: Any) -> None:
        heard.append(await receive())
        for _ in range(2):
            listening = asyncio.ensure_future(receive())
            await asyncio.sleep(0)
            assert not listening.done()
            listening.cancel()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yours"})

    scene.edge.passage = passage
    _start, body = asked_slowly(scene, "/mine/", b"", (b"cookie", b"a=b"))
    assert body["body"] == b"yours"
    assert [(one["type"], one["body"]) for one in heard] == [("http.request", b"")]


def test_what_goes_wrong_is_logged_before_the_server_answers_for_us(caplog: pytest.LogCaptureFixture) -> None:
    scene = stage()

    async def passage(_scope: Any, _receive: Any, _send: Any) -> None:
        raise ValueError("something of ours")

    scene.edge.passage = passage
    with pytest.raises(ValueError, match="something of ours"):
        played(lambda: scene.get("/desk/"))
    assert "GET /desk/ failed" in caplog.text


@pytest.mark.parametrize("is_known", [True, False], ids=["pages", "nothing"])
def test_of_two_hundred_who_leave_while_they_queue_none_is_rendered(is_known: bool) -> None:
    scene, threads = stage(), THREADS if is_known else THREADS_FOR_UNKNOWN

    async def play() -> None:
        scene.django.gate.clear()
        for number in range(200 if is_known else 0):
            scene.edge.lanes.expect(f"/{number}/")
        clients = [Client(scene, f"/{number}/") for number in range(200)]
        await until_asked(scene, threads)
        for client in clients:
            client.leave()
        await asyncio.gather(*(client.task for client in clients))
        scene.django.gate.set()
        await until_nothing_is_under_way(scene)
        assert len(scene.django.asked) == threads
        assert [client.sent for client in clients] == [[]] * 200
        assert (await scene.get("/0/")).status == 404, "the places are free"

    played(play)


def test_whoever_still_waits_keeps_a_render_in_its_place_though_others_leave() -> None:
    scene = stage()
    scene.django.pages["/late/"] = Page("late " * 99)

    async def play() -> None:
        scene.django.gate.clear()
        held = [Client(scene, f"/{number}/") for number in range(THREADS_FOR_UNKNOWN)]
        await until_asked(scene, THREADS_FOR_UNKNOWN)
        leaving, staying = [Client(scene, "/late/") for _ in range(3)], Client(scene, "/late/")
        await until_asked(scene, THREADS_FOR_UNKNOWN)
        for client in leaving:
            client.leave()
        await asyncio.gather(*(client.task for client in leaving))
        scene.django.gate.set()
        await asyncio.gather(staying.task, *(client.task for client in held))
        assert staying.sent[1]["body"] == b"late " * 99

    played(play)


def test_a_render_that_was_begun_for_who_left_is_for_who_comes() -> None:
    scene = stage()

    async def play() -> None:
        scene.django.gate.clear()
        first = Client(scene, STORY)
        await until_asked(scene, 1)
        first.leave()
        await asyncio.wait_for(first.task, GIVE_UP)
        second = asyncio.create_task(scene.get(STORY))
        await until_asked(scene, 1)
        scene.django.gate.set()
        assert (await second).body == b"story " * 99
        assert scene.django.asked == [STORY]

    played(play)


def test_who_comes_as_the_last_one_leaves_is_answered() -> None:
    scene = stage()

    async def play() -> None:
        scene.django.gate.clear()
        held = [Client(scene, f"/{number}/") for number in range(THREADS_FOR_UNKNOWN)]
        await until_asked(scene, THREADS_FOR_UNKNOWN)
        first = asyncio.create_task(scene.edge.flights.land(STORY, ""))
        await until_asked(scene, THREADS_FOR_UNKNOWN)
        first.cancel()
        # In the very step of the loop after which the render of the first ends.
        second = asyncio.create_task(scene.edge.flights.land(STORY, ""))
        await asyncio.wait([first])
        scene.django.gate.set()
        assert (await second).status == 200
        await asyncio.gather(*(client.task for client in held))

    played(play)


def test_what_is_passed_on_after_a_wait_still_has_its_request() -> None:
    scene = stage()
    scene.django.pages["/mine/"] = Page("mine", is_private=True, tags=frozenset())
    heard: list[dict[str, Any]] = []

    async def passage(_scope: Any, receive: Any, send: Any) -> None:
        heard.append(await receive())
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yours"})

    scene.edge.passage = passage

    async def play() -> None:
        client = Client(scene, "/mine/", (b"cookie", b"a=b"))
        await asyncio.wait_for(client.task, GIVE_UP)
        assert client.sent[1]["body"] == b"yours"
        assert [(one["type"], one["body"]) for one in heard] == [("http.request", b"")]

    played(play)


def test_a_body_that_comes_with_a_question_is_left_to_whom_it_is_passed_on() -> None:
    scene = stage()
    scene.django.pages["/mine/"] = Page("mine", is_private=True, tags=frozenset())
    heard: list[dict[str, Any]] = []

    async def passage(_scope: Any, receive: Any, _send: Any) -> None:
        heard.append(await receive())

    scene.edge.passage = passage

    async def play() -> None:
        client = Client(scene, "/mine/", (b"cookie", b"a=b"), (b"content-length", b"3"))
        client.messages.get_nowait()
        client.messages.put_nowait({"type": "http.request", "body": b"abc", "more_body": False})
        await asyncio.wait_for(client.task, GIVE_UP)
        assert [one["body"] for one in heard] == [b"abc"]

    played(play)


def test_more_than_two_hundred_addresses_of_which_nothing_is_known_are_told_at_once_to_come_again() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/")
        scene.django.gate.clear()
        waiting = [asyncio.create_task(scene.get(f"/nothing-{number}/")) for number in range(200)]
        await until_asked(scene, 1 + THREADS_FOR_UNKNOWN)
        told = await asyncio.wait_for(scene.get("/one-more/"), GIVE_UP)
        assert (told.status, told.headers["retry-after"]) == (503, "30")
        assert told.headers["cache-control"] == "no-store"
        same = asyncio.create_task(scene.get("/nothing-7/"))
        scene.truth.purge("site")
        scene.hear()
        known = [asyncio.create_task(scene.get(path)) for path in ("/", "/?fbclid=1")]
        await until_asked(scene, 2 + THREADS_FOR_UNKNOWN)
        assert scene.django.asked.count("/") == 2, "pages that are known never wait for those"
        scene.django.gate.set()
        assert {one.status for one in await asyncio.gather(same, *waiting)} == {404}
        assert {one.status for one in await asyncio.gather(*known)} == {200}
        assert (await scene.get("/one-more/")).status == 404, "there is room again"

    played(play)


def test_that_too_many_wait_does_not_keep_what_is_known_from_being_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.lanes.MOST_WAITING", 0)
    scene = stage()
    scene.edge.lanes.expect("/")

    async def play() -> None:
        await scene.get("/")
        scene.truth.purge("site")
        scene.hear()
        scene.django.pages["/"] = Page("new " * 99)
        assert (await scene.get("/nothing/")).status == 503
        assert (await scene.get("/")).body == b"new " * 99

    played(play)
