"""Readers comment, reply, change, report and follow under a served story, and a moderator lets through what waits."""

import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from tests.cli.processes import until
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.commenting import FIRST_WAITS, MODERATOR
from tests.journeys.kinds import PHONE
from tests.journeys.newsrooms import ran, served
from tests.journeys.people import PASSWORD
from tests.mail_server import Box

pytestmark = pytest.mark.browser
FIRST = "Who crosses it at night, when the lamps are out?"
CHANGED = "Who crosses it at night, when all the lamps are out?"
SECOND = "My brother does, and he carries a torch."
THIRD = "The county said that the lamps come next month."
FOLLOWER = "halima@example.org"
A_KEY = 65
"""Milliseconds between two keys: whoever fills in a form sooner than anybody could is taken for a robot."""
Open = Callable[..., BrowserContext]


@pytest.fixture
def mailing(newsroom: Path, box: Box, settings: Settings) -> Path:
    """A newsroom with a story and a moderator, whose mail goes to the box."""
    file = newsroom / "gazeti.toml"
    mail = f'mail = "smtp://127.0.0.1:{settings.EMAIL_PORT}"\n'
    file.write_text(mail + file.read_text(encoding="utf-8"), encoding="utf-8")
    return newsroom


def laid(home: Path, *words: str) -> str:
    """Lay the story and the moderator; the address of the story."""
    return ran(sys.executable, "-m", "tests.journeys.commenting", *words, home=home)


def test_readers_talk_under_a_story_and_a_moderator_lets_through_what_waits(
    mailing: Path, open_context: Open, box: Box
) -> None:
    story = laid(mailing)
    with served(mailing) as server:
        address = f"{server}{story}"
        first = open_context().new_page()
        from_the_story_to_the_form(first, address)
        write(first, FIRST, name="Halima", email=FOLLOWER)
        expect(first.get_by_role("status").get_by_role("link", name="See it")).to_be_visible()
        clean(first)
        second = open_context(java_script_enabled=False).new_page()
        from_the_story_to_the_form(second, address)
        write(second, SECOND, name="Yusuf", email="yusuf@example.org")
        beside = open_context().new_page()
        it_waits(second, beside, address, why="Your browser could not show us that it is no robot", words=SECOND)
        expect(beside.get_by_role("article").filter(has_text=FIRST).last).to_be_visible()
        the_moderator_approves_it(
            open_context().new_page(), server, words=SECOND, name="Yusuf", why="Its browser did no proof of work"
        )
        it_stands_under_the_story(open_context().new_page(), address, FIRST, SECOND)
        the_first_changes_their_words(first, address)
        the_first_follows_by_mail(first, address, box)
        third = open_context().new_page()
        the_third_replies(third, address)
        the_first_reads_of_it_and_stops(first, server, box)
        the_third_reports(third, address)


def test_a_first_comment_waits_and_says_why_until_a_moderator_lets_it_through_and_the_next_waits_no_more(
    newsroom: Path, open_context: Open
) -> None:
    story = laid(newsroom, FIRST_WAITS)
    with served(newsroom) as server:
        address = f"{server}{story}"
        first = open_context().new_page()
        from_the_story_to_the_form(first, address)
        expect(first.get_by_role("main")).to_contain_text("Your first comment here waits")
        write(first, FIRST, name="Halima", email=FOLLOWER)
        told = first.get_by_role("status")
        expect(told).to_contain_text("It waits for a moderator. This is your first comment here")
        clean(first)
        told.get_by_role("link", name="Change or delete it").click()
        it_waits(first, open_context().new_page(), address, why="This is your first comment here", words=FIRST)
        the_moderator_approves_it(
            open_context().new_page(),
            server,
            words=FIRST,
            name="Halima",
            why="Its writer has had no comment published here before",
        )
        first.reload()
        expect(first.get_by_role("heading", level=1)).to_contain_text("published")
        clean(first)
        it_stands_under_the_story(open_context().new_page(), address, FIRST)
        a_minute_goes_by(newsroom)
        from_the_story_to_the_form(first, address)
        write(first, SECOND, name="Halima", email=FOLLOWER)
        expect(first.get_by_role("status").get_by_role("link", name="See it")).to_be_visible()
        it_stands_under_the_story(open_context().new_page(), address, FIRST, SECOND)


def a_minute_goes_by(newsroom: Path) -> None:
    """Let what was said be a minute old: who writes again within ten seconds waits for that alone."""
    with closing(sqlite3.connect(newsroom / "gazeti.db", timeout=10)) as database, database:
        database.execute("UPDATE gazeti_comments_comment SET sent_at = datetime(sent_at, '-1 minute')")


def clean(page: Page) -> None:
    """Axe finds nothing at 360 px, by day and by night; nothing stands beside the screen."""
    assert [fault for scheme in SCHEMES for fault in faults_in(page, PHONE, scheme)] == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def looked_at(page: Page, beside: Page) -> None:
    """The same page in a browser with scripts, since axe is one."""
    beside.goto(page.url)
    clean(beside)


