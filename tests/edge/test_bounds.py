"""What nobody may fill, and what is too old to be given."""

import time

import pytest

from gazeti.edge.answers import KEPT_SECONDS
from gazeti.edge.routes import LONGEST_PATH, declared
from gazeti.edge.shared import SharedCache
from tests.edge.stage import STORY, Page, Shelf, Stage, played, stage


def test_of_addresses_that_are_too_long_nothing_is_remembered() -> None:
    scene, before = stage(), declared.cache_info().currsize

    async def play() -> None:
        for number in range(20):
            assert (await scene.get(f"/{number}{'x' * LONGEST_PATH}/")).status == 414

    played(play)
    assert declared.cache_info().currsize == before


@pytest.mark.parametrize(("host", "passes"), [(b"paper.example", False), (b"h" * 2_000, True)])
def test_of_a_host_that_is_too_long_nothing_is_remembered(host: bytes, passes: bool) -> None:
    cache = SharedCache(lambda *_: None)  # type: ignore[arg-type,return-value]
    scope = {"type": "http", "path": "/static/a.css", "method": "GET", "headers": [(b"host", host)]}
    assert cache._passes_by(scope) is passes


def test_what_was_taken_back_is_one_answer_whatever_the_query() -> None:
    scene = stage()
    scene.django.pages[STORY] = Page("taken back " * 30, status=410)

    async def play() -> None:
        for number in range(5):
            assert (await scene.get(f"{STORY}?fbclid={number}")).status == 410
        assert scene.django.asked == [STORY]

    played(play)


def test_a_page_older_than_a_day_is_not_given_though_nothing_purged_it() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        kept = scene.edge.memory.find(STORY)
        object.__setattr__(kept.answer, "at", time.time() - KEPT_SECONDS - 60)
        kept.ends = kept.answer.at + kept.answer.lasts()
        scene.truth.stir()
        scene.django.pages[STORY] = Page("newer " * 99)
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_that_nothing_is_there_stands_in_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.patience.LONGEST", 0.2)
    scene = stage()

    async def play() -> None:
        assert (await scene.get("/new/")).status == 404
        scene.truth.purge("path:/new/")
        scene.hear()
        scene.edge.is_well = lambda: False
        scene.django.gate.clear()
        told = await scene.get("/new/")
        scene.django.gate.set()
        assert (told.status, told.headers["retry-after"]) == (503, "30")

    played(play)


def test_bytes_that_were_there_before_keep_their_date_in_the_store_too() -> None:
    shelf, first = Shelf(), stage()
    scene = Stage(store=shelf)
    scene.django.pages = first.django.pages
    kept: list[int] = []
    shelf.keep = lambda answer: bool(kept.append(answer.modified)) or True  # type: ignore[method-assign]

    async def play() -> None:
        await first.get(STORY)
        shelf.record = first.edge.memory.find(STORY).answer.since(1_000)
        scene.truth.purge("recent")
        scene.hear()
        shelf.record = type(shelf.record)(**{**_facts(shelf.record), "position": 0})
        told = await scene.get(STORY)
        assert told.headers["last-modified"] == "Thu, 01 Jan 1970 00:16:40 GMT"

    played(play)
    scene.edge.flights.keeping.shutdown(wait=True)
    assert kept == [1_000]


def _facts(answer: object) -> dict[str, object]:
    return {name: getattr(answer, name) for name in answer.__dataclass_fields__}  # type: ignore[attr-defined]
