"""A reader with JavaScript off gets everywhere by the page's own links and form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.kinds import Paper, show

pytestmark = pytest.mark.browser

WHOLE = "The footbridge opens, and the market crosses it first"


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext]) -> Page:
    """A page that runs no script."""
    return open_context(java_script_enabled=False).new_page()


def test_from_the_front_to_an_old_story(plain: Page, paper: Paper) -> None:
    show(plain, paper, "front")
    plain.get_by_role("navigation", name="Sections").get_by_role("link", name="City Affairs").click()
    expect(plain).to_have_url(paper["section"])
    plain.get_by_role("link", name=WHOLE, exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(WHOLE)
    plain.get_by_role("link", name="Grace Otieno").click()
    expect(plain).to_have_url(paper["author"])
    plain.get_by_role("contentinfo").get_by_role("link", name="Recent stories").click()
    expect(plain).to_have_url(paper["recent"])
    plain.get_by_role("link", name="Older").click()
    expect(plain).to_have_url(paper["recent, second page"])
    oldest = plain.get_by_role("main").get_by_role("listitem").last.get_by_role("link")
    headline = oldest.inner_text()
    oldest.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(headline)


def test_the_search_finds_by_its_form(plain: Page, paper: Paper) -> None:
    show(plain, paper, "front")
    plain.get_by_role("navigation", name="Sections").get_by_role("link", name="Search").click()
    plain.get_by_label("Search the stories").fill("boreholes")
    plain.get_by_role("button", name="Search").click()
    expect(plain).to_have_url(f"{paper.address}/search/?q=boreholes")
    expect(plain.get_by_role("main")).to_contain_text("1 story found.")
    plain.get_by_role("link", name="Two boreholes bring water back").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Two boreholes")


def test_a_wrong_address_leads_on(plain: Page, paper: Paper) -> None:
    show(plain, paper, "not found")
    plain.get_by_label("Search the stories").fill("bridge")
    plain.get_by_label("Search the stories").press("Enter")
    expect(plain).to_have_url(f"{paper.address}/search/?q=bridge")


def test_a_translation_leads_back(plain: Page, paper: Paper) -> None:
    show(plain, paper, "story")
    plain.get_by_role("link", name="Kiswahili").click()
    expect(plain).to_have_url(paper["story, in Swahili"])
    spoken = plain.locator(".story-body").locator("xpath=ancestor-or-self::*[@lang][1]")
    expect(spoken).to_have_attribute("lang", "sw")
    plain.get_by_role("link", name="English").click()
    expect(plain).to_have_url(paper["story"])


@pytest.mark.parametrize("kind", ["front", "section", "story", "author", "search with results", "information"])
def test_a_page_says_the_same_with_scripts_and_without(plain: Page, page: Page, paper: Paper, kind: str) -> None:
    without, with_scripts = show(plain, paper, kind), show(page, paper, kind)
    assert without.inner_text("body") == with_scripts.inner_text("body")
    assert without.locator("script").count() == 0
    assert [picture.is_visible() for picture in without.locator("img").all()].count(False) == 0


def test_each_recent_headline_is_one_link_with_one_date(page: Page, paper: Paper) -> None:
    """As Chromium tells a screen reader: pictures beside headlines say nothing, and dates are read as written."""
    show(page, paper, "story")
    headlines = page.locator("aside.rail li a").all_inner_texts()
    dates = page.locator("aside.rail time").all_inner_texts()
    assert len(headlines) == len(set(headlines)) == len(dates) == 20
    assert page.locator("aside.rail img").count() > 0
    told = accessibility(page)
    told = told[told.index(("heading", "Recent stories")) :]
    links = [name for role, name in told[: told.index(("contentinfo", ""))] if role == "link"]
    assert links == headlines
    assert [told.count(("StaticText", headline)) for headline in headlines] == [1] * 20
    assert [name for role, name in told if role == "StaticText" and name in dates] == dates
    assert dates[0] == "4 July 2024"
    assert "image" not in {role for role, _name in told}


def test_pictures_in_the_story_are_told_by_their_words(page: Page, paper: Paper) -> None:
    show(page, paper, "story")
    pictures = [name for role, name in accessibility(page) if role == "image"]
    assert pictures == ["Picture 9: people on a bridge", "The west bank", "The first to cross"]


def accessibility(page: Page) -> list[tuple[str, str]]:
    """Role and name of all that Chromium tells assistive technology, in the order of the page."""
    page.wait_for_load_state("networkidle")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    told, waiting = [], [nodes[0]["nodeId"]]
    while waiting:
        node = by_id[waiting.pop()]
        waiting.extend(reversed([child for child in node["childIds"] if child in by_id]))
        if not node["ignored"]:
            told.append((node["role"]["value"], node.get("name", {}).get("value", "")))
    return told
