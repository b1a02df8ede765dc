"""The live desk in a browser: two reporters, no JavaScript, keys alone; axe finds nothing."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti import log
from gazeti.accounts.models import User
from gazeti.live.actions import send_in
from gazeti.live.models import Coverage
from gazeti.live.rules import stream_of
from tests.journeys.axe import SCHEMES, faults_in
from tests.journeys.kinds import DESK, PHONE
from tests.live.covering import make_update, make_words
from tests.live.phones import LONG, PHONE_SCREEN, Open, coverage, pictures, said, signed_in, write, zawadi
from tests.live.reporters import screen_of
from tests.newsroom import NOW
from tests.stories.roles import person
from tests.stories.test_shared_in_a_browser import complaints

__all__ = ["coverage", "pictures", "zawadi"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_reporters_see_what_each_other_posts_and_nothing_typed_moves(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User
) -> None:
    musa = person("Reporters", name="musa")
    pages = [signed_in(open_context(**PHONE_SCREEN), one, live_server).new_page() for one in (zawadi, musa)]
    for page in pages:
        page.goto(f"{live_server.url}{screen_of(coverage)}")
    first, second = pages
    second.get_by_label("Text", exact=True).fill("While I write")
    place = second.get_by_label("Text", exact=True).bounding_box()
    write(first, "From the east bank.")
    expect(second.locator("[data-live-below]")).to_contain_text("From the east bank.", timeout=LONG)
    expect(second.get_by_label("Text", exact=True)).to_have_value("While I write")
    expect(second.get_by_label("Text", exact=True)).to_be_focused()
    assert second.get_by_label("Text", exact=True).bounding_box() == place
    expect(second.locator("[data-live-told]")).to_have_text("There is something new below.")


def test_without_javascript_an_update_with_a_picture_is_posted_changed_and_taken_back(
    live_server: LiveServer, open_context: Open, coverage: Coverage, zawadi: User, pictures: list[Path]
) -> None:
    context = signed_in(open_context(java_script_enabled=False, **PHONE_SCREEN), zawadi, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    page.get_by_label("Text", exact=True).fill("Traders crossed it first.")
    page.locator("summary", has_text="Picture").tap()
    page.get_by_label("File").set_input_files(pictures[0])
    page.get_by_role("button", name="Post", exact=True).tap()
    expect(page.get_by_role("alert")).to_contain_text("Not taken yet")
    expect(page.locator("#alt-wrong")).to_contain_text("Say in words what the picture shows")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Traders crossed it first.")
    assert said(coverage) == []
    page.get_by_label("File").set_input_files(pictures[0])
    page.get_by_label("What it shows").fill("Traders on the new bridge")
    page.get_by_label("Who made it").fill("Zawadi Otieno")
    page.get_by_role("button", name="Post", exact=True).tap()
    expect(page.get_by_role("status").first).to_have_text("Posted.")
    number = coverage.updates.get().number
    page.get_by_role("link", name=f"Change update {number}").tap()
    page.get_by_label("Text", exact=True).fill("Children crossed it first.")
    page.get_by_label("Correction").fill("It was children.")
    page.get_by_role("button", name="Save").tap()
    expect(page.locator(f"#u{number}")).to_contain_text("Children crossed it first.")
    page.get_by_role("link", name=f"Take update {number} back").tap()
    page.get_by_role("button", name="Yes, take it back").tap()
    expect(page.locator(f"#u{number}")).to_contain_text("Taken back.")
    assert [one.kind for one in log.read(0, stream=stream_of(coverage.pk))] == ["resume", "post", "edit", "retract"]


def test_an_editor_directs_the_coverage_by_keys_alone(
    live_server: LiveServer, open_context: Open, coverage: Coverage
) -> None:
    make_update(coverage, "One.")
    page = signed_in(open_context(), person("Editors"), live_server).new_page()
    page.goto(f"{live_server.url}{screen_of(coverage)}")
    press(page, "Pin update 2")
    expect(page.locator("#u2")).to_contain_text("pinned")
    press(page, "Pause")
    expect(page.locator(".state")).to_have_text("paused")
    press(page, "Write a summary", role="link")
    page.get_by_label("What is known").focus()
    page.keyboard.type("The bridge is open.")
    press(page, "Save")
    press(page, "Close…")
    press(page, "Yes, close it")
    expect(page.locator(".state")).to_have_text("closed")
    kinds = [one.kind for one in log.read(0, stream=stream_of(coverage.pk))]
    assert kinds == ["resume", "post", "pin", "pause", "summary", "close"]


def press(page: Page, name: str, *, role: Literal["button", "link"] = "button") -> None:
    """Go to a button by Tab, and press Enter."""
    there = page.get_by_role(role, name=name)
    expect(there).to_be_visible()
    for _step in range(60):
        if there.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(there).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_axe_finds_nothing_and_no_page_is_wider_than_a_phone(
    live_server: LiveServer, open_context: Open, coverage: Coverage
) -> None:
    make_update(coverage, "A_very_long_word" + "x" * 120, heading="Open", is_key=True)
    send_in(coverage.pk, words=make_words("The ferry is full."), by=person("Moderators"), key="k", now=NOW)
    context = signed_in(open_context(), person("Editors"), live_server)
    page = context.new_page()
    broken = complaints(page)
    base = screen_of(coverage)
    paths = ["/desk/live/", base, f"{base}updates/2/", f"{base}updates/2/retract/", f"{base}summary/"]
    found = []
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        looks = [(width, look) for width in (PHONE, DESK) for look in SCHEMES]
        found += [f"{path} {fault}" for width, look in looks for fault in faults_in(page, width, look)]
        page.set_viewport_size({"width": PHONE, "height": 720})
        if page.evaluate("document.documentElement.scrollWidth") > PHONE:
            found.append(f"{path} is wider than a phone")
    page.goto(f"{live_server.url}{base}")
    context.set_offline(offline=True)
    page.get_by_label("Text", exact=True).fill("It waits.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("region", name="Not sent yet")).to_be_visible()
    found += [f"waiting {fault}" for look in SCHEMES for fault in faults_in(page, PHONE, look)]
    assert found == []
    assert [one for one in broken if "Security" in one or "Error" in one] == []
