"""What a network in front is told of answers that were purged and are given nevertheless."""

import pytest
from pytest_django import Settings

from tests.edge.stage import STORY, Page, played, stage


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_was_purged_and_stands_in_is_kept_by_no_network(settings: Settings, method: str) -> None:
    settings.GAZETI_CDN = "fastly"
    scene = stage()

    async def play() -> None:
        first = await scene.get(STORY, method=method)
        assert "max-age=86400" in first.headers["cdn-cache-control"]
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = Page("sorry", status=503, tags=frozenset())
        for headers, status in (({}, 200), ({"if_none_match": first.headers["etag"]}, 304), ({}, 200)):
            told = await scene.get(STORY, method=method, **headers)
            assert (told.status, told.headers["cdn-cache-control"]) == (status, "no-store")
            assert not told.headers.keys() & {"surrogate-key", "cache-tag"}
            assert told.headers["etag"] == first.headers["etag"]
        scene.django.pages[STORY] = Page("newer " * 99)
        scene.edge.patience.failing_until = 0
        assert "max-age=86400" in (await scene.get(STORY, method=method)).headers["cdn-cache-control"]

    played(play)


def test_what_a_purge_overtook_is_given_to_who_asked_before_it_and_kept_by_no_network(settings: Settings) -> None:
    settings.GAZETI_CDN = "fastly"
    scene = stage()

    def overtaken() -> None:
        scene.truth.purge("recent")
        scene.hear()

    scene.django.meanwhile = overtaken

    async def play() -> None:
        told = await scene.get(STORY)
        assert (told.status, told.headers["cdn-cache-control"]) == (200, "no-store")

    played(play)


def test_without_a_network_a_stand_in_tells_none_anything() -> None:
    scene = stage()

    async def play() -> None:
        await scene.get(STORY)
        scene.truth.purge("recent")
        scene.hear()
        scene.django.pages[STORY] = Page("sorry", status=503, tags=frozenset())
        assert "cdn-cache-control" not in (await scene.get(STORY)).headers

    played(play)
