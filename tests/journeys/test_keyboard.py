"""A reader without a mouse: the skip link comes first, and what has the focus can be seen."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOST_STOPS = 120
FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    what: element === document.body ? '' : `${element.tagName} ${element.textContent.trim() || element.name}`,
    ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none',
    seen: box.width > 1 && box.height > 1 && box.left < innerWidth && box.right > 0
      && box.top < innerHeight && box.bottom > 0,
  };
}"""
TABBABLE = "a[href], button, input, textarea, select, [tabindex='0']"


def test_the_first_stop_skips_to_the_content(shown: Page) -> None:
    shown.goto(shown.url.partition("#")[0])
    shown.keyboard.press("Tab")
    if shown.locator(".skip").count() == 0:
        assert shown.locator("header").count() == 0, "only a page without a masthead has nothing to skip"
        return
    assert shown.evaluate(FOCUSED) == {"what": "A Skip to the content", "ring": True, "seen": True}
    shown.keyboard.press("Enter")
    shown.wait_for_url("**#main")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.closest('main, aside, footer') !== null")
    assert shown.evaluate("document.activeElement.closest('header.masthead') === null")


def test_every_stop_is_reached_and_seen(shown: Page) -> None:
    shown.goto(shown.url.partition("#")[0])
    wanted = shown.locator(TABBABLE).count()
    assert 0 < wanted < MOST_STOPS
    stops = []
    for _ in range(wanted):
        shown.keyboard.press("Tab")
        stops.append(shown.evaluate(FOCUSED))
    assert [stop["what"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert "" not in [stop["what"] for stop in stops], "the focus left the page early"
