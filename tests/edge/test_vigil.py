"""What a worker does as it hears of a purge. The log's reader is a stand-in: when it tells is the test's to decide."""

import asyncio
import threading
from typing import Any

import pytest
from django.db import OperationalError

from gazeti.edge.vigil import Vigil
from tests.edge.stage import Page, Shelf, Stage, played

STORY = "/city-affairs/water/"


class Reader:
    """Says who listens, and from where."""

    def __init__(self) -> None:
        self.listening: list[int] = []
        self.is_well = True
        self.has_come = threading.Event()

    def listen(self, _callback: Any, *, after: int) -> None:
        self.listening.append(after)
        self.has_come.set()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr("gazeti.edge.vigil.following.reader", lambda: made)
    monkeypatch.setattr("gazeti.edge.vigil.log.head", lambda: 99)
    monkeypatch.setattr("gazeti.edge.vigil.connection.close", lambda: None)
    return made


def watched() -> tuple[Stage, Vigil, Shelf]:
    shelf = Shelf()
    scene = Stage(store=shelf)
    shelf.truth = scene.truth
    scene.django.pages = {"/": Page("front " * 99), STORY: Page("story " * 99, tags=frozenset({"story:1", "recent"}))}
    return scene, Vigil(scene.edge, truth=scene.truth, store=shelf), shelf  # type: ignore[arg-type]


def laid(scene: Stage) -> None:
    """Wait until all that was to be kept and filed is."""
    scene.edge.flights.keeping.submit(lambda: None).result()
    scene.edge.flights.filing.submit(lambda: None).result()


def test_it_knows_what_was_purged_before_anybody_is_answered(reader: Reader) -> None:
    scene, vigil, shelf = watched()
    scene.truth.purge("recent")
    vigil.begin()
    vigil.begin()
    assert shelf.told == [("prepare", 1, 99)]
    assert reader.listening == [1]
    assert scene.truth.heard == 1


def test_it_begins_with_the_first_question_where_nobody_began_it(reader: Reader) -> None:
    scene, _vigil, _shelf = watched()

    async def play() -> None:
        await scene.get("/")
        await scene.get("/")
        assert reader.listening == [0]

    played(play)


