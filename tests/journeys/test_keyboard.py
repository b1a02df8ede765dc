"""A reader without a mouse: the skip link comes first, and what has the focus can be seen."""

import pytest
from playwright.sync_api import Page

from tests.journeys.kinds import FAILED, KINDS, Paper, show

pytestmark = pytest.mark.browser

WITH_MASTHEAD = [kind for kind in KINDS if kind != FAILED]
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


@pytest.mark.parametrize("kind", WITH_MASTHEAD)
def test_the_first_stop_skips_to_the_content(page: Page, paper: Paper, kind: str) -> None:
    show(page, paper, kind)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert first == {"what": "A Skip to the content", "ring": True, "seen": True}
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, aside, footer') !== null")
    assert page.evaluate("document.activeElement.closest('header.masthead') === null")


@pytest.mark.parametrize("kind", KINDS)
def test_every_stop_is_reached_and_seen(page: Page, paper: Paper, kind: str) -> None:
    show(page, paper, kind)
    wanted = page.locator(TABBABLE).count()
    assert 0 < wanted < MOST_STOPS
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert [stop["what"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert "" not in [stop["what"] for stop in stops], "the focus left the page early"
