"""Purges of others, as there are hundreds a minute: a page that stays true is given at once, and laid once."""

from gazeti.edge.memory import Kept
from tests.edge.stage import Shelf, played, stage


def test_after_purges_of_others_a_page_is_given_as_it_was_and_its_age_is_looked_at_once_a_second() -> None:
    scene = stage()
    looked: list[str] = []
    look = scene.edge._good

    def look_closer(path: str, asked: str) -> Kept | None:
        looked.append(path)
        return look(path, asked)

    scene.edge._good = look_closer  # type: ignore[method-assign]

    async def play() -> None:
        await scene.get("/")
        looked.clear()
        for _ in range(5):
            scene.truth.purge("story:1")
            scene.hear()
            assert (await scene.get("/")).status == 200
        assert looked == []
        scene.truth.stir()
        await scene.get("/")
        assert looked == ["/"]
        assert scene.edge.memory.find("/").hits == 6, "all of them tell how busy it is"
        assert scene.django.asked == ["/"]

    played(play)


def test_while_purges_of_others_come_one_after_the_other_a_page_is_not_laid_again_each_time() -> None:
    shelf = Shelf()
    scene = stage(store=shelf)

    async def play() -> None:
        await scene.get("/")
        scene.edge.flights.filing.submit(int).result()
        shelf.told.clear()
        shelf.is_calm = False
        for _ in range(3):
            scene.truth.purge("story:1")
            scene.hear()
            shelf.generation += 1
            await scene.get("/")
        scene.edge.flights.filing.submit(int).result()
        assert shelf.told == []
        shelf.is_calm = True
        scene.truth.stir()
        await scene.get("/")
        scene.edge.flights.filing.submit(int).result()
        assert shelf.told == [("file", "/")]

    played(play)
