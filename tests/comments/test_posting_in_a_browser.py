"""A reader comments, replies, edits and reports on a phone, with and without JavaScript; axe finds nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.comments.models import Comment, CommentText, Decision, Report
from gazeti.guard import traps
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import settle
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.kinds import PHONE
from tests.newsroom import make_section, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]
WORDS = "Who crosses it at night, when the lamps are out?"


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    """A story that takes comments; whoever fills in its form may be as quick as a browser that is driven."""
    monkeypatch.setattr(traps, "LEAST", 0.0)
    settle()
    return make_story(make_section())


def write(page: Page, *, body: str = WORDS, email: str = "halima@example.org") -> None:
    page.get_by_label("Your comment").fill(body)
    page.get_by_label("Your name").fill("Halima")
    page.get_by_label("Your email address").fill(email)
    page.get_by_role("button", name="Post comment").click()


def test_with_script_it_is_published_in_place_and_without_a_page_load(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    page.goto(f"{live_server.url}{story.address}comments/")
    page.evaluate("window.same = true")
    write(page)
    expect(page.get_by_role("status")).to_contain_text("published", timeout=20_000)
    assert page.evaluate("window.same")
    expect(page.get_by_role("status")).to_be_focused()
    assert (Comment.objects.get().state, Decision.objects.get().rule) == ("published", "passed")
    page.get_by_role("link", name="Change or delete it").click()
    page.get_by_label("Your comment").fill("Who crosses it by day?")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("published")
    assert CommentText.objects.get().body == "Who crosses it by day?"


def test_with_script_a_first_comment_is_told_that_it_waits_why_and_which_address_to_keep(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    settle(first_time_waits=True)
    page.goto(f"{live_server.url}{story.address}comments/")
    write(page)
    told = page.get_by_role("status")
    expect(told).to_contain_text("Taken. It waits for a moderator. This is your first comment here", timeout=20_000)
    expect(told).to_contain_text("This link is a private address: keep it")
    page.get_by_role("link", name="Change or delete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment waits for a moderator.")


GATE = """
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  const opened = new Promise((open) => { window.openGate = open; });
  crypto.subtle.digest = async (...asked) => { await opened; return digest(...asked); };
