"""Every kind of page on the narrowest screens, with large text, in forced colours and on paper."""

import pytest
from playwright.sync_api import Page

from tests.journeys.kinds import DESK, PHONE, Paper, show

pytestmark = pytest.mark.browser

NARROWEST = 320
"""CSS pixels: 1280 at a zoom of 400 % (WCAG 1.4.10)."""
SMALLEST_TARGET = 24
"""CSS pixels (WCAG 2.5.8)."""
WIDER_THAN_THE_SCREEN = """() => {
  const room = document.documentElement.clientWidth;
  const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const inside = element => element && (scrolls(element) || inside(element.parentElement));
  return [...document.body.querySelectorAll('*:not(.skip)')]
    .filter(element => element.getBoundingClientRect().right > room + 0.5 && !inside(element.parentElement))
    .map(element => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 60)}`);
}"""
CUT_OFF = """() => [...document.body.querySelectorAll('*:not(.skip, .title-of-page, input)')]
  .filter(element => {
    const style = getComputedStyle(element);
    const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
    return hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  })
  .map(element => `${element.tagName} ${element.className}`)"""
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll('a, h1, h2, h3, p, time, li > img, button, input, label')]
    .filter(element => !element.closest('.nav, .skip, .title-of-page') && element.getClientRects().length)
    .map(element => [element, element.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([two, b]) => meet(a, b) && !one.contains(two) && !two.contains(one)
      && getComputedStyle(one).display !== 'inline' && getComputedStyle(two).display !== 'inline')
    .map(([two]) => `${one.textContent.slice(0, 30)} / ${two.textContent.slice(0, 30)}`));
}"""
TAPPED = "nav a, header a, footer a, button, input, .share a, .topics a, .recent a, .kicker"
NOT_PRINTED = ("nav", "footer", "aside.rail", ".share", ".skip", "form")
INVISIBLE = """() => [...document.querySelectorAll('main button, main input, .masthead')]
  .filter(element => ['0px', ''].includes(getComputedStyle(element).borderBottomWidth))
  .map(element => element.outerHTML)"""
SMALL_TARGETS = """([tapped, smallest]) => [...document.querySelectorAll(tapped)]
  .filter(element => !element.matches('.skip'))
  .map(element => [element.textContent, element.getBoundingClientRect()])
  .filter(([, box]) => box.width < smallest || box.height < smallest)
  .map(([words, box]) => `${words}: ${box.width} by ${box.height}`)"""


def test_nothing_is_wider_than_a_phone(shown: Page) -> None:
    for width in (PHONE, NARROWEST):
        shown.set_viewport_size({"width": width, "height": 720})
        assert shown.evaluate(WIDER_THAN_THE_SCREEN) == [], f"at {width} px"
        assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_text_of_twice_the_size_loses_nothing(shown: Page) -> None:
    """WCAG 1.4.4, on a phone and on a desk."""
    shown.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (PHONE, DESK):
        shown.set_viewport_size({"width": width, "height": 720})
        assert shown.evaluate(WIDER_THAN_THE_SCREEN) == [], f"at {width} px"
        assert shown.evaluate(CUT_OFF) == [], f"at {width} px"
        assert shown.evaluate(OVERLAPPING) == [], f"at {width} px"


def test_what_is_tapped_is_large_enough(shown: Page) -> None:
    assert shown.evaluate(SMALL_TARGETS, [TAPPED, SMALLEST_TARGET]) == []


def test_forced_colours_keep_what_shapes_told(shown: Page) -> None:
    shown.emulate_media(forced_colors="active")
    assert shown.evaluate("matchMedia('(forced-colors: active)').matches")
    assert shown.evaluate(INVISIBLE) == []
    for current in shown.locator("nav [aria-current]").all():
        # Shadows are gone in forced colours: something else must tell which section this is.
        assert int(current.evaluate("link => getComputedStyle(link).fontWeight")) >= 600


def test_paper_gets_the_page_without_its_navigation(shown: Page) -> None:
    shown.emulate_media(media="print")
    seen = {name for name in (*NOT_PRINTED, "h1") for one in shown.locator(name).all() if one.is_visible()}
    assert seen == {"h1"}


def test_the_navigation_scrolls_by_itself_to_its_last_word(page: Page, paper: Paper) -> None:
    show(page, paper, "front")
    last = page.get_by_role("navigation", name="Sections").get_by_role("link").last
    last.focus()
    box = last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE


def test_a_printed_story_is_whole(page: Page, paper: Paper) -> None:
    show(page, paper, "story")
    page.emulate_media(media="print")
    parts = ("h1", ".byline", ".story-body", ".sources", "figure", "table", ".facts")
    assert [part for part in parts if not page.locator(part).first.is_visible()] == []
