"""Reasons in a real browser: each link opens at its field, overriding needs no script, and axe finds nothing."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.media.models import Picture
from gazeti.stories.models import Override, Story
from gazeti.stories.queries.places import link_to
from gazeti.stories.queries.preflight import preflight_of
from tests.front.conftest import make_picture
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.newsroom import make_draft, make_section
from tests.stories.roles import person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]
IN_VIEW = """id => {
  const box = document.getElementById(id)?.getBoundingClientRect()
  return !!box && box.height > 0 && box.top < innerHeight && box.bottom > 0
}"""
REASON = "The county hands it out"


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(person("Editors"))


@pytest.fixture
def draft() -> Story:
    """A long draft with faults from its head to its end."""
    lead, other = make_picture("lead"), make_picture("other")
    Picture.objects.update(credit="", rights_end=date(2024, 1, 1))
    gallery = [{"picture": one.pk, "alt": "", "decorative": False, "caption": ""} for one in (lead, other)]
    paragraphs = [("text", f"<p>Paragraph {number} of the story.</p>") for number in range(20)]
    body = [*paragraphs, ("gallery", gallery), ("text", f"<p>{'word ' * 121}</p>")]
    facts = {"headline": "A headline " * 8, "standfirst": "", "authors": [], "recovered": True, "published_at": None}
    return make_draft(make_section(), lead_picture=lead, body=body, **facts)


def at_the_desk(context: BrowserContext, server: LiveServer, editor: Client) -> Page:
    """A page in which the editor is signed in."""
    cookie = editor.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context.new_page()


def faults(page: Page) -> list[str]:
    """What axe finds by day and by night, on a phone and on a desk; and whether it is wider than a phone."""
    found = [one for width in (PHONE, DESK) for look in ("light", "dark") for one in faults_in(page, width, look)]
    page.set_viewport_size({"width": PHONE, "height": 720})
    wide = page.evaluate("document.documentElement.scrollWidth") > PHONE
    return [*found, *([f"{page.url} is wider than a phone"] if wide else [])]


def test_each_reasons_link_opens_at_its_field(
    live_server: LiveServer, open_context: Open, editor: Client, draft: Story
) -> None:
    page = at_the_desk(open_context(), live_server, editor)
    found = preflight_of(draft, now=timezone.now())
    links = {link_to(one, story=draft) for one in (*found.blocks, *found.warnings)}
    assert len(links) >= 8
    for link in sorted(links):
        page.goto("about:blank")
        page.goto(f"{live_server.url}{link}")
        page.wait_for_function(IN_VIEW, arg=urlsplit(link).fragment)


def test_the_reasons_stand_on_top_of_the_form_and_lead_into_it(
    live_server: LiveServer, open_context: Open, editor: Client, draft: Story
) -> None:
    page = at_the_desk(open_context(viewport={"width": DESK, "height": 900}), live_server, editor)
    page.goto(f"{live_server.url}/desk/pages/{draft.pk}/edit/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("What you wrote is saved as a draft")
    told = page.locator("[data-preflight]")
    for name, panel in (("standfirst", "content-standfirst"), ("date", "promote-where_it_belongs")):
        told.get_by_role("link", name=f"The {name} is missing").click()
        page.wait_for_function(IN_VIEW, arg=f"panel-child-{panel}-section")
        page.get_by_role("tab", name="Content").click()
    assert not Story.objects.get(pk=draft.pk).live


def test_a_rule_is_overridden_and_taken_back_without_javascript(
    live_server: LiveServer, open_context: Open, editor: Client, draft: Story
) -> None:
    page = at_the_desk(open_context(java_script_enabled=False), live_server, editor)
    page.goto(f"{live_server.url}/desk/stories/{draft.pk}/overrides/")
    form = page.locator("form", has_text="The standfirst is missing")
    form.get_by_label("Publish it all the same, because").fill("So what")
    form.get_by_role("button").click()
    expect(form.get_by_text("at least 3 words")).to_be_visible()
    form.get_by_label("Publish it all the same, because").fill(REASON)
    form.get_by_role("button").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    assert Override.objects.get().rule == "standfirst"
    page.get_by_role("button", name="Take back: No standfirst").click()
    expect(page.get_by_text("No rule is overridden for this story.")).to_be_visible()
    assert not Override.objects.exists()


def test_axe_finds_nothing_on_the_pages_of_refusals_and_overrides(
    live_server: LiveServer, open_context: Open, editor: Client, draft: Story
) -> None:
    about = f"picture:{draft.lead_picture_id}"
    editor.post(f"/desk/stories/{draft.pk}/overrides/", {"rule": "credit", "about": about, "reason": REASON})
    page = at_the_desk(open_context(), live_server, editor)
    found = []
    for address in (f"/desk/stories/{draft.pk}/overrides/", "/desk/reports/overrides/"):
        page.goto(f"{live_server.url}{address}")
        found += faults(page)
    page.goto(f"{live_server.url}/desk/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/desk/")
    page.get_by_role("button", name="Yes, publish").click()
    expect(page.get_by_role("heading", name="Not ready to go out")).to_be_visible()
    assert found + faults(page) == []
