"""When a page listens and when it asks: the stream while it holds, else now and then, and no more once it has ended."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import move_to
from gazeti.live.models import Coverage
from gazeti.live.rules import Kind
from gazeti.stories.actions import withdraw_story
from tests.live.covering import make_coverage, make_update
from tests.live.script import AWAY, Follower, follow, happened, streams
from tests.newsroom import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVES = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
"""No switch of a browser without a screen turns it on."""
OLD = "delete window.EventSource"
HOUR = 3_600


@pytest.fixture
def coverage() -> Coverage:
    coverage = make_coverage()
    make_update(coverage)
    coverage.refresh_from_db()
    return coverage


def asks_by(follower: Follower, seconds: float) -> None:
    """Something new is known after so much time."""
    make_update(follower.coverage)
    follower.asks_within(seconds)


def asked(follower: Follower) -> tuple[int, int]:
    """How often it asked, and how often it listened."""
    return follower.asked_for("after"), follower.asked_for("stream")


@pytest.fixture
def asking(live_server: LiveServer, page: Page, coverage: Coverage) -> Follower:
    """A page whose stream failed twice, each time at once, with a clock that the test moves on."""
    streams(page)
    page.clock.install()
    page.add_init_script(AWAY)
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    asks_by(follower, 3)
    follower.fails(2)
    assert asked(follower) == (1, 2), "before it listened again it asked what it had missed"
    return follower


def test_where_the_stream_failed_twice_it_asks_each_ten_seconds_and_listens_again_after_five_minutes(
    asking: Follower,
) -> None:
    for _ in range(3):
        asks_by(asking, 12.1)
    asking.passes(7)
    assert asked(asking) == (4, 2)
    asks_by(asking, 300)
    asking.fails(3)
    asks_by(asking, 12.1)
    assert asked(asking) == (6, 3)


def test_a_page_that_nobody_looks_at_asks_once_a_minute_and_at_once_when_somebody_does(asking: Follower) -> None:
    asking.page.evaluate("isAway = true; document.dispatchEvent(new Event('visibilitychange'))")
    asking.passes(47)
    assert asked(asking) == (1, 2)
    asks_by(asking, 26)
    make_update(asking.coverage)
    asking.page.evaluate("isAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    asking.reaches_head()
    assert asked(asking) == (3, 2)


def test_when_the_coverage_closes_it_says_so_and_asks_no_more(asking: Follower) -> None:
    make_update(asking.coverage, "The last word.")
    move_to(asking.coverage.pk, kind=Kind.CLOSE, now=NOW)
    asking.asks_within(12.1)
    expect(asking.page.locator(".live-flag")).to_have_text("Ended")
    expect(asking.page.get_by_text("The last word.")).to_be_visible()
    before = asked(asking)
    asking.passes(HOUR)
    asking.page.evaluate("dispatchEvent(new Event('online'))")
    assert asked(asking) == (before[0] + 1, before[1]), "only who comes back to it looks whether it is still so"
    asking.passes(HOUR)
    assert asked(asking) == (before[0] + 1, before[1])


def test_when_the_coverage_is_taken_back_it_asks_no_more(asking: Follower) -> None:
    withdraw_story(asking.coverage.story, now=NOW)
    with asking.page.expect_response("**/after/*/") as answer:
        asking.passes(12.1)
    assert answer.value.status == 410
    asking.page.wait_for_load_state("networkidle")
    before = asked(asking)
    asking.passes(HOUR)
    assert asked(asking) == before


def test_without_a_line_it_asks_again_and_does_not_blame_the_stream(
    live_server: LiveServer, page: Page, coverage: Coverage
) -> None:
    streams(page)
    page.clock.install()
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    page.context.set_offline(True)
    for times, seconds in enumerate((2.5, 12.1, 12.1), start=1):
        follower.passes(seconds)
        follower.loses(times)
        assert asked(follower) == (times, 1)
    page.context.set_offline(False)
    make_update(coverage)
    follower.reaches_head()
    follower.fails(2)


@pytest.mark.parametrize("kind", [SAVES, pytest.param(OLD, marks=pytest.mark.soak)])
def test_who_saves_data_and_who_has_no_streams_only_asks(
    live_server: LiveServer, page: Page, coverage: Coverage, kind: str
) -> None:
    page.clock.install()
    page.add_init_script(kind)
    follower = follow(page, live_server, coverage)
    for _ in range(2):
        asks_by(follower, 12.1)
    page.evaluate("dispatchEvent(new Event('online'))")
    asks_by(follower, 12.1)
    assert follower.asked_for("stream") == 0
    assert follower.live == follower.fresh


def test_a_stream_that_is_open_and_brings_nothing_is_found_out(
    live_server: LiveServer, page: Page, coverage: Coverage
) -> None:
    """As behind a proxy that keeps what it is sent until it has much of it."""
    page.route("**/stream/**", lambda route: None)
    page.clock.install()
    follower = follow(page, live_server, coverage)
    for _ in range(2):
        asks_by(follower, 24.1)
        follower.passes(5.1)
        asks_by(follower, 2.5)
    assert follower.asked_for("stream") == 2
    asks_by(follower, 12.1)


def test_while_the_stream_brings_what_happens_it_hardly_asks(
    live_server: LiveServer, client: Client, page: Page, coverage: Coverage
) -> None:
    before = bytes(client.get(coverage.story.address).content)
    make_update(coverage)
    [event] = happened(coverage, after=coverage.head)
    page.clock.install()
    page.add_init_script(HELD)
    follower = follow(page, live_server, coverage, kept=before)
    page.evaluate("event => brings(event)", event)
    follower.reaches_head()
    follower.passes(35)
    assert asked(follower) == (0, 1)
    asks_by(follower, 20)


HELD = """
  window.EventSource = class {
    constructor() { window.brings = (event) => this.onmessage({ data: JSON.stringify(event) }); }
    addEventListener() {}
    close() {}
  };
"""
"""A stream that stays open and brings what the test says; a route can only answer as a whole."""
