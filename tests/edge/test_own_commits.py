"""What this process itself has committed is seen by who asks it next, before the log is read up to there."""

import asyncio

import pytest

from tests.edge.stage import STORY, Page, played, stage


@pytest.mark.parametrize("others", [0, 3])
def test_who_asks_after_this_process_has_committed_gets_no_render_of_before(others: int) -> None:
    """Its commit is known as it commits, though the log was not read up to it: others may have committed before."""
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        early = asyncio.create_task(scene.get(STORY))
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.pages[STORY] = Page("newer " * 99, tags=frozenset({"story:1", "recent"}))
        for _ in range(others):
            scene.truth.purge("path:/elsewhere/")
        scene.truth.note(scene.truth.purge("story:1"), ["story:1"], [])
        late = asyncio.create_task(scene.get(STORY))
        await asyncio.sleep(0)
        scene.django.gate.set()
        assert (await early).body == b"story " * 99
        assert (await late).body == b"newer " * 99
        # And what was rendered for it is kept, also once the log's reader has come by.
        scene.hear()
        assert (await scene.get(STORY)).body == b"newer " * 99
        assert scene.django.asked == [STORY, STORY]

    played(play)
