"""A schedule goes out while nobody looks; a story that is taken back is gone everywhere within a second."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cli.processes import answer_of, until
from tests.journeys.due import DRAFT, LIVE
from tests.journeys.kinds import DESK
from tests.journeys.newsrooms import ran, served
from tests.journeys.people import EDITOR, PASSWORD

pytestmark = pytest.mark.browser
SENTENCE = "The pump broke again on the same evening."
LISTS = ("/", "/news/", "/recent/", "/search/?q=pump", "/authors/amina-farah/")
HERE = ZoneInfo("Africa/Nairobi")
LATEST = 30
"""Seconds that the clock may be late."""
Open = Callable[..., BrowserContext]


def test_what_is_scheduled_goes_out_and_what_is_withdrawn_is_gone(newsroom: Path, open_context: Open) -> None:
    ran(sys.executable, "-m", "tests.journeys.people", home=newsroom)
    made = json.loads(ran(sys.executable, "-m", "tests.journeys.due", home=newsroom))
    with served(newsroom) as address:
        page = open_context(viewport={"width": DESK, "height": 900}).new_page()
        the_editor_enters(page, address)
        the_draft_is_scheduled(page, address, made["draft"])
        readers_see_the_live_one(address, made["picture"])
        the_live_one_is_withdrawn(page, address, made["live"])
        it_is_gone_everywhere_within_a_second(address, made["picture"])
        page.close()
        due = datetime.fromisoformat(ran(sys.executable, "-m", "tests.journeys.due", "soon", home=newsroom))
        the_schedule_goes_out_while_nobody_looks(address, due)


def the_editor_enters(page: Page, address: str) -> None:
    """By email and password."""
    page.goto(f"{address}/desk/login/")
    page.get_by_label("Email").fill(EDITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{address}/desk/")


def the_draft_is_scheduled(page: Page, address: str, pk: int) -> None:
    """For the next day, in the story's status panel; then it is published, which waits."""
    due = datetime.now(UTC) + timedelta(days=1)
    page.goto(f"{address}/desk/pages/{pk}/edit/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Status").click()
    page.get_by_role("button", name="Set schedule").click()
    when = page.get_by_label("Go live date/time")
    when.fill(f"{due.astimezone(HERE):%Y-%m-%d %H:%M}")
    # A calendar opens over the buttons; it closes on a click beside it, once it has begun to look for one.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_be_visible()
    until(lambda: page.get_by_role("heading", name="Set publishing schedule").click() or not calendar.count(), "closed")
    page.get_by_role("button", name="Save schedule").click()
    page.wait_for_load_state("networkidle")
    publish = page.get_by_role("button", name="Schedule to publish")
    if not publish.is_visible():
        page.get_by_role("button", name="More actions").click()
    publish.click()
    expect(page.get_by_role("main")).to_contain_text("scheduled")
    page.goto(f"{address}/desk/")
    expect(page.get_by_role("region", name="Scheduled").get_by_role("link", name=DRAFT)).to_be_visible()


def readers_see_the_live_one(address: str, picture: str) -> None:
    """At its address and in every list, with its picture."""
    assert answer_of(f"{address}/news/the-old-pump-is-mended/")[0] == 200
    assert answer_of(f"{address}/media/{picture}")[0] == 200
    for path in LISTS:
        until(lambda path=path: LIVE in answer_of(f"{address}{path}")[1], f"{path} shows it")


def the_live_one_is_withdrawn(page: Page, address: str, pk: int) -> None:
    """The desk asks what readers shall find."""
    page.goto(f"{address}/desk/pages/{pk}/unpublish/")
    page.get_by_label("Withdraw").check()
    page.get_by_role("textbox").last.fill(SENTENCE)
    page.get_by_role("button", name="Yes, unpublish it").click()
    page.wait_for_load_state()


def it_is_gone_everywhere_within_a_second(address: str, picture: str) -> None:
    """Asked at once, and once: its address says that it was taken back, and why; no list and no file has it."""
    status, words = answer_of(f"{address}/news/the-old-pump-is-mended/")
    still = [path for path in LISTS if LIVE in answer_of(f"{address}{path}")[1]]
    file, _bytes = answer_of(f"{address}/media/{picture}")
    assert (status, file, still) == (410, 404, [])
    assert SENTENCE in words
    assert LIVE not in words


def the_schedule_goes_out_while_nobody_looks(address: str, due: datetime) -> None:
    """Nobody is at the desk; not before its time, and at most half a minute after it."""
    story = f"{address}/news/the-dawn-bus-leaves-earlier/"
    seen_before = datetime.now(UTC)
    while answer_of(story)[0] == 404 and datetime.now(UTC) < due + timedelta(seconds=LATEST):
        seen_before = datetime.now(UTC)
        until(lambda asked=seen_before: datetime.now(UTC) > asked + timedelta(seconds=0.5), "half a second passes")
    status, words = answer_of(story)
    assert status == 200
    assert seen_before + timedelta(seconds=1) > due
    assert DRAFT in words
    assert DRAFT in answer_of(f"{address}/")[1]
