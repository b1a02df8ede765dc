"""A story that is handed in while the desk still saves it by itself is one story."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.stories.models import Story
from tests.journeys.test_filing import SEES_EDITS, ready
from tests.newsroom import make_section
from tests.stories.roles import person, signed_in
from tests.stories.test_reasons_in_a_browser import at_the_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADLINE = "The bridge is open"


def test_a_story_saved_twice_at_once_is_made_once(
    live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    section, editor = make_section(), signed_in(person("Editors"))
    page = at_the_desk(open_context(), live_server, editor)
    page.add_init_script(SEES_EDITS)
    held: list[Route] = []
    page.route(
        "**/pages/add/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    page.goto(f"{live_server.url}/desk/pages/add/gazeti_stories/story/{section.pk}/")
    ready(page)
    field = page.get_by_role("textbox", name="Headline")
    with page.expect_request(lambda request: request.method == "POST"):
        field.press_sequentially(HEADLINE)
        field.press("Tab")
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(f"{live_server.url}/desk/pages/add/gazeti_stories/story/{section.pk}/")
    assert len(held) == 1
    with page.expect_navigation():
        held[0].continue_()
    expect(page.get_by_role("textbox", name="Headline")).to_have_value(HEADLINE)
    assert [story.title for story in Story.objects.all()] == [HEADLINE]
    assert len(held) == 1