def test_a_log_that_cannot_be_read_is_tried_until_it_can(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.vigil.PAUSE", 0.001)
    scene, vigil, _shelf = watched()
    tries = []

    def begin() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise OperationalError("the database is starting up")

    scene.truth.begin = begin  # type: ignore[method-assign]
    vigil.begin()
    assert reader.has_come.wait(20)
    assert len(tries) == 4


def test_the_files_are_gone_before_the_purge_counts_as_heard() -> None:
    scene, vigil, shelf = watched()
    scene.truth.purge("recent")
    scene.truth.purge("site", forget=("story:1",))
    vigil.hear(scene.truth.entries)
    assert (scene.truth.position, scene.truth.heard) == (2, 2)
    laid(scene)
    assert shelf.told == [("flush", 2, 0), ("forget", {"story:1"}, 2)]


def test_looking_through_the_records_keeps_no_purge_waiting() -> None:
    scene, vigil, shelf = watched()
    looked = threading.Event()
    shelf.forget_tags = lambda tags, *, before: int(looked.wait(20))  # type: ignore[method-assign]
    scene.truth.purge("site", forget=("story:1",))
    vigil.hear(scene.truth.entries)
    assert scene.truth.heard == 1
    looked.set()
    laid(scene)


def test_what_is_no_purge_takes_nothing_away() -> None:
    scene, vigil, shelf = watched()
    scene.truth.purge("recent")
    other = scene.truth.entries[0]._replace(stream="stories", kind="published", data={"story": 1})
    state = scene.truth.state
    vigil.hear([other])
    assert shelf.told == []
    assert scene.truth.state is state
    assert scene.truth.heard == 1


@pytest.mark.usefixtures("reader")
def test_the_busiest_pages_are_rendered_again_at_once_and_what_came_to_an_address_too() -> None:
    scene, vigil, shelf = watched()
    scene.django.pages["/city-affairs/new/"] = Page()

    async def play() -> None:
        for path in ("/", "/", STORY, STORY, STORY):
            await scene.get(path)
        shelf.told.clear()
        scene.django.asked.clear()
        scene.truth.purge("recent", "path:/city-affairs/new/")
        vigil.hear(scene.truth.entries)
        await asyncio.sleep(0)
        while scene.edge.background:
            await asyncio.gather(*scene.edge.background)
        # The front was not purged, and stays as it is.
        assert set(scene.django.asked) == {STORY, "/city-affairs/new/"}
        assert scene.edge.is_true(scene.edge.memory.find(STORY))
        assert (await scene.get("/city-affairs/new/")).status == 200
        assert len(scene.django.asked) == 2

    played(play)


@pytest.mark.usefixtures("reader")
def test_while_purges_come_one_after_the_other_rounds_of_renders_keep_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.vigil.APART", 3600.0)
    scene, vigil, _shelf = watched()

    async def play() -> None:
        for path in ("/", STORY, STORY):
            await scene.get(path)
        scene.django.asked.clear()
        scene.truth.purge("story:1")
        vigil.hear(scene.truth.entries[-1:])
        while not scene.edge.is_true(scene.edge.memory.find(STORY)):
            await asyncio.sleep(0.001)
        scene.truth.purge("story:1")
        vigil.hear(scene.truth.entries[-1:])
        for _turn in range(50):
            await asyncio.sleep(0)
        assert vigil.has_more, "the next round is still to come"
        assert scene.django.asked == [STORY], "the first began at once"
        await scene.get(STORY)
        assert scene.django.asked == [STORY, STORY], "who asks is given what is true in any case"

    played(play)


@pytest.mark.usefixtures("reader")
def test_of_more_addresses_than_can_be_rendered_at_once_no_more_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gazeti.edge.vigil.MOST_COME", 5)
    scene, vigil, _shelf = watched()
    scene.django.pages |= {f"/new-{number}/": Page() for number in range(100)}

    async def play() -> None:
        await scene.get("/")
        for number in range(0, 100, 20):
            scene.truth.purge(*(f"path:/new-{one}/" for one in range(number, number + 20)))
            vigil.hear(scene.truth.entries[-1:])
        await asyncio.sleep(0)
        assert len(vigil.come) <= 5
        while scene.edge.background:
            await asyncio.gather(*scene.edge.background)
        assert len(scene.django.asked) == 1 + 5
        assert (await scene.get("/new-99/")).status == 200

    played(play)


@pytest.mark.usefixtures("reader")
def test_what_was_purged_long_ago_is_dropped_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.vigil.TIDIED_EVERY", 1e-9)
    scene, vigil, shelf = watched()
    done = threading.Event()

    def trim() -> None:
        if done.is_set():
            vigil.stopped.set()
        done.set()
        raise OperationalError("once more in ten minutes")

    shelf.tidy = lambda: None  # type: ignore[attr-defined]
    scene.truth.trim = trim  # type: ignore[method-assign]
    vigil.begin()
    assert vigil.stopped.wait(20)


@pytest.mark.usefixtures("reader")
def test_a_page_that_is_still_true_is_filed_again_when_it_is_next_asked_for() -> None:
    scene, vigil, shelf = watched()

    async def play() -> None:
        await scene.get("/")
        laid(scene)
        shelf.told.clear()
        scene.truth.purge("story:1")
        # A render elsewhere has taken it in, and a reader has come, before the files are taken away.
        scene.truth.catch_up()
        await scene.get("/")
        vigil.hear(scene.truth.entries)
        for _ in range(3):
            await scene.get("/")
        laid(scene)
        assert [one for one in shelf.told if one[0] == "file"] == [("file", "/")]
        assert scene.django.asked == ["/"]

    played(play)


@pytest.mark.usefixtures("reader")
def test_purges_that_come_faster_than_renders_do_not_pile_up() -> None:
    scene, vigil, _shelf = watched()

    async def play() -> None:
        for _ in range(3):
            await scene.get(STORY)
        scene.django.asked.clear()
        scene.django.gate.clear()
        for _ in range(20):
            scene.truth.purge("recent")
            vigil.hear(scene.truth.entries)
            await asyncio.sleep(0.001)
        assert len(scene.edge.background) == 1
        scene.django.gate.set()
        while scene.edge.background:
            await asyncio.gather(*scene.edge.background)
        # Once for the first, and once for all that came meanwhile.
        assert scene.django.asked == [STORY, STORY]
        assert scene.edge.is_true(scene.edge.memory.find(STORY))

    played(play)


@pytest.mark.usefixtures("reader")
def test_what_cannot_be_rendered_is_not_tried_without_end() -> None:
    scene, vigil, _shelf = watched()

    async def play() -> None:
        for _ in range(3):
            await scene.get(STORY)
        scene.django.pages[STORY] = Page("sorry", status=503, tags=frozenset())
        scene.django.asked.clear()
        scene.truth.purge("recent")
        vigil.hear(scene.truth.entries)
        await asyncio.sleep(0)
        while scene.edge.background:
            await asyncio.gather(*scene.edge.background)
        assert scene.django.asked == [STORY]

    played(play)
