"""The field for robots in a real browser: nobody sees it, no Tab reaches it, axe finds nothing, a robot sends it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gazeti.guard import traps
from tests.conventions.tree import PACKAGE
from tests.journeys.axe import faults_in
from tests.journeys.kinds import PHONE

pytestmark = [pytest.mark.browser]

STYLE = Path(PACKAGE / "static/gazeti/css/trap.css")
FORM = """<!doctype html><html lang="en"><head><title>Comment</title><style>{style}</style></head><body><main>
<h1>Comment</h1><form><label>Your comment <textarea name="body"></textarea></label>{trap}
<button>Send</button></form></main></body></html>"""


def show(page: Page) -> None:
    page.set_content(FORM.format(style=STYLE.read_text(encoding="utf-8"), trap=traps.fields("comment")))


def test_nobody_sees_or_reaches_it_and_axe_finds_nothing(page: Page) -> None:
    show(page)
    box = page.locator(".trap").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (1, 1)
    page.get_by_label("Your comment").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    assert page.get_by_role("link").count() == 0
    assert page.get_by_role("textbox").count() == 1
    assert faults_in(page, PHONE, "light") == []


def test_what_a_robot_fills_in_is_sent(page: Page) -> None:
    show(page)
    page.evaluate("for (const one of document.querySelectorAll('input:not([type=hidden]), textarea')) one.value = 'x'")
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")
    assert set(traps.judge(sent, purpose="comment").reasons) == {"filled", "fast"}
