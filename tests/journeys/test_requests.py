"""What a reader's browser asks for, keeps and complains of: this site alone, no cookie, nothing refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.journeys.kinds import KINDS, STATUSES, Paper, show

pytestmark = pytest.mark.browser

TO_THE_END = """async () => {
  for (let at = 0; at < document.body.scrollHeight; at += 300) {
    scrollTo(0, at);
    await new Promise(requestAnimationFrame);
  }
  await Promise.all([...document.images].map(image => image.decode().catch(() => image.src)));
}"""
WATCH_THE_POLICY = """addEventListener('securitypolicyviolation', event => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
})"""
BLOCKING = """() => performance.getEntriesByType('resource')
  .filter(entry => entry.renderBlockingStatus === 'blocking').map(entry => entry.name)"""


@dataclass
class Heard:
    """What one page asked for and complained of."""

    asked: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, request: Request) -> None:
        """Take one request in: a method of ours, since Playwright marks what listens."""
        self.asked.append(request)


@pytest.fixture
def listened(open_context: Callable[..., BrowserContext]) -> tuple[Page, Heard]:
    """A page, and what is heard of it."""
    heard = Heard()
    page = open_context().new_page()
    page.add_init_script(WATCH_THE_POLICY)
    page.on("request", heard.hear)
    page.on("requestfailed", lambda request: heard.complaints.append(f"{request.url}: {request.failure}"))
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    page.on("console", lambda message: heard.complaints.append(message.text))
    return page, heard


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_this_site_alone_and_leaves_nothing_behind(
    listened: tuple[Page, Heard], paper: Paper, kind: str
) -> None:
    page, heard = listened
    read(page, paper, kind)
    assert {urlsplit(request.url).netloc for request in heard.asked} == {urlsplit(paper.address).netloc}
    assert [request.url for request in heard.asked if request.resource_type == "document"] == [page.url]
    pictures = [request.url for request in heard.asked if request.resource_type != "document"]
    assert [url for url in pictures if not urlsplit(url).path.startswith(("/media/pictures/", "/favicon.svg"))] == []
    assert len(pictures) == len(set(pictures)), "nothing is asked for twice"
    assert page.evaluate(BLOCKING) == []
    assert complaints(heard, kind) == []
    assert cookies(page, heard) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("kind", ["front", "story", "search", "not found"])
def test_a_second_visit_sends_no_cookie(listened: tuple[Page, Heard], paper: Paper, kind: str) -> None:
    page, heard = listened
    show(page, paper, kind)
    show(page, paper, kind)
    assert cookies(page, heard) == []


def test_a_refused_style_and_a_foreign_picture_are_heard(listened: tuple[Page, Heard], paper: Paper) -> None:
    page, heard = listened
    read(page, paper, "front")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://tracker.example/\"><b style=\"\">')"
    )
    page.evaluate("document.body.lastChild.setAttribute('style', 'color: red')")
    page.wait_for_timeout(50)
    told = " ".join(heard.complaints)
    assert "policy: img-src http://tracker.example/" in told
    assert "policy: style-src-attr" in told


def read(page: Page, paper: Paper, kind: str) -> None:
    """Open a page and scroll to its end, so that pictures further down are asked for too."""
    show(page, paper, kind)
    page.evaluate(TO_THE_END)
    page.wait_for_load_state("networkidle")


def complaints(heard: Heard, kind: str) -> list[str]:
    """What the browser complained of, but its note that a page answers 404, 410 or 500, as that one must."""
    expected = f"status of {STATUSES.get(kind)} "
    return [told for told in heard.complaints if expected not in told]


def cookies(page: Page, heard: Heard) -> list[Any]:
    """All cookies that were kept, sent or set."""
    answers = [answer for request in heard.asked if (answer := request.response())]
    sent = [request.url for request in heard.asked if "cookie" in request.all_headers()]
    return [*page.context.cookies(), *sent, *(one for answer in answers for one in answer.header_values("set-cookie"))]
