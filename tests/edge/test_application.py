"""What readers get from memory: one render, every coding, validators, and a bound."""

import asyncio
import gzip
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import brotli
import pytest
import zstandard

from tests.edge.stage import STORY, Page, Stage, played, stage


def test_a_page_is_rendered_once_and_then_answered_from_memory() -> None:
    scene = stage()

    async def play() -> None:
        first = await scene.get(STORY)
        again = await scene.get(STORY)
        assert (first.body, again.body) == (b"story " * 99,) * 2
        assert scene.django.asked == [STORY]

    played(play)


def test_however_many_ask_at_once_one_render_answers_all() -> None:
    scene = stage()
    scene.django.gate.clear()

    async def play() -> None:
        readers = [asyncio.create_task(scene.get(STORY)) for _ in range(200)]
        while not scene.django.asked:
            await asyncio.sleep(0)
        scene.django.gate.set()
        told = await asyncio.gather(*readers)
        assert {one.body for one in told} == {b"story " * 99}
        assert scene.django.asked == [STORY]

    played(play)


@pytest.mark.parametrize(
    ("accepted", "coding", "opened"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body)),
        ("", None, bytes),
        ("gzip;q=0, br;q=0", None, bytes),
    ],
)
def test_each_reader_gets_the_smallest_coding_that_it_takes(accepted: str, coding: str | None, opened: object) -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(2):
            told = await scene.get(STORY, accept_encoding=accepted)
            assert told.headers.get("content-encoding") == coding
            assert opened(told.body) == b"story " * 99  # type: ignore[operator]
            assert told.headers["content-length"] == str(len(told.body))
            assert told.headers["vary"] == "Accept-Encoding"
        assert scene.django.asked == [STORY]

    played(play)


def test_every_coding_has_a_strong_tag_of_its_own_that_answers_304() -> None:
    scene = stage()

    async def play() -> None:
        tags = {}
        for coding in ("br", "gzip", "zstd", "identity"):
            told = await scene.get(STORY, accept_encoding=coding)
            tags[coding] = told.headers["etag"]
            same = await scene.get(STORY, accept_encoding=coding, if_none_match=f'"x", {told.headers["etag"]}')
            assert (same.status, same.body) == (304, b"")
            assert same.headers["etag"] == told.headers["etag"]
            assert same.headers["cache-control"] == "public, no-cache"
            assert same.headers["vary"] == "Accept-Encoding"
            assert "content-type" not in same.headers
            assert (await scene.get(STORY, accept_encoding=coding, if_none_match='"other"')).status == 200
        assert len(set(tags.values())) == 4
        assert not any(tag.startswith("W/") for tag in tags.values())
        other = await scene.get(STORY, accept_encoding="gzip", if_none_match=tags["br"])
        assert other.status == 200

    played(play)


def test_the_date_of_the_bytes_answers_304_and_a_tag_outweighs_it() -> None:
    scene = stage()

    async def play() -> None:
        date = (await scene.get(STORY)).headers["last-modified"]
        assert (await scene.get(STORY, if_modified_since=date)).status == 304
        assert (await scene.get(STORY, if_modified_since=date, if_none_match='"x"')).status == 200
        assert (await scene.get(STORY, if_modified_since="Thu, 01 Jan 2026 00:00:00 GMT")).status == 200
        assert (await scene.get(STORY, if_modified_since="yesterday")).status == 200
        # Bytes that came back have their old date; somebody may hold others that are newer.
        assert (await scene.get(STORY, if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT")).status == 200

    played(play)


def test_bytes_that_a_new_render_makes_again_keep_their_date() -> None:
    scene = stage()

    async def play() -> None:
        first = await scene.get(STORY)
        kept = scene.edge.memory.find(STORY)
        old = kept.answer.modified - 100
        kept.answer = kept.answer.since(old)
        scene.truth.purge("recent")
        scene.hear()
        again = await scene.get(STORY)
        assert len(scene.django.asked) == 2
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["last-modified"] == formatdate(old, usegmt=True)

    played(play)


def test_head_has_the_headers_of_get_and_no_body() -> None:
    scene = stage()

    async def play() -> None:
        for _ in range(2):
            head = await scene.get(STORY, method="HEAD", accept_encoding="br")
            full = await scene.get(STORY, accept_encoding="br")
            assert head.body == b""
            assert head.headers == full.headers

    played(play)


def test_age_counts_the_seconds_since_the_render() -> None:
    scene = stage()

    async def play() -> None:
        assert (await scene.get(STORY)).headers["age"] == "0"
        kept = scene.edge.memory.find(STORY)
        kept.answer = replace(kept.answer, at=kept.answer.at - 100)
        kept.ready = {}
        assert int((await scene.get(STORY)).headers["age"]) in (100, 101)

    played(play)


def test_memory_is_bounded_by_bytes_and_drops_what_was_asked_for_longest_ago() -> None:
    scene = Stage(limit=60_000)
    scene.django.pages = {f"/{number}/": Page(f"{number} " * 3_000) for number in range(9)}

    async def play() -> None:
        for number in range(9):
            await scene.get(f"/{number}/")
            # Once to be looked at again, once more to be a plain hit.
            await scene.get("/0/")
            await scene.get("/0/")
            assert scene.edge.memory.bytes <= 60_000
        kept = list(scene.edge.memory.kept)
        assert "/0/" in kept
        assert "/1/" not in kept
        assert scene.edge.memory.bytes == sum(one.size for one in scene.edge.memory.kept.values())

    played(play)


def test_an_answer_larger_than_memory_is_answered_all_the_same() -> None:
    scene = Stage(limit=1_000)
    scene.django.pages = {"/": Page("x" * 5_000)}

    async def play() -> None:
        assert (await scene.get("/")).body == b"x" * 5_000
        assert scene.edge.memory.bytes == 0

    played(play)


def test_a_network_in_front_is_told_lifetimes_and_tags_once_it_is_named(settings: Any) -> None:
    scene = stage()

    async def play() -> None:
        told = await scene.get(STORY)
        assert not {"cdn-cache-control", "surrogate-key", "cache-tag"} & set(told.headers)
        settings.GAZETI_CDN = "fastly"
        scene.edge.memory.find(STORY).ready = {}
        named = (await scene.get(STORY)).headers
        assert named["cdn-cache-control"] == "max-age=86400, stale-while-revalidate=30, stale-if-error=86400"
        assert {"recent", "story:1"} <= set(named["surrogate-key"].split())
        assert named["cache-control"] == "public, no-cache"
        # What is not there may be there in ten seconds.
        assert (await scene.get("/nothing/")).headers["cdn-cache-control"].startswith("max-age=10,")

    played(play)
