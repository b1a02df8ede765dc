"""A page follows a coverage in Chromium: nothing is lost, nothing comes twice, and it ends as one freshly loaded."""

import gzip
from random import Random

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import edit_update, retract_update
from gazeti.live.models import Coverage
from tests.live.covering import make_update, make_words
from tests.live.happening import anything_happens, long_coverage, much_happens
from tests.live.script import follow, frozen, happened, streams
from tests.needs import ROOT
from tests.newsroom import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = ROOT / "gazeti/static/gazeti/js/live.js"
MOST_BYTES = 4_000
RETURN = "document.dispatchEvent(new Event('visibilitychange'))"
SHOWN = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


@pytest.fixture
def coverage() -> Coverage:
    return long_coverage()


def test_the_script_weighs_four_kilobytes_at_most() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= MOST_BYTES


def still(page: Page) -> None:
    """Let no timer run out: what is asked for is asked since the page was told to, not since time passed."""
    page.clock.install(time=0)
    page.clock.pause_at(1)


def test_after_fifty_events_in_a_frozen_page_it_is_as_freshly_loaded_and_was_not_moved(
    live_server: LiveServer, page: Page, coverage: Coverage
) -> None:
    follower = follow(page, live_server, coverage)
    stood = follower.down_to(22)
    with frozen(page):
        much_happens(coverage)
    follower.reaches_head()
    assert coverage.head == 37 + 50
    assert abs(follower.top_of(22) - stood) < 1
    expect(page.get_by_text("Other words of 30.")).to_be_attached()
    page.get_by_role("button", name="23 new updates").click()
    assert follower.live == follower.fresh


def test_after_a_tunnel_everything_is_there_at_once(live_server: LiveServer, page: Page, coverage: Coverage) -> None:
    streams(page)
    still(page)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    page.context.set_offline(True)
    much_happens(coverage)
    make_update(coverage, "More than one answer tells.")
    page.context.set_offline(False)
    follower.reaches_head()
    assert follower.live == follower.fresh
    assert follower.numbers == list(dict.fromkeys(follower.numbers))


@pytest.mark.parametrize("sign", ["document.dispatchEvent(new Event('resume'))", RETURN, SHOWN])
def test_whatever_wakes_a_page_it_asks_at_once(
    live_server: LiveServer, page: Page, coverage: Coverage, sign: str
) -> None:
    """The signs are the test's: a browser without a screen shows its pages at all times, and so it never gives them."""
    streams(page)
    still(page)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    make_update(coverage)
    page.evaluate(sign)
    follower.reaches_head()


def kept(client: Client, coverage: Coverage) -> bytes:
    return bytes(client.get(coverage.story.address).content)


def test_what_comes_twice_or_late_is_taken_once_and_nothing_is_asked_for(
    live_server: LiveServer, client: Client, page: Page, coverage: Coverage
) -> None:
    before = kept(client, coverage)
    first, second = make_update(coverage, "The first."), make_update(coverage, "The second.")
    edit_update(coverage.pk, number=first.number, words=make_words("The first, better."), now=NOW)
    post, other, edit = happened(coverage, after=first.number - 1)
    page.route("**/after/**", lambda route: route.abort())
    streams(page, [post, post, other, post, other, edit, post, edit, other])
    follower = follow(page, live_server, coverage, kept=before)
    follower.reaches(edit["seq"])
    assert follower.numbers[:3] == [8, second.number, first.number]
    assert page.evaluate("seen") == {f"u{first.number}": 2, f"u{second.number}": 1}, "the edited one was replaced once"
    page.unroute_all()
    assert follower.live == follower.fresh


def test_what_is_missing_is_asked_for_and_what_overtook_it_waits_for_its_turn(
    live_server: LiveServer, client: Client, page: Page, coverage: Coverage
) -> None:
    before = kept(client, coverage)
    numbers = [make_update(coverage, f"Number {at}.").number for at in range(4)]
    retract_update(coverage.pk, number=numbers[1], now=NOW)
    one, two, three, four, five = happened(coverage, after=numbers[0] - 1)
    streams(page, [one, four, five, two, three, one])
    follower = follow(page, live_server, coverage, kept=before)
    follower.reaches(five["seq"])
    assert follower.asked_for("after") >= 1
    assert follower.numbers[:5] == [8, *reversed(numbers)]
    assert set(page.evaluate("seen").values()) == {1}
    assert follower.live == follower.fresh


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_while_it_is_away_or_looks_it_ends_as_freshly_loaded(
    live_server: LiveServer, page: Page, coverage: Coverage, seed: int
) -> None:
    chance = Random(seed)
    streams(page)
    page.clock.install()
    follower = follow(page, live_server, coverage)
    for _ in range(6):
        if chance.random() < 0.5:
            follower.page.evaluate(f"scrollTo(0, {chance.choice((0, 900, 2500))})")
        for _ in range(chance.choice((1, 3, 10, 60))):
            anything_happens(coverage, chance=chance)
        follower.asks_within(13)
    page.evaluate("scrollTo(0, 0)")
    make_update(coverage)
    follower.asks_within(13)
    assert follower.live == follower.fresh


def test_a_page_newer_than_its_number_is_told_nothing_twice(
    live_server: LiveServer, client: Client, page: Page, coverage: Coverage
) -> None:
    """The head is read before the updates are, so a page may show more than it says."""
    coverage.refresh_from_db()
    much_happens(coverage)
    said = kept(client, coverage)
    old = said.replace(b'data-seq="87"', b'data-seq="37"')
    assert old != said
    streams(page)
    follower = follow(page, live_server, coverage, kept=old)
    follower.reaches_head()
    assert follower.live == follower.fresh
    assert follower.told == []
