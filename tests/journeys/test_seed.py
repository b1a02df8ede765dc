"""The page of the seed: imported by the command, then found and read to its end in Chromium and in w3m."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.newsrooms import gazeti, ran, served

BYLINE = ("Halima Noor", "Peter Kimani")
DATE = "4 July 2024"
SECTION = "City Affairs"
SEARCH = "/search/?q=Austin"
LISTS = ("/", "/city-affairs/", "/recent/", SEARCH, "/authors/halima-noor/", "/authors/peter-kimani/")
"""Where a reader finds the story."""


@dataclass(frozen=True)
class Seed:
    """What the page of the seed says, read off its lines by hand."""

    headline: str
    standfirst: str
    paragraphs: list[str]
    beside: list[str]


def seed_of(text: str) -> Seed:
    """The seed's parts: its third line is furniture, and each headline beside it stands twice over a date."""
    lines = [line for line in text.splitlines() if line]
    end, beside = lines.index("Reader comments"), lines.index("Recent Stories")
    assert lines[0] == SECTION
    return Seed(lines[1], lines[3], lines[4:end], lines[beside + 1 : -1 : 3])


@pytest.mark.browser
@pytest.mark.w3m
@pytest.mark.material
def test_the_seed_is_imported_published_found_and_read_to_its_end(
    newsroom: Path, shared: Path, open_context: Callable[..., BrowserContext]
) -> None:
    source = shared / "seed" / "page.txt"
    seed = seed_of(source.read_text(encoding="utf-8"))
    assert (len(seed.paragraphs), len(seed.beside)) == (18, 20)
    ran(sys.executable, "-m", "tests.journeys.edition", "neighbours", home=newsroom)
    with served(newsroom) as address:
        given = ("--byline", " and ".join(BYLINE), "--date", "2024-07-04", "--publish")
        gazeti(newsroom, "import", "pages", str(source), *given)
        page = open_context(java_script_enabled=False).new_page()
        found = [the_story_is_found(page, f"{address}{path}", seed) for path in LISTS]
        assert len(set(found)) == 1, "every list links to the one address"
        the_story_is_read_to_its_end(page, found[0], seed)
        recent = the_recent_stories_stand_once(page, seed)
        w3m_reads_it_to_its_end(found[0], seed, recent)
        the_recovered_headlines_are_nowhere(page, address, seed)


def the_search_knows_it(page: Page, address: str, seed: Seed) -> None:
    """Ask the search until the newsroom's background work has told it of the new story: seconds, not minutes."""
    for _asked in range(150):
        page.goto(address)
        if page.get_by_role("link", name=seed.headline).count():
            return
        page.wait_for_timeout(200)


def the_story_is_found(page: Page, address: str, seed: Seed) -> str:
    """The address that a list's one link with the headline leads to."""
    page.goto(address)
    link = page.get_by_role("main").get_by_role("link", name=seed.headline, exact=True)
    expect(link).to_have_count(1)
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(seed.headline)
    return page.url


def the_story_is_read_to_its_end(page: Page, address: str, seed: Seed) -> None:
    """Every paragraph in order and nothing else, under headline, standfirst, byline and date."""
    page.goto(address)
    article = page.get_by_role("article")
    expect(article.locator(".standfirst")).to_have_text(seed.standfirst)
    assert article.locator("[rel=author]").all_inner_texts() == list(BYLINE)
    expect(article.locator(".byline time")).to_contain_text(DATE)
    assert article.locator(".story-body > *").all_inner_texts() == seed.paragraphs
    last = article.locator(".story-body > *").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(article.get_by_role("link", name=SECTION)).to_have_attribute("href", "/city-affairs/")


def the_recent_stories_stand_once(page: Page, seed: Seed) -> list[str]:
    """The twenty headlines under the story, each the only name of one link; each with its date, as it is read."""
    recent = page.get_by_role("complementary").get_by_role("listitem").get_by_role("link")
    headlines = recent.all_inner_texts()
    assert len(set(headlines)) == 20
    assert seed.headline not in headlines
    assert [page.get_by_role("link", name=name, exact=True).count() for name in headlines] == [1] * 20
    assert page.get_by_role("complementary").locator("img").count() == 20
    assert page.get_by_role("complementary").get_by_role("img").count() == 0
    dates = page.get_by_role("complementary").locator("time").all_inner_texts()
    return [f"{headline} {date}" for headline, date in zip(headlines, dates, strict=True)]


def w3m_reads_it_to_its_end(address: str, seed: Seed, recent: list[str]) -> None:
    """The same in a text browser: all of it in order, each headline once."""
    done = subprocess.run(["w3m", "-dump", "-O", "UTF-8", address], capture_output=True, text=True, check=True)
    dump = " ".join(done.stdout.split())
    wanted = [seed.headline, seed.standfirst, *BYLINE, DATE, *seed.paragraphs, *recent]
    at = [dump.find(words) for words in wanted]
    assert [words for words, place in zip(wanted, at, strict=True) if place < 0] == []
    assert at == sorted(at)
    assert [dump.count(words) for words in (seed.headline, *seed.paragraphs)] == [1] * 19
    assert [dump.count(words) for words in recent] == [1] * 20


def the_recovered_headlines_are_nowhere(page: Page, address: str, seed: Seed) -> None:
    """Drafts that hold a headline alone: on no list, under no story, found by no search, at no address."""
    shown = []
    for path in (*LISTS, "/recent/?page=2", "/business/", *(f"/search/?q={headline}" for headline in seed.beside)):
        page.goto(f"{address}{path}")
        # The search repeats what was asked; only what it lists counts.
        shown += page.locator("a, h1, h2").all_inner_texts()
    assert [headline for headline in seed.beside if headline in shown] == []
    assert "Recovered" not in shown, "no reader is led to the drafts' section"
    for path in ("/recovered/", "/recovered/cabinet-finally-approves-kenya-uae-trade-pact/"):
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == 404, path
