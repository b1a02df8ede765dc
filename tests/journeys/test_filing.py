"""A reporter files a story with a picture from a phone, is told what is missing and mends it; an editor approves."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.journeys.axe import SCHEMES, described, look
from tests.journeys.edition import photograph
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.newsrooms import ran, served
from tests.journeys.people import EDITOR, PASSWORD, REPORTER

pytestmark = pytest.mark.browser
HEADLINE = "The ferry is back"
ADDRESS = "/news/the-ferry-is-back/"
THUMB = 44
"""CSS pixels that a thumb hits (WCAG 2.5.5)."""
SEES_EDITS = """document.addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.seesEdits = "";
})"""
"""Marks the page once the desk's form has begun to look for edits, two seconds after it has loaded."""
Open = Callable[..., BrowserContext]


def test_a_story_is_filed_from_a_phone_and_approved_at_a_desk(newsroom: Path, open_context: Open) -> None:
    ran(sys.executable, "-m", "tests.journeys.people", home=newsroom)
    with served(newsroom) as address:
        phone = open_context(viewport={"width": PHONE, "height": 740}, has_touch=True).new_page()
        phone.add_init_script(SEES_EDITS)
        enter(phone, address, REPORTER)
        the_story_is_begun(phone)
        the_picture_is_taken_from_the_phone(phone)
        the_body_is_written(phone)
        what_is_missing_is_told_and_nothing_is_lost(phone)
        each_reason_opens_where_it_is_mended(phone)
        it_is_submitted(phone, address)
        desk = open_context(viewport={"width": DESK, "height": 900}).new_page()
        enter(desk, address, EDITOR)
        nobody_reads_it_yet(desk, address)
        its_history_names_its_moments(desk)
        the_editor_approves_it(desk)
        readers_have_it(open_context().new_page(), address)


