"""A discussion through the whole edge: what is one answer for all, and what is each reader's own."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils import timezone

from gazeti.comments.actions import decide
from gazeti.comments.rules import Kind, State
from gazeti.edge.application import Edge
from gazeti.edge.memory import Memory
from gazeti.edge.renders import Renders
from gazeti.edge.shared import SharedCache
from gazeti.edge.truth import Truth
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.edge.stage import Told
from tests.newsroom import make_story

pytestmark = [pytest.mark.django_db(transaction=True)]
KEY = re.compile(rb'name="key" value="([^"]+)"')


class Newsroom:
    """The edge as a worker has it, in front of Django."""

    def __init__(self, truth: Truth) -> None:
        self.truth, self.renders = truth, Renders()
        self.rendered: list[str] = []
        render = self.renders.render

        def noted(path: str, query: bytes) -> Any:
            self.rendered.append(f"{path}?{query.decode()}")
            return render(path, query)

        self.renders.render = noted  # type: ignore[method-assign]
        passage = SharedCache(get_asgi_application())
        self.edge = Edge(passage, renders=self.renders, memory=Memory(10_000_000), truth=truth)

    async def get(self, address: str, **headers: str) -> Told:
        path, _, query = address.partition("?")
        named = {"host": "localhost", **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 8000),
        }
        sent: list[dict[str, Any]] = []
        is_over, asked = asyncio.Event(), [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if asked:
                return asked.pop()
            await is_over.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.edge(scope, receive, send)
        is_over.set()
        body = b"".join(part.get("body", b"") for part in sent[1:])
        return Told(sent[0]["status"], {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}, body)

    def close(self) -> None:
        """Close what its threads hold open."""
        for pool in (self.renders.pool, self.renders.unknown):
            for _thread in range(4):
                pool.submit(connections.close_all)
            pool.shutdown()


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """One whose truth begins with this test."""
    truth = Truth()
    monkeypatch.setattr("gazeti.edge.renders.truth", truth)
    monkeypatch.setattr("gazeti.edge.facts.truth", truth)
    truth.catch_up()
    made = Newsroom(truth)
    yield made
    made.close()


@pytest.fixture
def story() -> Story:
    story = make_story(published_at=timezone.now() - timedelta(hours=1))
    for _ in range(3):
        make_comment(story)
    return story


def played(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scene on a loop of its own, in a thread of its own: the test's may ask the database meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, scene()).result()
        pool.submit(connections.close_all).result()


def key_in(told: Told) -> bytes:
    found = KEY.search(told.body)
    assert found, told.body[:2_000]
    return found.group(1)


@pytest.mark.parametrize("query", ["", "?fbclid=1", "?to=1", "?utm_source=x&to=2"])
def test_no_two_readers_are_given_the_same_form(newsroom: Newsroom, story: Story, query: str) -> None:
    async def scene() -> None:
        address = f"{story.address}comments/{query}"
        told = await asyncio.gather(*(newsroom.get(address) for _ in range(5)))
        told += [await newsroom.get(address) for _ in range(3)]
        assert len({key_in(one) for one in told}) == 8
        assert {one.headers["cache-control"] for one in told} == {"no-store"}
        assert not {"etag", "age", "last-modified"} & set(told[0].headers)
        assert newsroom.edge.memory.kept == {}
        assert newsroom.rendered == []

    played(scene)


def test_a_part_of_a_discussion_is_made_once_for_all_and_anew_after_a_comment(newsroom: Newsroom, story: Story) -> None:
    address = f"{story.address}comments/?order=oldest"

    async def many() -> None:
        told = await asyncio.gather(*(newsroom.get(address, cookie=f"sessionid={number}") for number in range(5)))
        told += [await newsroom.get(f"{address}&fbclid=2")]
        assert {one.status for one in told} == {200}
        assert len({one.body for one in told}) == 1
        assert b'id="c3"' in told[0].body
        assert len(newsroom.rendered) == 1

    played(many)
    latest = make_comment(story)
    newsroom.truth.catch_up()

    async def with_it() -> None:
        assert b'id="c4"' in (await newsroom.get(address)).body
        assert b'id="c4"' in (await newsroom.get(story.address)).body

    played(with_it)
    decide(latest, to=State.REJECTED, kind=Kind.REJECTED, now=timezone.now())
    newsroom.truth.catch_up()

    async def without_it() -> None:
        for shown in (address, story.address):
            assert b'id="c4"' not in (await newsroom.get(shown)).body

    played(without_it)


def test_an_address_that_was_asked_too_early_shows_its_comment_once_it_is_there(
    newsroom: Newsroom, story: Story
) -> None:
    address = f"{story.address}comments/4/"

    async def asked(status: int) -> None:
        assert (await newsroom.get(address)).status == status

    played(lambda: asked(404))
    waiting = make_comment(story, state=State.HELD)
    newsroom.truth.catch_up()
    played(lambda: asked(404))
    decide(waiting, to=State.PUBLISHED, kind=Kind.APPROVED, now=timezone.now())
    newsroom.truth.catch_up()
    played(lambda: asked(200))
