"""The list of key events of who follows is that of who comes, also where rows go and others take their place."""

from random import Random

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import edit_update, retract_update
from gazeti.live.models import Coverage
from gazeti.live.rules import MOST_KEYS
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.happening import anything_happens
from tests.live.script import Follower, follow, streams
from tests.newsroom import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coverage() -> Coverage:
    """With 25 key events, numbers 2 to 26; half of them have no heading."""
    coverage = make_coverage()
    for at in range(25):
        make_update(coverage, f"Update {at}. " * 15, heading=f"Heading {at}" if at % 2 else "", is_key=True)
    return coverage


@pytest.fixture
def follower(live_server: LiveServer, page: Page, coverage: Coverage) -> Follower:
    """A page that asks, with a clock that only the test moves on."""
    streams(page)
    page.clock.install(time=0)
    page.clock.pause_at(1)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    return follower


def test_what_goes_from_the_list_lets_the_next_ones_in(follower: Follower, page: Page, coverage: Coverage) -> None:
    rows = page.locator("[data-live=keys] > li")
    expect(rows).to_have_count(MOST_KEYS)
    retract_update(coverage.pk, number=26, now=NOW)
    follower.asks_within(13)
    expect(rows).to_have_count(MOST_KEYS)
    assert follower.live == follower.fresh
    edit_update(coverage.pk, number=25, words=make_words("No key event."), now=NOW)
    edit_update(coverage.pk, number=6, words=make_words("Other words.", heading="Other", is_key=True), now=NOW)
    edit_update(coverage.pk, number=5, words=make_words("Nor this one."), now=NOW)
    follower.asks_within(13)
    expect(rows).to_have_count(MOST_KEYS)
    expect(page.get_by_role("link", name="Other", exact=True)).to_be_attached()
    assert follower.live == follower.fresh
    for number in (24, 23, 22, 21):
        retract_update(coverage.pk, number=number, now=NOW, erases=True)
        follower.asks_within(13)
        assert follower.live == follower.fresh
    expect(rows).to_have_count(18)


def test_what_went_while_nobody_listened_is_made_up_for_at_once(follower: Follower, coverage: Coverage) -> None:
    for number in (26, 20):
        retract_update(coverage.pk, number=number, now=NOW)
    edit_update(coverage.pk, number=19, words=make_words("No more."), now=NOW)
    retract_update(coverage.pk, number=19, now=NOW, erases=True)
    make_update(coverage, is_key=True)
    follower.asks_within(13)
    assert follower.live == follower.fresh


def test_an_older_page_has_no_list_and_gets_none(live_server: LiveServer, page: Page, coverage: Coverage) -> None:
    streams(page)
    page.clock.install(time=0)
    page.clock.pause_at(1)
    follower = follow(page, live_server, coverage, "?before=10")
    follower.fails(1)
    retract_update(coverage.pk, number=26, now=NOW)
    edit_update(coverage.pk, number=8, words=make_words("No key event."), now=NOW)
    follower.asks_within(13)
    expect(page.locator("[data-live=keys] > li")).to_have_count(0)
    assert follower.live == follower.fresh


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_it_is_as_freshly_loaded(follower: Follower, coverage: Coverage, seed: int) -> None:
    chance = Random(seed)
    for _round in range(3):
        for _event in range(12):
            anything_happens(coverage, chance=chance, keys=0.5)
        follower.asks_within(13)
        assert follower.live == follower.fresh
