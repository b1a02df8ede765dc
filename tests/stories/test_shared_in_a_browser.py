"""In a browser: a preview's weight follows what is typed; a shared draft is read; its links are made and ended."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import User
from gazeti.media.models import Picture
from gazeti.stories.actions import share_draft
from gazeti.stories.models import Story
from tests.front.conftest import make_picture
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.journeys.test_filing import SEES_EDITS, ready
from tests.newsroom import make_draft
from tests.stories.calling import somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def desk_of(person: User, server: LiveServer, context: BrowserContext) -> Page:
    """Open a browser in which somebody is signed in; what breaks the policy on its pages is kept in `broken`."""
    client = Client()
    client.force_login(person)
    session: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}
    context.add_cookies([session])
    return context.new_page()


def complaints(page: Page) -> list[str]:
    """Collect what the browser says of its policy and of scripts."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def draft(transactional_db: None) -> Story:
    return make_draft(lead_picture=make_picture(size=(1300, 867)))


def test_the_line_beside_the_preview_follows_what_is_typed(
    draft: Story, live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context(viewport={"width": DESK, "height": 900})
    page = desk_of(somebody("Editors"), live_server, context)
    said = complaints(page)
    page.add_init_script(SEES_EDITS)
    page.goto(f"{live_server.url}/desk/pages/{draft.pk}/edit/")
    ready(page)
    page.get_by_role("button", name="Toggle preview").click()
    line = page.locator("[data-story-weight]")
    expect(line).to_contain_text(re.compile(r"First view [\d,]+ bytes, pictures \d+ k?B\."), timeout=20_000)
    before = line.inner_text()
    page.get_by_role("textbox", name="Headline").first.fill("A headline of quite another length, typed just now")
    expect(line).not_to_have_text(before, timeout=20_000)
    assert [one for one in said if "Content Security" in one or "Error" in one] == []


def test_a_shared_draft_is_read_on_a_phone_by_everybody(
    draft: Story, live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    token = share_draft(draft, days=7, now=timezone.now())[1]
    page = open_context(java_script_enabled=True).new_page()
    said = complaints(page)
    page.goto(f"{live_server.url}/drafts/{token}/")
    expect(page.get_by_text("Draft, not published.")).to_be_visible()
    picture = page.get_by_role("img").first
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert [fault for width in (PHONE, DESK) for fault in faults_in(page, width, "light")] == []
    assert said == []
    page.goto(f"{live_server.url}/drafts/{'x' * 43}/")
    assert faults_in(page, PHONE, "light") == []


def test_links_to_a_draft_are_made_and_ended_at_the_desk_from_a_phone(
    draft: Story, live_server: LiveServer, open_context: Callable[..., BrowserContext]
) -> None:
    page = desk_of(somebody("Editors"), live_server, open_context())
    page.goto(f"{live_server.url}/desk/stories/{draft.pk}/share/")
    page.get_by_label("The link ends after").select_option("30")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("The link. Copy it now").input_value()
    assert "/drafts/" in address
    for width in (PHONE, DESK):
        assert faults_in(page, width, "light") == []
    page.set_viewport_size({"width": PHONE, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("button", name=re.compile("End the link")).click()
    expect(page.get_by_text("Ended early")).to_be_visible()
    page.goto(f"{live_server.url}/desk/stories/{draft.pk}/weight/")
    assert Picture.objects.count() == 1
    assert faults_in(page, PHONE, "light") == []
