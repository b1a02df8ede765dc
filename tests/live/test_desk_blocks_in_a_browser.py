"""An update of all blocks is written and changed at the desk in a browser, under the desk's policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.models import Coverage, Wording
from tests.journeys.axe import faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.live.phones import LONG, coverage
from tests.live.reporters import screen_of
from tests.stories.roles import person
from tests.stories.test_shared_in_a_browser import complaints, desk_of

__all__ = ["coverage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_quotation_is_posted_and_its_speaker_changed(
    live_server: LiveServer, open_context: Callable[..., BrowserContext], coverage: Coverage
) -> None:
    page = desk_of(person("Editors"), live_server, open_context(viewport={"width": DESK, "height": 900}))
    said = complaints(page)
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    page.get_by_role("link", name="All blocks…").click()
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Quotation").click()
    page.get_by_label("Quotation").last.fill("It is our bridge.")
    page.get_by_label("Speaker").fill("Musa Ali")
    page.get_by_role("button", name="Post").click()
    page.wait_for_url(f"**{screen_of(coverage)}")
    expect(page.locator("[data-live-below]")).to_contain_text("It is our bridge.")
    number = coverage.updates.get().number
    page.goto(f"{live_server.url}{screen_of(coverage)}updates/{number}/blocks/")
    speaker = page.get_by_label("Speaker")
    expect(speaker).to_have_value("Musa Ali", timeout=LONG)
    assert faults_in(page, PHONE, "light") == []
    page.set_viewport_size({"width": DESK, "height": 900})
    speaker.fill("Musa Hassan")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{screen_of(coverage)}")
    (block,) = Wording.objects.latest("number").body.get_prep_value()
    assert block["value"] == {"text": "It is our bridge.", "speaker": "Musa Hassan", "role": ""}
    assert [one for one in said if "Security" in one or "Error" in one] == []
