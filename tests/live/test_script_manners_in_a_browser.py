"""What a reader's page does to who reads it: nothing moves, much is told in few words, and all of it can be halted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import edit_update, pin_update, retract_update, summarise
from gazeti.live.models import Coverage
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.happening import long_coverage, much_happens
from tests.live.script import Follower, follow, streams
from tests.newsroom import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]


@pytest.fixture
def coverage() -> Coverage:
    return long_coverage()


@pytest.fixture
def follower(live_server: LiveServer, page: Page, coverage: Coverage) -> Follower:
    """A page that asks, with a clock that only the test moves on."""
    streams(page)
    page.clock.install(time=0)
    page.clock.pause_at(1)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    return follower


def edit(coverage: Coverage, number: int, times: int = 60) -> None:
    words = make_words("Many more words. " * times + '<a href="https://example.org/">A link</a>')
    edit_update(coverage.pk, number=number, words=words, now=NOW)


def comes(follower: Follower) -> None:
    """What happened is known, and whatever is to be told was."""
    follower.asks_within(13)
    follower.passes(1.1)


def test_twenty_updates_that_come_while_others_are_read_are_told_once_and_counted(follower: Follower) -> None:
    stood = follower.down_to(22)
    for _ in range(20):
        make_update(follower.coverage)
        comes(follower)
    assert follower.told == ["1 new update"]
    button = follower.page.get_by_role("button", name="20 new updates")
    expect(button).to_be_visible()
    assert abs(follower.top_of(22) - stood) < 1
    newest = max(follower.numbers) + 22
    button.click()
    expect(follower.page.locator(f"#u{newest}")).to_be_focused()
    expect(follower.page.locator(f"#u{newest}")).to_be_in_viewport()
    expect(button).to_be_hidden()
    assert follower.told == ["1 new update"]
    assert follower.live == follower.fresh


def test_updates_that_come_together_are_told_as_so_many(follower: Follower) -> None:
    follower.down_to(22)
    much_happens(follower.coverage)
    comes(follower)
    assert follower.told == ["23 new updates"]


def test_at_the_top_they_are_shown_at_once_and_told(follower: Follower) -> None:
    for _ in range(2):
        newest = make_update(follower.coverage).number
        comes(follower)
        assert follower.numbers[1] == newest
    assert follower.told == ["1 new update", "1 new update"]
    expect(follower.page.locator(".new-updates")).to_be_hidden()


def test_who_comes_back_to_the_top_is_shown_what_waits(follower: Follower) -> None:
    follower.down_to(22)
    newest = make_update(follower.coverage).number
    pin_update(follower.coverage.pk, number=30)
    comes(follower)
    assert newest not in follower.numbers
    assert follower.numbers[0] == 8
    follower.page.evaluate("scrollTo(0, 0)")
    expect(follower.page.locator(f"#u{newest}")).to_be_attached()
    assert follower.live == follower.fresh


@pytest.mark.parametrize(
    "read", ["u35.querySelector('a').focus({ preventScroll: true })", "getSelection().selectAllChildren(u35)"]
)
def test_where_something_is_held_at_the_top_new_ones_wait(follower: Follower, read: str) -> None:
    follower.page.evaluate(read)
    make_update(follower.coverage)
    comes(follower)
    expect(follower.page.get_by_role("button", name="1 new update")).to_be_visible()
    assert 39 not in follower.numbers


def test_what_is_edited_above_or_taken_back_moves_nothing_and_keeps_the_focus(follower: Follower) -> None:
    stood = follower.down_to(20)
    follower.page.evaluate("u22.querySelector('a').focus({ preventScroll: true })")
    for number in (34, 30, 22):
        edit(follower.coverage, number)
    retract_update(follower.coverage.pk, number=33, now=NOW)
    summarise(follower.coverage.pk, words=make_words("What we know by now. " * 40), now=NOW)
    comes(follower)
    assert abs(follower.top_of(20) - stood) < 1
    expect(follower.page.locator("#u22 header a").first).to_be_focused()
    expect(follower.page.locator("#u33")).to_have_text("An update stood here. It was taken back.")
    expect(follower.page.locator("#u22").get_by_role("link", name="A link")).to_be_attached()
    assert follower.told == []


def test_what_is_read_is_edited_where_it_stands(follower: Follower) -> None:
    stood = follower.down_to(22)
    edit(follower.coverage, 22)
    edit(follower.coverage, 21)
    comes(follower)
    assert abs(follower.top_of(22) - stood) < 1
    expect(follower.page.locator("#u22 .edited")).to_be_visible()


def test_who_reads_what_stands_below_is_not_moved(live_server: LiveServer, page: Page) -> None:
    coverage = make_coverage()
    numbers = [make_update(coverage, "So many words. " * 40).number for _ in range(9)]
    streams(page)
    page.clock.install()
    page.set_viewport_size({"width": PHONE, "height": 100})
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    where = "() => document.querySelector('#live ~ :not([hidden])').getBoundingClientRect().top"
    page.evaluate("scrollTo(0, live.getBoundingClientRect().bottom + scrollY + 5)")
    stood = page.evaluate(where)
    assert stood < 40
    edit(coverage, numbers[-1])
    comes(follower)
    assert abs(page.evaluate(where) - stood) < 1


def test_paused_nothing_changes_but_what_is_gone_until_it_goes_on(follower: Follower) -> None:
    follower.page.get_by_role("button", name="Pause").click()
    before = follower.page.locator("#u35").inner_html()
    make_update(follower.coverage)
    edit(follower.coverage, 35)
    retract_update(follower.coverage.pk, number=34, now=NOW)
    comes(follower)
    assert follower.told == []
    expect(follower.page.locator(".new-updates")).to_be_hidden()
    assert follower.page.locator("#u35").inner_html() == before
    assert 38 not in follower.numbers
    expect(follower.page.locator("#u34")).to_have_text("An update stood here. It was taken back.")
    follower.page.get_by_role("button", name="Go on").click()
    assert follower.live == follower.fresh


def test_an_older_page_shows_what_becomes_of_its_updates_and_no_others(
    live_server: LiveServer, page: Page, coverage: Coverage
) -> None:
    streams(page)
    page.clock.install()
    follower = follow(page, live_server, coverage, "?before=34")
    follower.fails(1)
    before = follower.numbers
    make_update(coverage, is_key=True)
    edit(coverage, 20)
    retract_update(coverage.pk, number=19, now=NOW)
    pin_update(coverage.pk, number=18)
    comes(follower)
    assert (follower.numbers, follower.told) == (before, [])
    expect(page.locator(".new-updates")).to_be_hidden()
    assert follower.live == follower.fresh


def test_when_a_page_is_full_the_way_to_older_updates_appears(live_server: LiveServer, page: Page) -> None:
    coverage = make_coverage()
    for _ in range(29):
        make_update(coverage)
    streams(page)
    page.clock.install()
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    older = page.get_by_role("link", name="Older updates")
    for is_there in (False, True):
        make_update(coverage)
        comes(follower)
        expect(older).to_be_visible(visible=is_there)
    assert follower.live == follower.fresh
    older.click()
    expect(page.locator("#u2")).to_be_visible()
    assert follower.numbers == [2]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_while_updates_wait_and_once_they_are_shown(
    live_server: LiveServer, page: Page, coverage: Coverage, scheme: str
) -> None:
    streams(page)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    follower.down_to(22)
    much_happens(coverage)
    page.evaluate("dispatchEvent(new Event('online'))")
    follower.reaches_head()
    for width in (PHONE, DESK):
        assert faults_in(page, width, scheme) == []  # type: ignore[arg-type]
    page.get_by_role("button", name="23 new updates").click()
    for width in (PHONE, DESK):
        assert faults_in(page, width, scheme) == []  # type: ignore[arg-type]