def write(page: Page, words: str, *, name: str, email: str) -> None:
    """Fill in the form at the pace of a person, and send it."""
    page.wait_for_load_state()  # a page that is not whole yet goes to #say, away from the field
    page.get_by_label("Your comment").press_sequentially(words, delay=A_KEY)
    expect(page.get_by_label("Your comment")).to_have_value(words)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your email address").fill(email)
    page.get_by_role("button", name="Post comment").click()


def from_the_story_to_the_form(page: Page, address: str) -> None:
    """By the link below the story."""
    page.goto(address)
    page.get_by_role("link", name=re.compile("^(Be the first to comment|Join the discussion)$")).click()
    expect(page.get_by_label("Your comment")).to_be_visible()


def it_waits(page: Page, beside: Page, address: str, *, why: str, words: str) -> None:
    """Its writer is told so, and why; others do not see it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for a moderator")
    expect(page.get_by_role("main")).to_contain_text(why)
    looked_at(page, beside)
    beside.goto(address)
    expect(beside.get_by_role("main")).to_be_visible()
    expect(beside.get_by_role("main")).not_to_contain_text(words)
    clean(beside)


def the_moderator_approves_it(page: Page, server: str, *, words: str, name: str, why: str) -> None:
    """On a phone, from the desk's home."""
    page.goto(f"{server}/desk/login/")
    page.get_by_label("Email").fill(MODERATOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("region", name="Comments").get_by_role("link", name="Held: 1").click()
    expect(page.get_by_role("article")).to_contain_text(words)
    clean(page)
    page.get_by_role("link", name=f"Decide about the comment of {name}").click()
    expect(page.get_by_role("main")).to_contain_text(why)
    clean(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is held.")
    clean(page)


def it_stands_under_the_story(page: Page, address: str, *said: str) -> None:
    """All of them do, and the story says how many."""
    page.goto(address)
    section = page.locator("#comments")
    expect(section.get_by_role("heading", name=f"Reader comments {len(said)}")).to_be_visible()
    for words in said:
        expect(section.get_by_text(words)).to_be_visible()


def the_first_changes_their_words(page: Page, address: str) -> None:
    """At the private address, within five minutes."""
    page.get_by_role("link", name="Change or delete it").click()
    expect(page).to_have_url(re.compile("/comments/mine/"))
    clean(page)
    page.get_by_label("Your comment").fill(CHANGED)
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("published")
    page.goto(f"{address}comments/1/")
    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(page.get_by_text("edited")).to_be_visible()
    clean(page)


def the_first_follows_by_mail(page: Page, address: str, box: Box) -> None:
    """Asked for below the discussion, begun by the link in the mail."""
    page.goto(f"{address}comments/")
    page.get_by_role("link", name="Follow the discussion by email").click()
    page.get_by_label("Email address").fill(FOLLOWER)
    clean(page)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Look into your mail")
    clean(page)
    page.goto(link_in(mail_of(box, number=1), "follow", page.url))
    clean(page)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow the discussion")
    clean(page)


def the_third_replies(page: Page, address: str) -> None:
    """To the first; it is published at once."""
    page.goto(f"{address}comments/?order=newest")
    page.locator("#c1").get_by_role("link", name="Reply").click()
    clean(page)
    write(page, THIRD, name="Wanjiku", email="wanjiku@example.org")
    page.get_by_role("status").get_by_role("link", name="See it").click()
    expect(page.locator(".chosen")).to_contain_text("in reply to Halima")


def the_first_reads_of_it_and_stops(page: Page, server: str, box: Box) -> None:
    """The mail leads to the reply; one click in it and there are no more."""
    mail = mail_of(box, number=2)
    found = re.search(r"://[^/\s]+(/\S+/comments/3/)", mail.get_content())
    assert found is not None
    page.goto(f"{server}{found[1]}")
    expect(page.locator(".chosen")).to_contain_text(THIRD)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(link_in(mail, "stop", page.url))
    clean(page)
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are written to no more")
    clean(page)


def the_third_reports(page: Page, address: str) -> None:
    """The second comment; the receipt has an address of its own."""
    page.goto(f"{address}comments/2/")
    page.locator("#c2").get_by_role("link", name="Report").click()
    page.get_by_label("It is false and does harm").check()
    page.get_by_label("What should we know?").fill("Nobody carries a torch.")
    clean(page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report has come")
    clean(page)


def mail_of(box: Box, *, number: int) -> EmailMessage:
    """The mail of that number, once it has come; it is to the follower."""
    until(lambda: len(box.mails) >= number, f"mail {number} comes")
    to, mail = box.mails[number - 1]
    assert to == [FOLLOWER]
    return mail


def link_in(mail: EmailMessage, kind: str, here: str) -> str:
    """The link of that kind, at the address where the newsroom is served now."""
    found = re.search(rf"https?://[^/\s]+(/comments/{kind}/\S+)", mail.get_content())
    assert found is not None
    served_at = urlsplit(here)
    return f"{served_at.scheme}://{served_at.netloc}{found[1]}"
