"""A reader's browser that follows a coverage: what its page shows, what it was told, and what the server would show."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti.live.models import Coverage
from gazeti.live.queries.updates import events_after
from gazeti.live.views.told import told
from tests.cli.processes import until

PATIENT = 60_000.0
"""Milliseconds until what must happen counts as not happening: a busy machine is slow, not wrong."""
LIVE = """() => {
  const live = document.getElementById("live").cloneNode(true);
  live.querySelectorAll(".following, .pause").forEach((one) => one.remove());
  return live.outerHTML.replace(/ tabindex="-1"/g, "").replace(/\\s+</g, "<").replace(/>\\s+/g, ">");
}"""
"""The coverage as the page shows it, without what the script alone adds."""
WATCH = """
  window.told = [];
  window.asked = [];
  window.failed = window.lost = 0;
  window.seen = {};
  const { fetch, EventSource } = window;
  window.fetch = (address, ...more) => {
    asked.push(address);
    return fetch(address, ...more).catch((error) => { lost += 1; throw error; });
  };
  if (EventSource) window.EventSource = class extends EventSource {
    constructor(address) {
      asked.push(address);
      super(address);
      this.addEventListener("error", () => { failed += 1; });
    }
  };
  const watch = (changes) => {
    for (const { target, addedNodes } of changes) {
      const status = target.parentElement?.closest("[role=status]") || target.closest?.("[role=status]");
      if (status?.textContent) told.push(status.textContent);
      for (const one of addedNodes) if (one.className?.startsWith?.("update")) seen[one.id] = (seen[one.id] || 0) + 1;
    }
  };
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(watch).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
"""
"""Notes what is asked for, what a screen reader is told and which articles come, and changes nothing."""
AWAY = """
  window.isAway = false;
  Object.defineProperty(Document.prototype, "hidden", { get: () => window.isAway });
"""
"""A browser without a screen shows each of its pages at all times, so whether it is looked at is pretended."""


class Follower:
    """One page, opened at a coverage. `kept` is the page as some cache kept it from before."""

    def __init__(self, page: Page, address: str, query: str = "", *, kept: bytes = b"") -> None:
        """Open it."""
        self.page, self.address, self.query = page, address, query
        self.coverage: Any = None
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.add_init_script(WATCH)
        if kept:
            page.route(f"{address}{query}", lambda route: route.fulfill(body=kept, content_type="text/html"))
        page.goto(f"{address}{query}")

    @property
    def live(self) -> str:
        """The coverage as this page shows it."""
        assert self.errors == []
        return str(self.page.evaluate(LIVE))

    @property
    def fresh(self) -> str:
        """The coverage as somebody sees it who opens the page now."""
        page = self.page.context.new_page()
        page.goto(f"{self.address}{self.query}")
        shown = str(page.evaluate(LIVE))
        page.close()
        return shown

    @property
    def told(self) -> list[str]:
        """What a screen reader was told so far."""
        words: list[str] = self.page.evaluate("told")
        return words

    @property
    def numbers(self) -> list[int]:
        """The updates on the page, from its top."""
        found: list[int] = self.page.locator(".update").evaluate_all("all => all.map((one) => Number(one.id.slice(1)))")
        return found

    def asked_for(self, part: str) -> int:
        """How often it asked for what is called so below the coverage: `after` or `stream`."""
        asked: list[str] = self.page.evaluate("asked")
        return sum(f"/{part}/" in address for address in asked)

    def reaches(self, seq: int) -> None:
        """Wait until it has taken the event of that number."""
        expect(self.page.locator("#live")).to_have_attribute("data-seq", str(seq), timeout=PATIENT)
        assert self.errors == []

    def reaches_head(self) -> None:
        """Wait until it has taken all that happened."""
        self.coverage.refresh_from_db()
        self.reaches(self.coverage.head)

    def passes(self, seconds: float) -> None:
        """Let so much time pass: whatever is due meanwhile happens once."""
        self.page.clock.fast_forward(round(seconds * 1000))

    def fails(self, times: int) -> None:
        """Wait until so many streams have failed."""
        until(lambda: self.page.evaluate("failed") == times, f"{times} streams fail")

    def loses(self, times: int) -> None:
        """Wait until so many questions got no answer."""
        until(lambda: self.page.evaluate("lost") == times, f"{times} questions get no answer")

    def asks_within(self, seconds: float) -> None:
        """Let so much time pass, in which it asks what is new, and wait until it knows: something is."""
        with self.page.expect_response("**/after/*/", timeout=PATIENT):
            self.passes(seconds)
        self.reaches_head()

    def down_to(self, number: int, *, offset: int = 100) -> float:
        """Scroll until an update stands so many pixels under the upper edge of the window; where it stands exactly."""
        self.page.evaluate(f"scrollTo(0, u{number}.getBoundingClientRect().top + scrollY - {offset})")
        return self.top_of(number)

    def top_of(self, number: int) -> float:
        """Where an update stands under the upper edge of the window, in pixels."""
        return float(self.page.evaluate(f"u{number}.getBoundingClientRect().top"))


def follow(page: Page, server: LiveServer, coverage: Coverage, query: str = "", *, kept: bytes = b"") -> Follower:
    """Open a page at a coverage of the test's own newsroom."""
    follower = Follower(page, f"{server.url}{coverage.story.address}", query, kept=kept)
    follower.coverage = coverage
    return follower


def happened(coverage: Coverage, *, after: int) -> list[dict[str, Any]]:
    """What the stream tells after a number."""
    return [told(event) for event in events_after(coverage, number=after)]


def streams(page: Page, events: Sequence[dict[str, Any]] = ()) -> None:
    """Let the first stream bring these events in this order and end, and let all others fail; without events all fail.

    It stands in for a line that repeats, loses and changes the order of what it carries, which no server of ours does.
    """
    body = "".join(f"id: {event['seq']}\ndata: {json.dumps(event)}\n\n" for event in events)
    page.route("**/stream/**", lambda route: route.abort())
    if events:
        answer = {"body": body, "content_type": "text/event-stream"}
        page.route("**/stream/**", lambda route: route.fulfill(**answer), times=1)


@contextmanager
def frozen(page: Page) -> Iterator[None]:
    """Stop the page's process in the block, as sleep does: it runs nothing, and others keep what is sent to it.

    (Chromium's own way to freeze a page has no effect on one that Playwright drives: it counts as looked at.)
    """
    assert page.context.browser
    devtools = page.context.browser.new_browser_cdp_session()
    processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [one["id"] for one in processes if one["type"] == "renderer"]
    for pid in renderers:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in renderers:
            os.kill(pid, signal.SIGCONT)
