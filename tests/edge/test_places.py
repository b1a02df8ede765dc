"""Who waits for a thread holds nothing that others wait for; and what lies on the disk is known to be a page."""

import asyncio

import pytest

from gazeti.edge.renders import THREADS, THREADS_FOR_UNKNOWN
from tests.edge.pairs import workers
from tests.edge.stage import STORY, Page, Stage, Told, played

__all__ = ["workers"]
GIVE_UP = 10


async def flooded(scene: Stage, *paths: str) -> list[asyncio.Task[Told]]:
    """Have so many addresses asked for that are not there that all their threads wait; then these, which queue."""
    scene.django.gate.clear()
    first = [f"/nothing-{number}/" for number in range(THREADS_FOR_UNKNOWN)]
    readers = [asyncio.create_task(scene.get(path)) for path in first]
    await met(scene, *first)
    readers += [asyncio.create_task(scene.get(path)) for path in paths]
    # Long enough for each of them to have come as far as it gets.
    for _ in range(20):
        await asyncio.sleep(0.005)
    assert sorted(scene.django.asked) == sorted(first)
    return readers


async def met(scene: Stage, *paths: str) -> None:
    async with asyncio.timeout(GIVE_UP):
        while not set(paths) <= set(scene.django.asked):
            await asyncio.sleep(0.002)


def test_an_address_that_queues_in_one_worker_is_rendered_by_another_at_once(
    workers: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazeti.edge.flights.LONGEST_WAIT", 1_000.0)
    first, second = workers

    async def play() -> None:
        readers = await flooded(first, STORY, "/nobody/")
        for path, status in ((STORY, 200), ("/nobody/", 404)):
            assert (await asyncio.wait_for(second.get(path), GIVE_UP)).status == status
        first.django.gate.set()
        # What the other has kept meanwhile is not rendered again.
        assert [one.status for one in await asyncio.gather(*readers)] == [404, 404, 200, 404]
        assert first.django.asked.count(STORY) == 0

    played(play)


def test_who_waits_for_another_worker_keeps_no_place(workers: list[Stage], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.flights.LONGEST_WAIT", 1_000.0)
    first, second = workers

    async def play() -> None:
        waited_for = [f"/nothing-{number}/" for number in range(THREADS_FOR_UNKNOWN)]
        readers = await flooded(first)
        waiting = [asyncio.create_task(second.get(path)) for path in waited_for]
        await asyncio.sleep(0.05)
        assert second.django.asked == []
        assert (await asyncio.wait_for(second.get("/nobody/"), GIVE_UP)).status == 404
        first.django.gate.set()
        await asyncio.gather(*readers, *waiting)

    played(play)


def test_who_has_waited_longest_renders_whoever_has_the_claim(
    workers: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazeti.edge.flights.LONGEST_WAIT", 0.05)
    first, second = workers

    async def play() -> None:
        readers = await flooded(first)
        assert (await asyncio.wait_for(second.get("/nothing-0/"), GIVE_UP)).status == 404
        first.django.gate.set()
        await asyncio.gather(*readers)

    played(play)


@pytest.mark.parametrize("is_true", [True, False])
def test_after_a_start_what_lies_on_the_disk_waits_for_nothing_that_is_not_there(
    workers: list[Stage], is_true: bool
) -> None:
    before, after = workers

    async def play() -> None:
        await before.get(STORY)
        await asyncio.to_thread(before.edge.flights.keeping.submit(int).result)
        if not is_true:
            after.truth.purge("site")
            after.hear()
        readers = await flooded(after)
        story = asyncio.create_task(after.get(STORY))
        if not is_true:
            await met(after, STORY)
            after.django.gate.set()
        assert (await asyncio.wait_for(story, GIVE_UP)).body == b"story " * 99
        after.django.gate.set()
        await asyncio.gather(*readers)

    played(play)


def test_what_another_worker_has_kept_waits_for_no_render_at_all(workers: list[Stage]) -> None:
    before, after = workers
    pages = [f"/page-{number}/" for number in range(THREADS)]
    after.django.pages |= {path: Page() for path in pages}

    async def play() -> None:
        await before.get(STORY)
        await asyncio.to_thread(before.edge.flights.keeping.submit(int).result)
        after.django.gate.clear()
        for path in pages:
            after.edge.lanes.expect(path)
        readers = [asyncio.create_task(after.get(path)) for path in pages]
        await met(after, *pages)
        assert (await asyncio.wait_for(after.get(STORY), GIVE_UP)).body == b"story " * 99
        after.django.gate.set()
        await asyncio.gather(*readers)

    played(play)
