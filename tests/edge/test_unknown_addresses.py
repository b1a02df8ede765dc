"""What is asked for under a query before this worker has seen the page without one."""

import asyncio

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
