"""Queries that are made to be taken for another: what is asked for by one of them is nobody else's page."""

from typing import Any

import pytest

from gazeti.edge.renders import Renders
from tests.edge.stage import Page, nothing_more, played, stage


def listed(query: str) -> Page:
    if query:
        return Page("not found " * 40, status=404, tags=frozenset({"path:/recent/"}), reads=frozenset({"page"}))
    return Page("page 1 " * 99, reads=frozenset({"page"}))


@pytest.mark.parametrize("query", ["page=" + "'" * 1_900, "page=" + "%FF" * 600], ids=["quotes", "no UTF-8"])
def test_a_query_that_grows_too_long_by_being_written_out_takes_no_other_pages_place(query: str) -> None:
    scene = stage()
    scene.django.lists["/recent/"] = listed

    async def play() -> None:
        assert (await scene.get("/recent/")).status == 200
        await scene.get(f"/recent/?{query}")
        assert (await scene.get("/recent/")).status == 200

    played(play)


@pytest.mark.django_db
@pytest.mark.parametrize("query", [b"page=" + b"'" * 1_900, b"page=2&" * 150, b"page=" + b"2" * 2_500])
def test_an_answer_to_more_than_it_can_be_kept_by_is_kept_by_nobody(query: bytes, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.edge.strange_urls"
    found = Renders().render("/pages/", query)
    assert (found.status, found.answer) == (200, None)


def test_words_that_are_no_text_are_none_for_django_too() -> None:
    scene = stage()
    tags, reads = frozenset({"path:/index.php"}), frozenset({"*"})
    scene.django.pages["/index.php"] = Page("not found " * 40, status=404, tags=tags, reads=reads)
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def play() -> None:
        headers = [(b"host", b"localhost")]
        scope = {"type": "http", "method": "GET", "path": "/index.php", "query_string": b"p=\xff", "headers": headers}
        await scene.edge(scope, nothing_more, send)

    played(play)
    assert (sent[0]["status"], scene.django.asked) == (404, ["/index.php"])
