"""An editor makes their account, writes a story at the desk with a picture, publishes it, and sees it on the front."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from gazeti.stories.models import Story
from tests.journeys.edition import photograph
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.newsrooms import gazeti, served

HEADLINE = "The ferry is back"
TEXT = "The ferry left the jetty at six, with forty on board."
QUOTATION = "We are moving again."
OF_A_FORM = {"action", "elements", "enctype", "length", "method", "name", "reset", "submit", "target"}
"""What scripts ask of a form itself: a field of that name would answer in its stead (HTML, form.elements)."""


def test_no_field_of_a_story_hides_what_scripts_ask_of_a_form() -> None:
    assert {field.name for field in Story._meta.get_fields()} & OF_A_FORM == set()


@pytest.mark.soak
@pytest.mark.browser
def test_a_story_is_written_and_published_at_the_desk(
    newsroom: Path, open_context: Callable[..., BrowserContext]
) -> None:
    with served(newsroom) as address:
        page = open_context(viewport={"width": DESK, "height": 900}).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        the_first_administrator_enters(page, address, newsroom)
        an_author_is_added(page, address)
        the_story_is_begun(page, address)
        the_picture_is_uploaded(page)
        the_body_is_written(page)
        what_is_written_is_kept_by_itself(page)
        the_story_is_published(page)
        readers_see_it(open_context().new_page(), address)
        the_desk_opens_on_a_phone(page, address)
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def the_first_administrator_enters(page: Page, address: str, newsroom: Path) -> None:
    """By the one-time link, which is printed for an address that is not set yet."""
    link = gazeti(newsroom, "user", "--link").strip()
    page.goto(link.replace("http://localhost:8000", address))
    page.get_by_label("Email address").fill("editor@paper.example")
    page.get_by_label("Your name").fill("Grace Otieno")
    page.get_by_label("Password").fill("tall-jacaranda-9")
    page.get_by_role("button", name="Open the newsroom").click()
    expect(page).to_have_url(f"{address}/desk/")


def an_author_is_added(page: Page, address: str) -> None:
    """A name of its own, whose address follows from it."""
    page.get_by_role("link", name="Authors").click()
    page.get_by_role("link", name="Add author").first.click()
    page.wait_for_load_state("networkidle")
    typed(page.get_by_role("textbox", name="Name"), "Amina Farah")
    expect(page.get_by_role("textbox", name="Address")).to_have_value("amina-farah")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("main")).to_contain_text("Amina Farah")
    expect(page).to_have_url(f"{address}/desk/snippets/gazeti_stories/author/")


def the_story_is_begun(page: Page, address: str) -> None:
    """In the section that every newsroom has, with headline, standfirst and byline."""
    page.goto(f"{address}/desk/pages/")
    page.get_by_role("link", name="Explore child pages of 'The Corner Paper'").click()
    page.get_by_role("link", name="Add a child page to 'News'").first.click()
    page.wait_for_load_state("networkidle")
    typed(page.get_by_role("textbox", name="Headline"), HEADLINE)
    page.get_by_role("textbox", name="Standfirst").fill("After three weeks at the yard.")
    page.get_by_role("button", name="Add Author").click()
    page.get_by_role("button", name="Choose author").click()
    page.get_by_role("dialog").get_by_role("link", name="Amina Farah").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def the_picture_is_uploaded(page: Page) -> None:
    """From the editor's machine, with the words that it needs."""
    file = photograph(size=(1200, 800), grain=0.2)
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    page.wait_for_load_state("networkidle")
    dialog.get_by_role("tab", name="Upload").click()
    upload = {"name": "ferry.jpg", "mimeType": "image/jpeg", "buffer": file.read()}
    dialog.get_by_label("File").set_input_files(files=[upload])
    dialog.get_by_label("Title").fill("The ferry")
    dialog.get_by_label("Alt text").fill("A ferry at the jetty")
    dialog.get_by_label("Credit").fill("Juma Baraka")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()


def the_body_is_written(page: Page) -> None:
    """A paragraph, and a quotation with its speaker."""
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text").click()
    typed(page.locator("[name^=body] ~ * [contenteditable=true], [contenteditable=true]").last, TEXT)
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Quotation").click()
    page.locator("textarea[name$='value-text']").fill(QUOTATION)
    page.locator("input[name$='value-speaker']").fill("Juma Baraka")


def what_is_written_is_kept_by_itself(page: Page) -> None:
    """The desk saves a draft while the editor writes."""
    page.wait_for_url("**/edit/")
    expect(page.get_by_text("Autosave is paused")).to_be_hidden()


def the_story_is_published(page: Page) -> None:
    """By the button, which waits until the picture's files are made."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(f"Page '{HEADLINE}' has been published.")).to_be_visible()


def readers_see_it(page: Page, address: str) -> None:
    """On the front, with its picture; and whole on its own page."""
    page.goto(f"{address}/")
    expect(page.locator(".lead img")).to_have_js_property("naturalWidth", 480)
    page.get_by_role("link", name=HEADLINE, exact=True).click()
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(article.get_by_role("img", name="A ferry at the jetty")).to_be_visible()
    expect(article.get_by_role("link", name="Amina Farah")).to_have_attribute("href", "/authors/amina-farah/")
    expect(article.get_by_text(TEXT)).to_be_visible()
    expect(article.get_by_role("blockquote")).to_have_text(f"{QUOTATION}Juma Baraka")


def the_desk_opens_on_a_phone(page: Page, address: str) -> None:
    """Where a correction must be made from the street."""
    page.set_viewport_size({"width": PHONE, "height": 720})
    page.goto(f"{address}/desk/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def typed(field: Locator, words: str) -> None:
    """Type as a person does, since the desk's scripts listen to keys, and leave the field."""
    field.press_sequentially(words)
    field.press("Tab")
