"""What is for one person alone is shared by nobody, however many wait for one render."""

import asyncio

from tests.edge.stage import HTML, Page, played, stage

COOKIE = (b"set-cookie", b"csrftoken=abc; Path=/")


def test_an_answer_that_sets_a_cookie_is_given_to_nobody_else() -> None:
    scene = stage()
    scene.django.pages["/form/"] = Page("form " * 50, is_private=True, headers=(*HTML, COOKIE))
    scene.django.gate.clear()

    async def play() -> None:
        readers = [asyncio.create_task(scene.get("/form/")) for _ in range(5)]
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.gate.set()
        told = await asyncio.gather(*readers)
        assert [one.headers.get("set-cookie") for one in told] == [None] * 5
        assert scene.passed == ["GET /form/"] * 5, "each asks Django by itself"

    played(play)


def test_an_answer_that_is_not_kept_and_sets_none_is_one_for_all_who_wait() -> None:
    scene = stage()
    scene.django.pages["/closed/"] = Page("closed " * 50, status=404, is_private=True)

    async def play() -> None:
        assert (await scene.get("/closed/")).status == 404
        assert scene.passed == []

    played(play)
