"""A reader's page and the real server: the stream brings what happens, and what it did not bring is asked for."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cli.conftest import made, paper
from tests.cli.processes import Server, answer_of, serving, until
from tests.live.press import Press, press
from tests.live.script import PATIENT, Follower, frozen

__all__ = ["made", "paper"]
pytestmark = pytest.mark.browser


@pytest.fixture
def server(paper: Path) -> Iterator[Server]:
    with serving(paper, "--workers", "2") as running:
        yield running


@pytest.fixture
def reporter(paper: Path, server: Server) -> Iterator[Press]:
    with press(paper) as running:
        running.do("fill")
        yield running


@pytest.fixture
def follower(page: Page, server: Server, reporter: Press) -> Follower:
    address = server.url(reporter.path)
    served(address, reporter.head)
    return Follower(page, address)


def served(address: str, head: int) -> None:
    """Wait until who opens the page now sees it as it stands."""
    until(lambda: f'data-seq="{head}"' in answer_of(address)[1], f"the page is served as it was after {head}")


def as_fresh(follower: Follower, head: int) -> str:
    served(follower.address, head)
    return follower.fresh


@pytest.mark.soak
def test_what_happens_is_on_the_page_without_being_asked_for(follower: Follower, reporter: Press) -> None:
    until(lambda: follower.asked_for("stream") == 1, "it listens")
    reporter.do("much")
    follower.reaches(reporter.head)
    assert (follower.asked_for("after"), follower.asked_for("stream")) == (0, 1)
    assert follower.live == as_fresh(follower, reporter.head)


@pytest.mark.soak
def test_after_fifty_events_in_a_frozen_page_it_is_as_freshly_loaded_and_was_not_moved(
    follower: Follower, reporter: Press
) -> None:
    stood = follower.down_to(22)
    with frozen(follower.page):
        reporter.do("much")
    follower.reaches(reporter.head)
    assert abs(follower.top_of(22) - stood) < 1
    follower.page.get_by_role("button", name="23 new updates").click()
    assert follower.live == as_fresh(follower, reporter.head)


def test_while_workers_are_killed_and_the_line_is_cut_nothing_is_lost(
    follower: Follower, reporter: Press, server: Server
) -> None:
    for at in range(20):
        reporter.do("post", 1, 100)
        if at in (5, 12):
            os.kill(server.children("web")[at % 2], signal.SIGKILL)
        if at in (8, 16):
            follower.page.context.set_offline(at == 8)
    follower.reaches(reporter.head)
    assert follower.live == as_fresh(follower, reporter.head)
    assert set(follower.page.evaluate("seen").values()) == {1}


@pytest.mark.soak
def test_when_the_coverage_is_taken_back_the_page_goes_quiet(follower: Follower, reporter: Press) -> None:
    until(lambda: follower.asked_for("stream") == 1, "it listens")
    with follower.page.expect_response("**/after/*/", timeout=PATIENT) as answer:
        reporter.do("withdraw")
    assert answer.value.status == 410
    expect(follower.page.locator(".update").first).to_be_visible()
    assert follower.asked_for("stream") == 1
