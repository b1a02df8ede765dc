"""What is kept with a parameter, and asked by each alone without it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from gazeti.edge.routes import declared
from tests.edge.stage import Page, Stage, played, stage


@pytest.fixture
def said(settings: Any) -> Iterator[Stage]:
    """A stage with an address whose answers are kept with `after` and `order` alone."""
    settings.ROOT_URLCONF = "tests.edge.strange_urls"
    declared.cache_clear()
    scene = stage()
    scene.django.lists["/said/"] = lambda query: Page(f"{query} " * 99, reads=frozenset({"after", "order"}))
    yield scene
    declared.cache_clear()


@pytest.mark.parametrize("query", ["", "fbclid=1", "to=3", "x=" + "y" * 3_000 + "&after=2", "a&" * 150 + "after=2"])
def test_without_its_parameter_each_asks_for_themselves_and_nothing_is_shared(said: Stage, query: str) -> None:
    async def play() -> None:
        asking = [said.get(f"/said/?{query}", cookie=f"sessionid={number}") for number in range(3)]
        assert {told.body for told in await asyncio.gather(*asking)} == {b"passed"}
        assert said.passed == ["GET /said/"] * 3
        assert (said.django.asked, len(said.edge.memory.kept)) == ([], 0)

    played(play)


def test_with_its_parameter_it_is_one_page_for_all_and_the_one_without_is_never_made(said: Stage) -> None:
    async def play() -> None:
        first = await said.get("/said/?after=2&fbclid=1", cookie="sessionid=1")
        again = await said.get("/said/?x=1&after=2")
        other = await said.get("/said/?order=oldest&after=2")
        assert first.body == again.body == b"after=2 " * 99
        assert other.body == b"after=2&order=oldest " * 99
        assert said.django.asked == ["/said/?after=2", "/said/?after=2&order=oldest"]
        assert said.passed == []

    played(play)
