"""Whoever asks for what is not there, however often, stands before no page that is."""

import asyncio

from tests.edge.stage import STORY, Stage, played, stage


async def met(scene: Stage, path: str, *, before: int) -> None:
    """Wait until Django is asked for an address though all that is not there is still being rendered."""
    async with asyncio.timeout(5):
        while scene.django.asked.count(path) <= before:
            await asyncio.sleep(0.002)


def test_a_page_that_was_purged_is_rendered_before_a_thousand_that_are_not_there() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/")
        scene.django.gate.clear()
        flood = [asyncio.create_task(scene.get(f"/nothing-{number}/")) for number in range(50)]
        await met(scene, "/nothing-0/", before=0)
        scene.truth.purge("site")
        scene.hear()
        front = asyncio.create_task(scene.get("/"))
        await met(scene, "/", before=1)
        scene.django.gate.set()
        await asyncio.gather(front, *flood)

    played(play)


def test_a_page_that_has_just_come_is_none_of_those_that_are_not_there() -> None:
    scene = stage()

    async def play() -> None:
        scene.django.gate.clear()
        flood = [asyncio.create_task(scene.get(f"/nothing-{number}/")) for number in range(50)]
        await met(scene, "/nothing-0/", before=0)
        scene.edge.lanes.expect(STORY)
        story = asyncio.create_task(scene.get(STORY))
        await met(scene, STORY, before=0)
        scene.django.gate.set()
        assert (await story).body == b"story " * 99
        await asyncio.gather(*flood)

    played(play)


def test_pages_of_a_list_that_are_not_there_are_not_known_by_the_list() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get("/")
        await scene.get("/nothing/")
        known = scene.edge.lanes.is_known
        assert (known("/", ""), known("/", "page=9"), known("/nothing/", "")) == (True, False, False)

    played(play)
