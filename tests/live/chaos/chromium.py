"""The one real browser in a chaos: the paper's own script follows over bad lines, and ends with what a fresh page has.

Its clock is a day fast. The page is loaded before its lines turn bad: one whose script never came follows nothing.
"""

import asyncio
import time
from contextlib import suppress
from random import Random

from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

from tests.browser import SWITCHES
from tests.live.chaos.hunt import Chaos
from tests.live.chaos.lines import MEAN_LIFE, Lines
from tests.live.script import LIVE
from tests.needs import chromium

FAST = """
  const right = Date.now;
  Date.now = () => right() + 86400000;
  window.numbers = [];
  addEventListener("DOMContentLoaded", () => {
    const live = document.getElementById("live");
    new MutationObserver(() => numbers.push(Number(live.dataset.seq))).observe(live, { attributeFilter: ["data-seq"] });
  });
"""
PATIENCE = 150.0
SCREEN = {"width": 360, "height": 720}


async def watch(chaos: Chaos) -> list[str]:
    """Follow from early on to the end, then compare; sentences on what differs."""
    lines = Lines(lambda: chaos.house.port, Random(chaos.trail.seed + 3), mean_life=600.0, kinds={"good": 1})
    await lines.open()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        try:
            return await _compared(chaos, browser, lines)
        finally:
            await browser.close()
            await lines.close()


async def _compared(chaos: Chaos, browser: Browser, lines: Lines) -> list[str]:
    context = await browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    page, errors = await context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(f"Chromium: {error}"))
    await page.add_init_script(FAST)
    await opened(page, f"http://localhost:{lines.port}{chaos.house.path}")
    lines.mean_life, lines.kinds = MEAN_LIFE, dict.fromkeys(("good", "slow", "buffering", "crumbling", "freezing"), 1)
    lines.cut_all()
    await chaos.calm.wait()
    lines.mean_life, lines.kinds = 600.0, {"good": 1}
    faults = [*errors, *await _ended(page)]
    return faults + await _differences(chaos, context, page)


async def opened(page: Page, address: str) -> None:
    """Open the page, again while the server is away."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(Error):
            await page.goto(address)
            await page.wait_for_selector(".following", state="attached", timeout=20_000)
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"{address} was not opened within {PATIENCE:g} s")


async def _ended(page: Page) -> list[str]:
    """Wait until the page says that it is over."""
    try:
        await page.wait_for_selector('#live[data-state="closed"]', state="attached", timeout=PATIENCE * 1000)
    except Error:
        seq = await page.evaluate("document.getElementById('live').dataset.seq")
        return [f"Chromium: the page was at {seq} and not at the end after {PATIENCE:g} s"]
    numbers: list[int] = await page.evaluate("numbers")
    return [] if numbers == sorted(set(numbers)) else [f"Chromium: the numbers went {numbers}"]


async def _differences(chaos: Chaos, context: BrowserContext, page: Page) -> list[str]:
    fresh = await context.new_page()
    await opened_closed(fresh, f"http://localhost:{chaos.house.port}{chaos.house.path}")
    mine, theirs = str(await page.evaluate(LIVE)), str(await fresh.evaluate(LIVE))
    if mine == theirs:
        return []
    at = next((at for at, (one, other) in enumerate(zip(mine, theirs, strict=False)) if one != other), len(theirs))
    return [f"Chromium: … {mine[max(0, at - 80) : at + 120]!r}, a fresh page: … {theirs[max(0, at - 80) : at + 120]!r}"]


async def opened_closed(page: Page, address: str) -> None:
    """Open the page of a coverage that is over, again while some worker has not heard of it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(Error):
            await page.goto(address)
            if await page.locator('#live[data-state="closed"]').count():
                return
        await asyncio.sleep(0.2)
    raise AssertionError(f"no page of {address} said within {PATIENCE:g} s that it is over")
