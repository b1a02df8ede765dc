"""What is asked for under a query before this worker has seen the page without one."""

import asyncio
from collections.abc import Callable

import pytest

from tests.edge.stage import STORY, Page, played, stage


def test_however_many_share_a_new_story_by_addresses_of_their_own_it_is_rendered_once() -> None:
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        readers = [asyncio.create_task(scene.get(f"{STORY}?fbclid={number}")) for number in range(50)]
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.gate.set()
        assert {one.body for one in await asyncio.gather(*readers)} == {b"story " * 99}
        assert scene.django.asked == [STORY]
        assert scene.edge.counts["made"] == 1, "the counter counts renders, not readers"

    played(play)


def test_what_is_not_there_may_still_be_there_under_a_query() -> None:
    scene = stage()

    def old(query: str) -> Page:
        reads = frozenset({"*"})
        if query == "id=5":
            return Page("moved " * 40, status=301, reads=reads)
        return Page("not found " * 40, status=404, tags=frozenset({"path:/story.php"}), reads=reads)

    scene.django.lists["/story.php"] = old

    async def play() -> None:
        for _ in range(2):
            assert (await scene.get("/story.php?id=5")).status == 301
            assert (await scene.get("/story.php?id=6")).status == 404
        assert scene.django.asked == ["/story.php", "/story.php?id=5", "/story.php?id=6"]

    played(play)


NOTHING = "/nothing/"


def moving(matters: set[str]) -> Callable[[str], Page]:
    """What Django says where nothing is, or where a redirect is from one of these queries."""

    def said(query: str) -> Page:
        reads = frozenset({"*"} if matters else ())
        if query in matters:
            return Page(f"moved by {query}", status=301, tags=frozenset({f"path:{NOTHING}"}), reads=reads)
        return Page("not found " * 40, status=404, tags=frozenset({f"path:{NOTHING}"}), reads=reads)

    return said


def test_what_is_not_there_is_rendered_once_whatever_is_appended_to_it() -> None:
    scene = stage()
    scene.django.lists[NOTHING] = moving(set())

    async def play() -> None:
        for number in range(5):
            assert (await scene.get(f"{NOTHING}?fbclid={number}")).status == 404
        assert scene.django.asked == [NOTHING]
        assert not scene.edge.parameters.knows(NOTHING), "anybody may ask for thousands"
        assert not scene.edge.lanes.is_known(NOTHING, "")

    played(play)


def test_an_old_address_that_leads_elsewhere_is_rendered_once_whatever_is_appended_to_it() -> None:
    scene = stage()
    scene.django.pages[STORY] = Page("moved", status=301, tags=frozenset({f"path:{STORY}"}))

    async def play() -> None:
        for number in range(5):
            assert (await scene.get(f"{STORY}?fbclid={number}")).status == 301
        assert scene.django.asked == [STORY]

    played(play)


@pytest.mark.parametrize("was", ["nothing", "a redirect", "a page"])
def test_a_redirect_from_a_query_that_is_added_later_is_followed_from_its_purge_on(was: str) -> None:
    scene, matters = stage(), set[str]()
    before = {
        "nothing": moving(matters)(""),
        "a redirect": Page("moved", status=301, tags=frozenset({f"path:{NOTHING}"})),
        "a page": Page(tags=frozenset({f"path:{NOTHING}"})),
    }
    scene.django.lists[NOTHING] = lambda _query: before[was]

    async def play() -> None:
        await scene.get(f"{NOTHING}?id=4")
        assert (await scene.get(f"{NOTHING}?id=5")).body == before[was].body.encode()
        matters.add("id=5")
        scene.django.lists[NOTHING] = moving(matters)
        scene.truth.purge(f"path:{NOTHING}")
        scene.hear()
        for _ in range(2):
            assert (await scene.get(f"{NOTHING}?id=5")).body == b"moved by id=5"
            assert (await scene.get(f"{NOTHING}?id=4")).status == 404
            assert (await scene.get(NOTHING)).status == 404
        matters.clear()
        scene.truth.purge(f"path:{NOTHING}")
        scene.hear()
        scene.django.asked.clear()
        assert (await scene.get(f"{NOTHING}?id=5")).status == 404
        for number in range(5):
            assert (await scene.get(f"{NOTHING}?fbclid={number}")).status == 404
        assert len(scene.django.asked) <= 2

    played(play)


def test_what_is_kept_under_a_query_is_given_though_the_address_without_one_was_forgotten() -> None:
    scene = stage()
    scene.django.lists[NOTHING] = moving({"id=5"})

    async def play() -> None:
        assert (await scene.get(f"{NOTHING}?id=5")).status == 301
        scene.edge.memory.drop(NOTHING)
        scene.django.asked.clear()
        assert (await scene.get(f"{NOTHING}?id=5")).status == 301
        assert scene.django.asked == []

    played(play)


def test_an_address_whose_answers_never_agree_on_what_they_depend_on_is_left_to_django() -> None:
    scene = stage()
    names = iter("abcdefgh")
    scene.django.lists[NOTHING] = lambda _query: Page(reads=frozenset({next(names)}), tags=frozenset({"none"}))

    async def play() -> None:
        assert (await scene.get(f"{NOTHING}?a=1&b=2&c=3&d=4&e=5")).headers == {"x-passed": "1"}

    played(play)


def test_of_too_many_addresses_the_one_used_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.routes.MOST_PATHS", 2)
    monkeypatch.setattr("gazeti.edge.lanes.MOST_EXPECTED", 2)
    scene = stage()
    scene.django.pages |= {f"/{name}/": Page() for name in "abc"}

    async def play() -> None:
        for path in ("/a/", "/b/", "/a/?x=1", "/c/"):
            await scene.get(path)
        assert [scene.edge.parameters.knows(f"/{name}/") for name in "abc"] == [True, False, True]
        lanes = scene.edge.lanes
        for path in ("/k/", "/l/", "/k/", "/m/"):
            lanes.expect(path)
        assert [lanes.is_known(f"/{name}/", "") for name in "klm"] == [True, False, True]
        lanes.is_known("/k/", "")
        lanes.expect("/n/")
        assert [lanes.is_known(f"/{name}/", "") for name in "kmn"] == [True, False, True]

    played(play)
