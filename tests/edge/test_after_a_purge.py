"""What a purge ends, what time ends, and what stands in where Django fails."""

import asyncio
import threading
import time
from dataclasses import replace

import pytest

from gazeti.edge.flights import Flight
from tests.edge.stage import STORY, Page, Shelf, Stage, played, stage


def fails() -> Page:
    return Page("sorry", status=503, tags=frozenset(), headers=((b"retry-after", b"30"),))


def test_after_its_purge_was_heard_a_page_is_never_given_again() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        await scene.get("/")
        scene.django.pages[STORY] = Page("newer " * 99, tags=frozenset({"story:1", "recent"}))
        scene.truth.purge("story:1")
        scene.hear()
        assert (await scene.get(STORY)).body == b"newer " * 99
        await scene.get("/")
        assert scene.django.asked == [STORY, "/", STORY]

    played(play)


def test_a_render_that_a_purge_overtook_is_not_kept() -> None:
    scene = stage()

    def overtake() -> None:
        if len(scene.django.asked) == 1:
            scene.truth.purge("recent")
            scene.hear()

    scene.django.meanwhile = overtake

    async def play() -> None:
        # It was asked for before the purge, so what was rendered then may be told; but to nobody after.
        await scene.get(STORY)
        assert scene.edge.memory.find(STORY) is None
        await scene.get(STORY)
        await scene.get(STORY)
        assert scene.django.asked == [STORY, STORY]

    played(play)


def test_who_asks_after_a_purge_does_not_get_a_render_that_began_before() -> None:
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        early = asyncio.create_task(scene.get(STORY))
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.pages[STORY] = Page("newer " * 99, tags=frozenset({"story:1", "recent"}))
        scene.truth.purge("story:1")
        scene.hear()
        late = asyncio.create_task(scene.get(STORY))
        await asyncio.sleep(0)
        scene.django.gate.set()
        assert (await early).body == b"story " * 99
        assert (await late).body == b"newer " * 99
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_a_purge_of_everything_ends_every_page() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("*")
        scene.hear()
        await scene.get(STORY)
        assert scene.django.asked == [STORY, STORY]

    played(play)


def test_a_404_is_kept_for_ten_seconds_and_ends_when_something_comes_there() -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(3):
            assert (await scene.get("/city-affairs/new/")).status == 404
        assert len(scene.django.asked) == 1
        kept = scene.edge.memory.find("/city-affairs/new/")
        assert round(kept.ends - kept.answer.at) == 10
        scene.django.pages["/city-affairs/new/"] = Page()
        scene.truth.purge("path:/city-affairs/new/")
        scene.hear()
        assert (await scene.get("/city-affairs/new/")).status == 200

    played(play)


def test_what_time_alone_made_old_is_given_once_more_while_it_is_rendered_anew() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/nothing/")
        scene.edge.memory.find("/nothing/").ends = time.time() - 9
        scene.truth.stir()
        scene.django.pages["/nothing/"] = Page()
        assert (await scene.get("/nothing/")).status == 404
        await asyncio.gather(*scene.edge.background)
        assert scene.django.asked == ["/nothing/"] * 2
        assert (await scene.get("/nothing/")).status == 200

    played(play)


def test_what_is_twice_as_old_as_it_may_be_is_waited_for() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/nothing/")
        scene.edge.memory.find("/nothing/").ends = time.time() - 11
        scene.truth.stir()
        scene.django.pages["/nothing/"] = Page()
        assert (await scene.get("/nothing/")).status == 200

    played(play)


def test_where_django_fails_the_last_good_page_stands_in_even_if_it_was_purged() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = fails
        told = await scene.get(STORY)
        assert (told.status, told.body) == (200, b"story " * 99)
        # For a moment it is not even asked again; then it is, and is believed once it answers.
        await scene.get(STORY)
        assert len(scene.django.asked) == 2
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.edge.patience.failing_until = 0
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_a_page_that_is_broken_keeps_no_other_page_from_being_made_anew() -> None:
    scene = stage()
    scene.django.pages["/broken/"] = Page("sorry", status=500, tags=frozenset())

    async def play() -> None:
        await scene.get(STORY)
        assert (await scene.get("/broken/")).status == 500
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.truth.purge("recent")
        scene.hear()
        assert (await scene.get(STORY)).body == b"newer " * 99

    played(play)


def test_what_a_purge_said_to_forget_stands_in_for_nothing() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent", forget=("story:1",))
        scene.hear()
        scene.django.pages[STORY] = fails
        told = await scene.get(STORY)
        assert (told.status, told.headers["retry-after"]) == (503, "30")

    played(play)


def test_nothing_older_than_a_day_stands_in() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        kept = scene.edge.memory.find(STORY)
        kept.answer = replace(kept.answer, at=kept.answer.at - 86_401)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = fails
        assert (await scene.get(STORY)).status == 503

    played(play)


def test_a_database_that_hangs_keeps_nobody_waiting_who_can_be_given_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.patience.PATIENCE", 0.05)
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.gate.clear()
        monkeypatch.setattr("gazeti.edge.patience.LONGEST", 1_000)
        scene.edge.is_well = lambda: False
        assert (await scene.get(STORY)).body == b"story " * 99
        # The next is not even kept waiting so long.
        monkeypatch.setattr("gazeti.edge.patience.PATIENCE", 1_000)
        assert (await scene.get(STORY)).body == b"story " * 99
        monkeypatch.setattr("gazeti.edge.patience.LONGEST", 0.05)
        sorry = await scene.get("/")
        assert sorry.status == 503
        assert int(sorry.headers["retry-after"]) > 0
        assert b"try again" in sorry.body
        scene.django.gate.set()

    played(play)


def test_a_machine_that_is_only_slow_tells_nothing_that_was_purged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.patience.PATIENCE", 0.02)
    monkeypatch.setattr("gazeti.edge.patience.STEPS", 1_000)
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.gate.clear()
        reader = asyncio.create_task(scene.get(STORY))
        done, _pending = await asyncio.wait([reader], timeout=0.1)
        assert not done
        scene.django.gate.set()
        assert (await reader).body == b"newer " * 99

    played(play)


def test_a_render_that_is_over_and_untrue_is_not_waited_for() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        # A task that is done stays listed until the loop comes round: whoever looks then must not take it for a flight.
        over = asyncio.get_running_loop().create_future()
        over.set_result(scene.edge.memory.find(STORY).answer)
        scene.edge.flights.under_way[STORY] = Flight(over)
        told.append((await scene.get(STORY)).status)

    told: list[int] = []
    # In a thread that may be left behind: a loop that spins would never end the test.
    thread = threading.Thread(target=played, args=[play], daemon=True)
    thread.start()
    thread.join(20)
    assert (told, scene.django.asked) == ([200], [STORY, STORY])


def test_while_the_database_is_silent_what_lies_on_the_disk_is_given_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.patience.PATIENCE", 0.02)
    shelf, first = Shelf(), stage()
    scene = Stage(store=shelf)

    async def play() -> None:
        await first.get(STORY)
        shelf.record = first.edge.memory.find(STORY).answer
        scene.edge.is_well = lambda: False
        # A purge was heard before the silence, so the record is not true, only the last good one.
        scene.truth.purge("recent")
        scene.hear()
        scene.django.gate.clear()
        told = await asyncio.wait_for(scene.get(STORY), 5)
        assert told.body == b"story " * 99
        scene.django.gate.set()

    played(play)
