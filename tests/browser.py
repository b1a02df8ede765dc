"""A real browser for tests marked `browser`: Debian's Chromium, driven by Playwright, with no way off this machine."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import chromium

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    # Names other than this machine's do not resolve, so a request to a third party fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of one module.

    Playwright keeps an event loop on this thread while it lives, and Django refuses to query there;
    the variable lifts that for as long as the browser lives and no longer.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield chrome
        chrome.close()
        connections.close_all()  # those that Django opened for this thread under the event loop
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile, such as `open_context(java_script_enabled=False)`."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 360, "height": 720})
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Open one page of a fresh profile on a phone's screen, with the test server at `live_server.url`."""
    return open_context().new_page()
