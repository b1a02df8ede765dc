"""A lead picture costs a phone at most 30 kB, whatever its pixel density, and never moves the text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.kinds import DESK, PHONE, Paper, show

pytestmark = pytest.mark.browser

MOST_BYTES = 30_000
LEAD = "figure img"
SHOWN = "image => ({src: image.currentSrc, width: image.naturalWidth, whole: image.complete})"
SHIFT = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""


@pytest.mark.parametrize("density", [1, 2, 3])
@pytest.mark.parametrize(("kind", "picture"), [("story", LEAD), ("front", ".lead img")])
def test_a_phone_gets_the_file_of_480_pixels(
    open_context: Callable[..., BrowserContext], paper: Paper, density: int, kind: str, picture: str
) -> None:
    page = phone(open_context, density)
    bodies: dict[str, int] = {}
    page.on("requestfinished", lambda request: bodies.update({request.url: request.sizes()["responseBodySize"]}))
    show(page, paper, kind)
    page.wait_for_load_state("networkidle")
    lead = page.locator(picture).first.evaluate(SHOWN)
    assert lead["whole"]
    assert lead["width"] == 480
    assert lead["src"].endswith("-480.avif")
    assert 20_000 < bodies[lead["src"]] <= MOST_BYTES, "the edition's lead is grainy: a light one would prove nothing"


def test_a_phone_loads_the_lead_alone_before_it_scrolls(
    open_context: Callable[..., BrowserContext], paper: Paper
) -> None:
    page = phone(open_context, 3)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "image" else None)
    show(page, paper, "story")
    page.wait_for_load_state("networkidle")
    assert page.locator(LEAD).first.get_attribute("loading") is None
    assert [image.get_attribute("loading") for image in page.locator("img").all()[1:]].count(None) == 0
    assert page.locator(LEAD).first.evaluate(SHOWN)["src"] in asked


def test_a_desk_gets_the_file_that_fits_its_column(open_context: Callable[..., BrowserContext], paper: Paper) -> None:
    page = open_context(viewport={"width": DESK, "height": 900}).new_page()
    show(page, paper, "story")
    assert page.locator(LEAD).first.evaluate(SHOWN)["src"].endswith("-720.avif")


@pytest.mark.parametrize("kind", ["front", "story"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pictures_arrive_without_moving_the_text(page: Page, paper: Paper, kind: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, paper, kind)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0


def test_pictures_keep_their_shape(page: Page, paper: Paper) -> None:
    """A width and height that the style overrode in part would stretch them."""
    show(page, paper, "story")
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    shapes = page.locator("img").evaluate_all(
        "all => all.map(one => [one.clientWidth / one.clientHeight, one.naturalWidth / one.naturalHeight, one.src])"
    )
    assert [src for shown, natural, src in shapes if abs(shown / natural - 1) > 0.03] == []


def phone(open_context: Callable[..., BrowserContext], density: int) -> Page:
    """A page on a phone's screen of this pixel density."""
    return open_context(viewport={"width": PHONE, "height": 720}, device_scale_factor=density).new_page()
