"""What lies for the server in front after a restart and a purge: also pages that only the disk still knew."""

from tests.edge.stage import STORY, Page, Shelf, Stage, played, stage


def test_a_page_that_was_found_on_the_disk_is_laid_again_when_it_is_asked_for_after_a_purge_of_others() -> None:
    shelf, first = Shelf(), stage()
    # Purged since this process began: all files went.
    shelf.generation = 1
    scene = Stage(store=shelf)
    scene.django.pages = {STORY: Page()}

    async def play() -> None:
        await first.get(STORY)
        shelf.record = first.edge.memory.find(STORY).answer
        for _ in range(3):
            assert (await scene.get(STORY)).body == b"story " * 99
            scene.truth.stir()
        assert scene.django.asked == []
        scene.edge.flights.filing.submit(int).result()
        assert shelf.told == [("file", STORY)], "once"

    played(play)
