"""Coverage through the whole edge: one answer for all until an event comes, and no more kept than there is."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from gazeti.live.actions import edit_update, move_to, pin_update, retract_update
from gazeti.live.models import Coverage
from gazeti.live.rules import MOST_EVENTS, Kind
from gazeti.stories.actions import withdraw_story
from tests.comments.test_kept import Newsroom, newsroom, played
from tests.edge.stage import Told
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW, make_story

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coverage() -> Coverage:
    """One with a full range of events, and some more."""
    coverage = make_coverage()
    for number in range(MOST_EVENTS + 5):
        make_update(coverage, f"Number {number}.")
    return coverage


def events(told: Told) -> list[dict[str, Any]]:
    assert told.status == 200
    found: list[dict[str, Any]] = json.loads(told.body)["events"]
    return found


def test_a_thousand_who_ask_at_a_number_are_one_render_until_the_next_event(
    newsroom: Newsroom, coverage: Coverage
) -> None:
    head = MOST_EVENTS + 6
    at_head = f"{coverage.story.address}after/{head}/"

    async def all_ask() -> None:
        told = await asyncio.gather(*(newsroom.get(f"{at_head}?fbclid={one}") for one in range(1_000)))
        assert {one.body for one in told} == {b'{"events":[],"head":56,"closed":false}'}
        assert newsroom.rendered == [f"{at_head}?"]

    async def one_asks() -> None:
        assert [one["seq"] for one in events(await newsroom.get(at_head))] == [head + 1]

    played(all_ask)
    make_update(coverage, "The next.")
    newsroom.truth.catch_up()
    played(one_asks)


def test_the_word_beside_another_story_goes_when_the_coverage_ends(newsroom: Newsroom, coverage: Coverage) -> None:
    beside = make_story()

    async def flags(count: int) -> None:
        told = await newsroom.get(beside.address)
        assert told.body.count(b'class="live-flag live"') == count

    played(lambda: flags(1))
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    newsroom.truth.catch_up()
    played(lambda: flags(0))


def test_a_full_range_stays_kept_whatever_comes_until_something_is_taken_back(
    newsroom: Newsroom, coverage: Coverage
) -> None:
    full, page = f"{coverage.story.address}after/0/", coverage.story.address
    seen: list[Told] = []

    async def look() -> None:
        seen.extend([await newsroom.get(full), await newsroom.get(page)])

    played(look)
    make_update(coverage)
    edit_update(coverage.pk, number=3, words=make_words("Better."), now=NOW)
    pin_update(coverage.pk, number=4)
    move_to(coverage.pk, kind=Kind.PAUSE, now=NOW)
    newsroom.truth.catch_up()
    played(look)
    assert seen[0].body == seen[2].body
    assert newsroom.rendered.count(f"{full}?") == 1
    assert (b"Paused" in seen[1].body, b"Paused" in seen[3].body) == (False, True)
    retract_update(coverage.pk, number=3, now=NOW)
    newsroom.truth.catch_up()
    played(look)
    before, after = events(seen[2]), events(seen[4])
    assert [one["seq"] for one in after] == [one["seq"] for one in before]
    assert [one["seq"] for one in after if one.get("gone")] == [3]
    assert b"Number 1." not in seen[4].body


def test_numbers_that_are_not_reached_fill_no_memory(newsroom: Newsroom, coverage: Coverage) -> None:
    address = coverage.story.address
    strange = ("after/57/", "after/999999999/", "?since=57", "?before=57", "?since=999", "?refresh=60&since=400")

    async def ask() -> None:
        told = [await newsroom.get(f"{address}{part}") for part in strange]
        assert [one.status for one in told] == [200, 200, 302, 302, 302, 302]
        assert {one.headers["cache-control"] for one in told} == {"no-store"}
        assert set(newsroom.edge.memory.kept) <= {address}  # which tells on what the others depend

    played(ask)


def test_whoever_keeps_it_for_two_seconds_is_given_it_as_fresh_however_long_nothing_came(
    newsroom: Newsroom, coverage: Coverage
) -> None:
    at_head, full, page = (f"{coverage.story.address}{part}" for part in ("after/56/", "after/0/", ""))

    async def ask() -> None:
        for path in (at_head, full, page):
            await newsroom.get(path)
            kept = newsroom.edge.memory.find(path)
            assert kept
            kept.answer, kept.ready = replace(kept.answer, at=kept.answer.at - 500), {}
        told = [await newsroom.get(path) for path in (at_head, full, page)]
        assert [one.headers["cache-control"] for one in told] == [
            "public, max-age=2, s-maxage=2",
            "public, max-age=60, s-maxage=60",
            "public, no-cache",
        ]
        assert [one.headers["age"] for one in told[:2]] == ["0", "0"]
        assert int(told[2].headers["age"]) >= 500

    played(ask)


def test_a_network_keeps_each_as_long_as_was_promised_however_long_nothing_came(
    newsroom: Newsroom, coverage: Coverage, settings: Settings
) -> None:
    """What is for networks alone comes before `Cache-Control` there (RFC 9213, 2.2)."""
    settings.GAZETI_CDN = "fastly"
    at_head, full, page = (f"{coverage.story.address}{part}" for part in ("after/56/", "after/0/", ""))
    wanted = {
        at_head: "max-age=2, stale-if-error=86400",
        full: "max-age=31536000, stale-if-error=86400",
        page: "max-age=86400, stale-while-revalidate=30, stale-if-error=86400",
    }

    async def ask() -> None:
        for path, lifetime in wanted.items():
            await newsroom.get(path)
            kept = newsroom.edge.memory.find(path)
            assert kept
            kept.answer, kept.ready = replace(kept.answer, at=kept.answer.at - 500), {}
            told = await newsroom.get(path)
            assert told.headers["cdn-cache-control"] == lifetime
            assert (told.headers["age"] == "0") is (path != page)
            assert f"live:{coverage.pk}" in told.headers["surrogate-key"] or path == full

    played(ask)


def test_it_comes_compressed_and_unmodified_where_the_client_has_it(newsroom: Newsroom, coverage: Coverage) -> None:
    full = f"{coverage.story.address}after/0/"

    async def ask() -> None:
        whole = await newsroom.get(full)
        small = await newsroom.get(full, **{"accept-encoding": "br"})
        again = await newsroom.get(full, **{"accept-encoding": "br", "if-none-match": small.headers["etag"]})
        assert (small.headers["content-encoding"], again.status, again.body) == ("br", 304, b"")
        assert len(small.body) < len(whole.body) / 8

    played(ask)


def test_a_withdrawn_coverage_is_gone_at_once_everywhere(newsroom: Newsroom, coverage: Coverage) -> None:
    address = coverage.story.address
    places = ("", "after/0/", "after/56/", "?since=1", "?before=20", "updates/3/")
    statuses: list[list[int]] = []

    async def ask() -> None:
        told = [await newsroom.get(f"{address}{part}") for part in places]
        lists = [await newsroom.get(path) for path in ("/", "/city-affairs/", "/live/", "/recent/")]
        statuses.append([one.status for one in told] + [address.encode() in one.body for one in lists])

    played(ask)
    withdraw_story(coverage.story, now=NOW)
    newsroom.truth.catch_up()
    played(ask)
    assert statuses == [[200, 200, 200, 200, 200, 302, *[True] * 4], [410] * 6 + [False] * 4]
