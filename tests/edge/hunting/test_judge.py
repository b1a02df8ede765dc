"""The judge of a hunt itself: it lets through what may be, and sees each kind of what may not."""

import gzip
import json
from typing import Any

import brotli
import pytest

from tests.edge.hunting.history import GONE, LIVE, History
from tests.edge.hunting.judge import Observation, age, faults, goes_back, stale
from tests.edge.hunting.pages import Page, Shown, shown

STORY, RECENT = Page("/market/tale-1/", tale=1), Page("/recent/", is_complete=True)


@pytest.fixture
def history() -> History:
    """One tale: first out at position 10, revised at 20, withdrawn at 30, and out again at 40."""
    found = History()
    for version, (state, position) in enumerate([(LIVE, 10), (LIVE, 20), (GONE, 30), (LIVE, 40)], start=1):
        change = {"tale": 1, "version": version, "state": state, "path": "/market/tale-1/", "section": "/market/"}
        found.take_in(json.dumps({**change, "position": position, "at": float(position)}))
    return found


def seen(page: Page, floor: int, status: int = 200, versions: dict[int, int] | None = None, **more: Any) -> Observation:
    return Observation(page, floor, status, Shown(versions or {}), asked_at=50.0, come_at=50.1, **more)


@pytest.mark.parametrize(
    ("floor", "status", "version"),
    [
        (0, 404, 0), (0, 200, 1), (10, 200, 1), (10, 200, 2), (10, 410, 0),
        (29, 200, 2), (30, 410, 0), (30, 200, 4), (40, 200, 4),
    ],
)  # fmt: skip
def test_what_was_known_or_came_later_may_be_given(history: History, floor: int, status: int, version: int) -> None:
    one = seen(STORY, floor, status, {1: version} if version else {})
    assert [*faults(one), *stale(history, one)] == []


@pytest.mark.parametrize(
    ("floor", "status", "version"), [(10, 404, 0), (20, 200, 1), (30, 200, 2), (40, 410, 0), (40, 200, 2)]
)
def test_what_was_there_before_is_stale(history: History, floor: int, status: int, version: int) -> None:
    assert list(stale(history, seen(STORY, floor, status, {1: version} if version else {})))


def test_a_list_is_stale_that_shows_what_is_gone_or_lacks_what_is_out(history: History) -> None:
    assert list(stale(history, seen(RECENT, 30, versions={1: 2})))
    assert not list(stale(history, seen(RECENT, 30)))
    assert not list(stale(history, seen(RECENT, 20)))  # it was withdrawn after that
    assert list(stale(history, seen(RECENT, 40)))


def test_how_late_an_answer_is_counts_from_the_first_commit_that_it_lacks(history: History) -> None:
    assert age(history, seen(STORY, 0, versions={1: 1})) == 30.0
    assert age(history, seen(STORY, 0, versions={1: 4})) == 0.0


def test_errors_and_pages_without_their_tale_are_faults() -> None:
    assert list(faults(seen(STORY, 0, 503)))
    assert list(faults(seen(RECENT, 0, 404)))
    assert list(faults(seen(STORY, 0, 200, {2: 1})))


def test_the_second_page_of_a_list_shows_nothing_of_the_first() -> None:
    second = Page("/recent/?page=2", is_second=True)
    assert list(faults(seen(second, 0, versions={1: 4})))
    assert not list(faults(seen(second, 0)))


def test_a_page_that_shows_an_older_version_than_before_went_back() -> None:
    assert list(goes_back(Shown({1: 3}), Shown({1: 2, 2: 1})))
    assert not list(goes_back(Shown({1: 3}), Shown({1: 3, 2: 1})))


def test_torn_bytes_are_seen_in_every_coding() -> None:
    whole = b"<html>" + b"<p>Tale 1 stands at version 2</p>" * 9 + b"</html>"
    for coding, packed in (("gzip", gzip.compress(whole)), ("br", brotli.compress(whole)), ("identity", whole)):
        assert shown(packed, coding, is_html=True) == Shown({1: 2})
        assert shown(packed[:-9], coding, is_html=True).torn


def test_versions_that_differ_on_one_page_are_a_torn_page() -> None:
    assert (
        "versions 1 and 2"
        in shown(b"Tale 1 stands at version 1, Tale 1 stands at version 2", "identity", is_html=False).torn
    )