def enter(page: Page, address: str, email: str) -> None:
    """By email and password."""
    page.goto(f"{address}/desk/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{address}/desk/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def axe_finds_nothing(page: Page, part: str) -> None:
    """In our part of one of the desk's pages, by day and by night."""
    for scheme in SCHEMES:
        assert list(described(look(page, scheme, part=part)["violations"])) == []
    page.emulate_media(color_scheme="light")


def fits(page: Page) -> None:
    """Nothing stands beside the screen, and the button that hands in or saves is in reach of a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for button in page.locator("footer button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB
        assert box["y"] + box["height"] <= 740


def ready(page: Page) -> None:
    """Wait as long as a person takes to find the first field."""
    page.wait_for_load_state("networkidle")
    page.locator("html[data-sees-edits]").wait_for()


def the_story_is_begun(page: Page) -> None:
    """From the desk's home, in the one section there is."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    axe_finds_nothing(page, "main")
    page.get_by_role("link", name="Write a story").click()
    expect(page.locator("#preflight")).to_contain_text("Begin to write")
    ready(page)
    typed(page.get_by_role("textbox", name="Headline"), HEADLINE)
    page.wait_for_url("**/edit/")  # the desk has begun to save by itself
    expect(page.locator("#preflight")).to_contain_text("The body is empty")
    fits(page)


def the_picture_is_taken_from_the_phone(page: Page) -> None:
    """With its alt text, as the form asks; who made it is forgotten."""
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    page.wait_for_load_state("networkidle")
    dialog.get_by_role("tab", name="Upload").click()
    upload = {"name": "ferry.jpg", "mimeType": "image/jpeg", "buffer": photograph(size=(1200, 800), grain=0.2).read()}
    dialog.get_by_label("File").set_input_files(files=[upload])
    dialog.get_by_label("Title").fill("The ferry")
    dialog.get_by_role("button", name="Upload").click()  # refused before the file is sent
    assert dialog.get_by_label("Alt text").evaluate("field => field.validity.valueMissing")
    assert dialog.get_by_label("File").evaluate("field => field.files.length") == 1
    dialog.get_by_label("Alt text").fill("Forty people wait on the deck")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#preflight")).to_contain_text("has no credit")


def the_body_is_written(page: Page) -> None:
    """One paragraph, on a slow line: what is typed while the desk saves is saved too, and the panel follows."""
    held: list[Route] = []
    page.route("**/edit/", lambda route: route.continue_() if held else held.append(route))
    page.get_by_role("button", name="Insert a block").last.click()
    with page.expect_request("**/edit/"):
        page.get_by_role("option", name="Text").click()
    typed(page.locator("[contenteditable=true]").last, "The ferry left the jetty at six, with forty on board.")
    held[0].continue_()
    panel = page.locator("#preflight")
    expect(panel).not_to_contain_text("The body is empty")
    expect(panel).to_contain_text("The byline is missing")


def what_is_missing_is_told_and_nothing_is_lost(page: Page) -> None:
    """Handing in now is refused, with a reason for each thing."""
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_load_state()
    ready(page)
    expect(page.get_by_role("textbox", name="Headline")).to_have_value(HEADLINE)
    expect(page.locator("[contenteditable=true]").last).to_contain_text("with forty on board")
    panel = page.locator("#preflight")
    for words in ("The byline is missing", "standfirst", "credit"):
        expect(panel.get_by_role("link").filter(has_text=words).first).to_be_visible()
    axe_finds_nothing(page, "#preflight")
    fits(page)


def each_reason_opens_where_it_is_mended(page: Page) -> None:
    """The standfirst and the byline in this form, the picture's credit on the picture's own page."""
    panel = page.locator("#preflight")
    panel.get_by_role("link").filter(has_text="standfirst").first.click()
    field = page.get_by_role("textbox", name="Standfirst")
    expect(field).to_be_in_viewport()
    typed(field, "After three weeks at the yard.")
    expect(panel).not_to_contain_text("standfirst")
    panel.get_by_role("link").filter(has_text="The byline is missing").first.click()
    add = page.get_by_role("button", name="Add Author")
    expect(add).to_be_in_viewport()
    add.click()
    page.get_by_role("button", name="Choose author").click()
    page.get_by_role("dialog").get_by_role("link", name="Amina Farah").click()
    expect(panel).not_to_contain_text("The byline is missing")
    panel.get_by_role("link").filter(has_text="credit").first.click()
    expect(page.get_by_label("Credit")).to_be_in_viewport()
    page.get_by_label("Credit").fill("Amina Farah")
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_load_state("networkidle")


def it_is_submitted(page: Page, address: str) -> None:
    """The draft waits at the desk's home; once handed in it is among those in review."""
    page.goto(f"{address}/desk/")
    page.get_by_role("region", name="Your drafts").get_by_role("link", name=HEADLINE).click()
    expect(page.locator("#preflight")).to_contain_text("Nothing stands in the way")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Submit for review").click()
    expect(page).to_have_url(f"{address}/desk/")
    expect(page.get_by_role("region", name="Yours in review").get_by_role("link", name=HEADLINE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def nobody_reads_it_yet(page: Page, address: str) -> None:
    """Its address tells nothing."""
    assert page.request.get(f"{address}{ADDRESS}").status == 404


def its_history_names_its_moments(page: Page) -> None:
    """Begun, saved and filed; and back at what waits."""
    axe_finds_nothing(page, "main")
    story = page.get_by_role("region", name="Waiting for you").get_by_role("link", name=HEADLINE)
    page.goto(str(story.evaluate("link => link.href")).replace("/edit/", "/history/"))
    for moment in ("Filed for review", "Saved", "Begun"):
        expect(page.locator("main table tr").filter(has_text=moment).first).to_be_visible()
    axe_finds_nothing(page, "main table.listing tbody")
    page.go_back()


def the_editor_approves_it(page: Page) -> None:
    """From the list of what waits."""
    page.get_by_role("region", name="Waiting for you").get_by_role("link", name=HEADLINE).click()
    expect(page.locator("#preflight")).to_contain_text("Nothing stands in the way")
    page.wait_for_load_state("networkidle")
    approve = page.get_by_role("button", name="Approve and Publish")
    if not approve.is_visible():
        page.get_by_role("button", name="More actions").click()
    approve.click()
    page.wait_for_load_state("networkidle")


def readers_have_it(page: Page, address: str) -> None:
    """At its address and on the front, with its picture."""
    answer = page.goto(f"{address}{ADDRESS}")
    assert answer is not None
    assert answer.status == 200
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(article.get_by_role("img", name="Forty people wait on the deck")).to_be_visible()
    page.goto(f"{address}/")
    expect(page.get_by_role("link", name=HEADLINE, exact=True)).to_be_visible()


def typed(field: Locator, words: str) -> None:
    """Type as a person does, since the desk's scripts listen to keys, and leave the field."""
    field.press_sequentially(words)
    field.press("Tab")
