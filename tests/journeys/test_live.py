"""An editor covers a story live, a reporter posts from a phone; one reader follows by script, one without."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.covering import HEADLINE
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.newsrooms import ran, served
from tests.journeys.people import EDITOR, PASSWORD, REPORTER

pytestmark = pytest.mark.browser
FIRST, SECOND, LAST = (
    "The river stands at 90 centimetres.",
    "The steps are under water.",
    "The river is back in its bed.",
)
RIGHT, WRONG = "The river stands at 95 centimetres.", "A gate upstream is open."
CORRECTION = "It was 95, not 90."
Open = Callable[..., BrowserContext]


def test_a_story_is_covered_live_and_followed_with_script_and_without(newsroom: Path, open_context: Open) -> None:
    story = ran(sys.executable, "-m", "tests.journeys.covering", home=newsroom)
    with served(newsroom) as server:
        address = f"{server}{story}"
        editor = open_context(viewport={"width": DESK, "height": 900}).new_page()
        screen = the_editor_goes_live(editor, server)
        the_front_says_so(open_context().new_page(), server)
        reporter = open_context(viewport={"width": PHONE, "height": 740}, has_touch=True).new_page()
        the_reporter_finds_the_coverage(reporter, server)
        reader = open_context().new_page()
        reader.goto(address)
        expect(reader.locator(".following")).to_be_attached()
        plain = open_context(java_script_enabled=False).new_page()
        plain.goto(address)
        post(reporter, FIRST)
        expect(update(reader, FIRST)).to_be_visible()
        it_is_followed_without_script(plain, FIRST)
        the_reporter_corrects(reporter)
        expect(update(reader, RIGHT)).to_contain_text(CORRECTION)
        expect(update(reader, FIRST)).to_have_count(0)
        post(reporter, WRONG)
        expect(update(reader, WRONG)).to_be_visible()
        the_editor_takes_back(editor, screen, WRONG)
        expect(update(reader, WRONG)).to_have_count(0)
        expect(reader.locator(".update.gone")).to_have_count(1)
        it_is_followed_without_script(plain, RIGHT)
        expect(plain.locator(".update.gone")).to_have_count(1)
        clean(reader)
        post(reporter, SECOND)
        post(reporter, LAST)
        expect(update(reader, LAST)).to_be_visible()
        the_editor_closes(editor, screen)
        expect(reader.locator("#live")).to_have_attribute("data-state", "closed")
        it_has_ended(open_context().new_page(), server, address)
        assert shown(reader) == [LAST, SECOND, "gone", RIGHT]


def enter(page: Page, server: str, email: str) -> None:
    """By email and password, to the live desk."""
    page.goto(f"{server}/desk/login/?next=/desk/live/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Live coverage")).to_be_visible()


def the_editor_goes_live(page: Page, server: str) -> str:
    """With a story that is out; the address of the coverage's screen at the desk."""
    enter(page, server, EDITOR)
    page.get_by_role("button", name=f"Cover live: {HEADLINE}").click()
    page.get_by_role("button", name="Go live").click()
    expect(page.locator(".state")).to_have_text("live")
    return page.url


def the_front_says_so(page: Page, server: str) -> None:
    """On the front and on its section stands the strip; all coverages stand on /live/."""
    for path in ("/", "/news/"):
        page.goto(f"{server}{path}")
        expect(page.locator("aside.strip").get_by_role("link", name=HEADLINE)).to_be_visible()
        clean(page)
    page.locator("aside.strip").get_by_role("link", name="All live coverage").click()
    expect(page.get_by_role("main").get_by_role("link", name=HEADLINE)).to_be_visible()


def the_reporter_finds_the_coverage(page: Page, server: str) -> None:
    """At the live desk, on a phone."""
    enter(page, server, REPORTER)
    page.get_by_role("link", name=HEADLINE).tap()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()


def post(page: Page, words: str) -> None:
    """Type and tap, until the desk shows it."""
    page.get_by_label("Text", exact=True).fill(words)
    page.get_by_role("button", name="Post", exact=True).tap()
    expect(page.locator("[data-live-below]")).to_contain_text(words)


def row(page: Page, words: str) -> Locator:
    """The update with these words at the desk."""
    return page.locator("article.row").filter(has_text=words)


def the_reporter_corrects(page: Page) -> None:
    """Their own update, and says to readers what was wrong."""
    row(page, FIRST).get_by_role("link", name="Change update").tap()
    page.get_by_label("Text", exact=True).fill(RIGHT)
    page.get_by_label("Correction").fill(CORRECTION)
    page.get_by_role("button", name="Save").tap()
    expect(row(page, RIGHT)).to_be_visible()


def the_editor_takes_back(page: Page, screen: str, words: str) -> None:
    """What somebody else wrote."""
    page.goto(screen)
    row(page, words).get_by_role("link", name="Take update").click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.locator("article.row").filter(has_text="Taken back")).to_be_visible()


def the_editor_closes(page: Page, screen: str) -> None:
    """Once all is said."""
    page.goto(screen)
    page.get_by_role("button", name="Close…").click()
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.locator(".state")).to_have_text("closed")


def update(page: Page, words: str) -> Locator:
    """The update with these words as readers have it."""
    return page.locator("#live article.update").filter(has_text=words)


def shown(page: Page) -> list[str]:
    """What the page shows from its top: of each update its words, or that it is gone."""
    articles = page.locator("#live article.update").all()
    words = (FIRST, SECOND, LAST, RIGHT, WRONG)
    return [next((one for one in words if one in article.inner_text()), "gone") for article in articles]


def it_is_followed_without_script(page: Page, words: str) -> None:
    """By the link to what is new, and from there back to the whole, which is as far on."""
    page.get_by_role("link", name="See what is new").first.click()
    expect(page.locator("article.update").filter(has_text=words)).to_be_visible()
    page.get_by_role("link", name="The whole coverage").click()
    expect(update(page, words)).to_be_visible()


def it_has_ended(page: Page, server: str, address: str) -> None:
    """The strip is gone, and the page is a plain one that says so and asks for nothing."""
    page.goto(server)
    expect(page.locator("aside.strip")).to_have_count(0)
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("This coverage has ended")
    assert page.locator("script[src*='live.js']").count() == 0
    assert shown(page) == [LAST, SECOND, "gone", RIGHT]
    clean(page)


def clean(page: Page) -> None:
    """Axe finds nothing at 360 px, by day and by night; nothing stands beside the screen."""
    assert [fault for scheme in SCHEMES for fault in faults_in(page, PHONE, scheme)] == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