"""


@pytest.mark.parametrize("is_first", ["the work", "the reader"])
def test_whichever_is_ready_first_waits_for_the_other(
    live_server: LiveServer, page: Page, story: Story, is_first: str
) -> None:
    page.add_init_script(GATE)
    page.goto(f"{live_server.url}{story.address}comments/")
    if is_first == "the work":
        page.evaluate("openGate()")
        page.get_by_label("Your comment").focus()
        expect(page.locator("[name=altcha]")).not_to_have_value("", timeout=20_000)
    write(page)
    page.evaluate("openGate()")
    expect(page.get_by_role("status")).to_contain_text("published", timeout=20_000)
    assert Decision.objects.get().rule == "passed"


def test_without_script_it_waits_and_is_edited_and_deleted_at_its_private_address(
    live_server: LiveServer, open_context: Open, story: Story
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{story.address}comments/")
    write(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for a moderator")
    assert re.search(r"/comments/mine/[\w-]+/$", page.url)
    assert Decision.objects.get().rule == "no-work"
    beside = open_context().new_page()  # axe needs script
    beside.goto(page.url)
    assert faults_in(beside, PHONE, "light") == []
    page.get_by_label("Your comment").fill("Who crosses it by day?")
    page.get_by_role("button", name="Save the change").click()
    assert CommentText.objects.get().body == "Who crosses it by day?"
    page.get_by_text("Delete it").click()
    page.get_by_role("button", name="Delete my comment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("deleted")
    assert Comment.objects.get().state == "deleted"


def test_what_is_wrong_is_said_in_place_and_a_broken_line_loses_nothing(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    page.goto(f"{live_server.url}{story.address}comments/")
    write(page, body="x" * 5_001)
    expect(page.get_by_role("alert")).to_contain_text("5000 characters at most", timeout=20_000)
    page.get_by_label("Your comment").fill(WORDS)

    def take_and_break(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(f"**{story.address}comments/", take_and_break)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("alert")).to_contain_text("did not get through")
    expect(page.get_by_label("Your comment")).to_have_value(WORDS)
    page.unroute_all()
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("status")).to_contain_text("published")
    assert Comment.objects.count() == 1


def reply(page: Page) -> None:
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_label("Your comment").fill(WORDS)
    page.get_by_label("Your name").fill("Halima")
    page.get_by_label("Your email address").fill("halima@example.org")


def test_a_reply_and_a_double_tap(live_server: LiveServer, page: Page, story: Story) -> None:
    make_comment(story, name="Amina")
    page.goto(f"{live_server.url}{story.address}comments/1/")
    reply(page)
    page.get_by_role("button", name="Post comment").dblclick()
    expect(page.get_by_role("status")).to_contain_text("published", timeout=20_000)
    assert [one.reply_to for one in Comment.objects.order_by("number")] == [None, 1]


def test_without_script_a_reply_from_the_story_stands_below_what_it_answers(
    live_server: LiveServer, open_context: Open, story: Story
) -> None:
    settle(asks_for_work=False)
    make_comment(story, name="Amina")
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{story.address}")
    reply(page)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".chosen")).to_contain_text("in reply to Amina")
    assert page.url == f"{live_server.url}{story.address}comments/2/"
    page.goto(f"{live_server.url}{story.address}")
    expect(page.locator("#c1 + #c2.level-2")).to_contain_text(WORDS)


def test_without_script_who_posted_finds_the_way_back_from_the_comments_own_page(
    live_server: LiveServer, open_context: Open, story: Story
) -> None:
    settle(asks_for_work=False)
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{story.address}comments/")
    write(page)
    assert page.url.endswith("/comments/1/")
    page.get_by_role("link", name="Did you write it?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("published")
    expect(page.get_by_label("Your comment")).to_have_value(WORDS)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_report_and_its_receipt(live_server: LiveServer, open_context: Open, story: Story, has_script: bool) -> None:
    make_comment(story, name="Amina")
    page = open_context(java_script_enabled=has_script).new_page()
    schemes = SCHEMES if has_script else ()  # axe needs script
    page.goto(f"{live_server.url}{story.address}comments/1/")
    page.get_by_role("link", name="Report", exact=True).click()
    assert [told for scheme in schemes for told in faults_in(page, PHONE, scheme)] == []
    page.get_by_label("It is against the law", exact=True).check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    expect(page.get_by_label("It is against the law", exact=True)).to_be_checked()
    assert [told for scheme in schemes[:1] for told in faults_in(page, PHONE, scheme)] == []
    page.get_by_label("What should we know?").fill("It threatens a witness.")
    page.get_by_label("Your name").fill("Wanjiku")
    page.get_by_label("Your email address").fill("wanjiku@example.org")
    page.get_by_label("I believe in good faith").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report has come")
    assert [told for scheme in schemes[:1] for told in faults_in(page, PHONE, scheme)] == []
    assert Report.objects.get().is_illegal


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_form_and_in_what_is_wrong_with_it(
    live_server: LiveServer, open_context: Open, story: Story, scheme: str
) -> None:
    page = open_context().new_page()
    page.goto(f"{live_server.url}{story.address}comments/")
    assert faults_in(page, PHONE, scheme) == []  # type: ignore[arg-type]
    page = open_context().new_page()
    page.route("**/js/comments.js", lambda route: route.abort())
    page.goto(f"{live_server.url}{story.address}comments/")
    write(page, body="x" * 5_001)
    expect(page.get_by_role("heading", level=1)).to_contain_text("not taken yet", timeout=20_000)
    assert faults_in(page, PHONE, scheme) == []  # type: ignore[arg-type]
    expect(page.get_by_label("Your comment")).to_have_attribute("aria-invalid", "true")
