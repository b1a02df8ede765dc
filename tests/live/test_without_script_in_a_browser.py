"""The same coverage without JavaScript in Chromium: what is new, what is older, an address for each, and reloading."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import edit_update, move_to, retract_update, summarise
from gazeti.live.models import Coverage
from gazeti.live.rules import Kind
from tests.live.covering import make_update, make_words
from tests.live.happening import long_coverage, much_happens
from tests.newsroom import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coverage() -> Coverage:
    return long_coverage()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], live_server: LiveServer, coverage: Coverage) -> Page:
    """A page without script, opened at the coverage."""
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{coverage.story.address}")
    return page


def numbers(page: Page) -> list[int]:
    return [int(str(one.get_attribute("id"))[1:]) for one in page.locator(".update").all()]


def click(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def test_a_reader_is_told_what_is_new_again_and_again(page: Page, coverage: Coverage) -> None:
    click(page, "See what is new")
    expect(page.get_by_text("Nothing new so far.")).to_be_visible()
    first = make_update(coverage, "The first.").number
    click(page, "See what is new")
    assert numbers(page) == [first]
    second = make_update(coverage, "The second.").number
    edit_update(coverage.pk, number=20, words=make_words("Better so."), now=NOW)
    retract_update(coverage.pk, number=first, now=NOW)
    summarise(coverage.pk, words=make_words("What we know by now."), now=NOW)
    move_to(coverage.pk, kind=Kind.PAUSE, now=NOW)
    click(page, "See what is new")
    assert numbers(page) == [second, first, 20]
    expect(page.locator(f"#u{first}")).to_have_text("An update stood here. It was taken back.")
    for told in ("Better so.", "What we know by now.", "Paused"):
        expect(page.get_by_text(told).first).to_be_visible()
    click(page, "See what is new")
    expect(page.get_by_text("Nothing new so far.")).to_be_visible()
    click(page, "The whole coverage")
    assert numbers(page)[:2] == [8, second]


def test_all_updates_are_read_page_by_page_while_more_are_posted(page: Page, coverage: Coverage) -> None:
    read = numbers(page)
    much_happens(coverage)
    while page.get_by_role("link", name="Older updates").count():
        click(page, "Older updates")
        read += numbers(page)
    assert [one for one in read if one <= 35 and one != 8] == [one for one in range(35, 1, -1) if one != 8]
    click(page, "Newest updates")
    expect(page.get_by_role("link", name="Older updates")).to_be_visible()


def test_an_updates_address_opens_at_it_wherever_it_stands(page: Page, coverage: Coverage) -> None:
    address = page.url
    for number in (35, 20, 3):
        page.goto(f"{address}updates/{number}/")
        assert page.url.endswith(f"#u{number}")
        expect(page.locator(f"#u{number}")).to_be_in_viewport()
    page.goto(address)
    page.locator("#u20 header a").first.click()
    expect(page.locator("#u20")).to_be_in_viewport()
    retract_update(coverage.pk, number=20, now=NOW)
    answer = page.goto(f"{address}updates/20/")
    assert answer
    assert answer.status == 410
    expect(page.get_by_text("Update 18.")).to_have_count(0)


def test_a_reader_turns_reloading_on_and_off(page: Page, coverage: Coverage) -> None:
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    click(page, "Reload every minute")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_attribute("content", "60")
    newest = make_update(coverage).number
    page.reload()
    assert newest in numbers(page)
    click(page, "Stop reloading")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)
    page.goto(f"{page.url}?refresh=60")
    expect(page.get_by_text("This coverage has ended.")).to_be_visible()
    expect(page.locator("meta[http-equiv=refresh], script[src*='live.js']")).to_have_count(0)
