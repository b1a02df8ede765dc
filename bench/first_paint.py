"""First paint on a poor phone: 400 kbit/s, 400 ms round trip, a processor four times slower; the bare text is 1.

Debian's Chromium, an empty profile each time, throttled through its DevTools protocol. It throttles by request, not by
packet: connection set-up and TCP's first window cost nothing here, so the table of weights looks after that window.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Part, Table, ratio, spread, turns
from bench.live_header import copy_with_live_header
from bench.newsroom import checked, settings_of
from bench.servers import HOST, serving
from bench.text import PageText
from bench.weight import bare_page

ROUNDS = 11
PROMISED = 1.25
KBIT = 400
LATENCY_MS = 400
TIMES_SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": LATENCY_MS,
    "downloadThroughput": KBIT * 1000 / 8,
    "uploadThroughput": KBIT * 1000 / 8,
}
PHONE = {"viewport": {"width": 360, "height": 720}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PAINT = """() => new Promise(done => {
  const watcher = new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(entry => {
    const document = performance.getEntriesByType('navigation')[0];
    done([document.responseStart - document.requestStart, document.responseEnd, entry.startTime]);
  }));
  watcher.observe({type: 'paint', buffered: true});
})"""
"""Paint Timing (W3C): first-contentful-paint, with the server's time and the document's last byte beside it."""
BASE = "bare text"
COLUMNS = (
    "page", "server, ms", "last byte, ms", "first paint, ms", "quartiles, ms", "times the bare text",
    "the fastest alone", "with the server's time",
)  # fmt: skip
NOTE = (
    f"Medians of {ROUNDS} rounds in turns, each with an empty profile. Promised for the story: {PROMISED}. "
    "Chromium's round trip is a least time: a server that answers within it costs nothing. The last column adds the "
    "server's time on both sides, as a real network would; the one before it compares the fastest opening of each, "
    "which others on the machine disturbed least."
)


class NoBrowser(Exception):
    """This machine has no Chromium to measure with."""


@dataclass(frozen=True)
class Sample:
    """Milliseconds of one opening: the server's until its first byte; from the start, the last byte and the paint."""

    server: float
    last_byte: float
    paint: float

    @property
    def with_server(self) -> float:
        """The paint after the server's time, which the throttled round trip hides."""
        return self.paint + self.server


def measure(home: Path, text: PageText, addresses: Mapping[str, str]) -> Part:
    """Paint story, front and bare text in turns. Raises NoBrowser."""
    with all_served(home, text, addresses) as pages:
        samples = paint_in_turns(pages, rounds=ROUNDS)
    table = Table(
        f"First paint at {KBIT} kbit/s, {LATENCY_MS} ms round trip, {TIMES_SLOWER} times slower processor",
        COLUMNS,
        [row(name, found, samples[BASE]) for name, found in samples.items()],
        NOTE,
    )
    base = samples[BASE]
    ratios = {name: ratio(paints(found), paints(base)) for name, found in samples.items()}
    raw = {name: [astuple(one) for one in found] for name, found in samples.items()}
    return Part([table], {"promised": PROMISED, "ratios": ratios, "samples": raw})


@contextmanager
def all_served(home: Path, text: PageText, addresses: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Serve bare text, newsroom, and newsroom with the live link in its header, each by a Granian of its own."""
    other = copy_with_live_header(home, home.parent / f"{home.name}-live")
    site = "gazeti.config.asgi:application"
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, other)
        bare = stack.enter_context(serving("bench.bare:application", bare_page(home, text)))
        real = stack.enter_context(serving(site, settings_of(home)))
        with_link = {**settings_of(other), "BENCH_LIVE_HEADER": "1"}
        live = stack.enter_context(serving("bench.live_header:application", with_link))
        yield {
            BASE: f"http://{HOST}:{bare}/",
            "story": f"http://{HOST}:{real}{addresses['story']}",
            "story with the live link": f"http://{HOST}:{live}{addresses['story']}",
            "front": f"http://{HOST}:{real}/",
        }


def paint_in_turns(pages: Mapping[str, str], *, rounds: int) -> dict[str, list[Sample]]:
    """Open every page once a round; a round before the first warms server and browser and is not kept."""
    samples: dict[str, list[Sample]] = {name: [] for name in pages}
    with chromium() as browser:
        for address in pages.values():
            paint(browser, address)
        for _, name in turns(list(pages), rounds=rounds):
            samples[name].append(paint(browser, pages[name]))
    return samples


def paint(browser: Any, address: str) -> Sample:
    """Open one page on the throttled phone with an empty profile."""
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
        answer = page.goto(address, wait_until="commit")
        checked(address, answer.status)
        return Sample(*page.evaluate(PAINT))
    finally:
        context.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium. Raises NoBrowser."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise NoBrowser("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


def paints(samples: list[Sample]) -> list[float]:
    """The first paints alone."""
    return [one.paint for one in samples]


def strict(samples: list[Sample]) -> list[float]:
    """The first paints after the server's time."""
    return [one.with_server for one in samples]


def row(name: str, found: list[Sample], base: list[Sample]) -> tuple[object, ...]:
    """One page in the table."""
    lower, upper = spread(paints(found))
    steps = (median(one.server for one in found), median(one.last_byte for one in found), median(paints(found)))
    fastest = min(paints(found)) / min(paints(base))
    ratios = ratio(paints(found), paints(base)), fastest, ratio(strict(found), strict(base))
    return name, *(round(step) for step in steps), f"{lower:.0f} to {upper:.0f}", *ratios
