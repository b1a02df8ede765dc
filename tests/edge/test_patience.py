"""How long one request may keep its reader waiting: so long in all, however many renders it takes."""

import asyncio
import time

import pytest

from tests.edge.stage import STORY, Page, Stage, played, stage

GIVE_UP = 10


def ends_of(scene: Stage, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Until when each render that is asked for from now on is waited for."""
    ends: list[float] = []
    landed = scene.edge.patience.landed

    async def noted(path: str, asked: str, *, has_older: bool, end: float) -> object:
        ends.append(end)
        return await landed(path, asked, has_older=has_older, end=end)

    monkeypatch.setattr(scene.edge.patience, "landed", noted)
    return ends


def test_a_request_that_takes_two_renders_has_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = stage()
    ends = ends_of(scene, monkeypatch)
    reads, tags = frozenset({"*"}), frozenset({"path:/old/"})
    scene.django.pages["/old/"] = Page("not found " * 40, status=404, tags=tags, reads=reads)

    async def play() -> None:
        assert (await scene.get("/old/?id=5")).status == 404

    played(play)
    assert scene.django.asked == ["/old/", "/old/?id=5"]
    assert len(ends) == 2
    assert ends[0] == ends[1]


@pytest.mark.parametrize("has_older", [True, False])
def test_nobody_waits_longer_than_the_budget(monkeypatch: pytest.MonkeyPatch, has_older: bool) -> None:
    scene = stage()
    monkeypatch.setattr("gazeti.edge.patience.LONGEST", 10_000.0)
    monkeypatch.setattr("gazeti.edge.patience.PATIENCE", 10_000.0)
    scene.django.gate.clear()

    async def play() -> None:
        landed = scene.edge.patience.landed(STORY, "", has_older=has_older, end=time.monotonic() + 0.05)
        assert await asyncio.wait_for(landed, GIVE_UP) is None
        scene.django.gate.set()

    played(play)


def test_where_nothing_answers_in_time_nothing_else_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = stage()
    monkeypatch.setattr("gazeti.edge.patience.LONGEST", 0.2)
    scene.django.gate.clear()
    ends = ends_of(scene, monkeypatch)

    async def play() -> None:
        assert (await scene.get("/city-affairs/new/?fbclid=1")).status == 503
        scene.django.gate.set()

    played(play)
    assert len(ends) == 1


def test_what_a_database_that_is_away_said_of_one_query_it_is_not_asked_of_another() -> None:
    scene = stage()
    scene.django.pages["/city-affairs/new/"] = Page("sorry", status=503, tags=frozenset())

    async def play() -> None:
        assert (await scene.get("/city-affairs/new/?fbclid=1")).status == 503
        assert scene.django.asked == ["/city-affairs/new/"]

    played(play)
