"""In a browser, on a phone: a story is withdrawn with a sentence, and the page that says what is kept is read."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.stories.models import Story
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.newsroom import make_story
from tests.stories.calling import somebody
from tests.stories.test_shared_in_a_browser import complaints, desk_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(transactional_db: None) -> Story:
    return make_story(headline="The mayor resigned")


def test_an_editor_withdraws_a_story_from_a_phone_and_readers_are_told_at_once(
    story: Story, live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    page = desk_of(somebody("Editors"), live_server, open_context(viewport={"width": PHONE, "height": 740}))
    said = complaints(page)
    page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:unpublish', args=[story.pk])}")
    fits(page)
    page.get_by_role("button", name="Yes, unpublish it").click()
    expect(page.get_by_text("Choose what readers are told")).to_be_visible()
    page.get_by_label("Withdraw it").check()
    page.get_by_label("Sentence for readers").fill("It was another mayor.")
    page.get_by_role("button", name="Yes, unpublish it").click()
    expect(page.get_by_text("unpublished").first).to_be_visible()
    reader = open_context().new_page()
    answer = reader.goto(f"{live_server.url}{story.address}")
    assert answer is not None
    assert answer.status == 410
    expect(reader.get_by_text("It was another mayor.")).to_be_visible()
    assert [line for line in said if "422" not in line] == []


@pytest.mark.parametrize("name", ["unpublish", "delete", "bulk"])
def test_axe_finds_nothing_on_what_is_asked_and_told(
    story: Story, name: str, live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    page = desk_of(somebody("Administrators"), live_server, open_context())
    bulk = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?id={story.pk}"
    address = bulk if name == "bulk" else reverse(f"wagtailadmin_pages:{name}", args=[story.pk])
    page.goto(f"{live_server.url}{address}")
    assert [fault for width in (PHONE, DESK) for fault in faults_in(page, width, "light")] == []
    page.set_viewport_size({"width": PHONE, "height": 740})
    fits(page)


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
