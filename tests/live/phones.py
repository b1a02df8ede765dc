"""A reporter's phone in Chromium, for tests: its profile outlives its process; what it is told, it is told by touch."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti import log
from gazeti.accounts.models import User
from gazeti.live.models import Coverage
from gazeti.live.rules import stream_of
from tests.browser import SWITCHES
from tests.journeys.kinds import PHONE
from tests.live.covering import make_coverage
from tests.live.reporters import photograph
from tests.needs import chromium
from tests.stories.roles import person

Open = Callable[..., BrowserContext]
LONG = 60_000
DRAFTS = """async (words) => {
  const asked = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const database = await asked(indexedDB.open("live-desk"));
  let isThere = false;
  for (let tries = 0; !isThere && tries < 600; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const all = await asked(database.transaction("drafts").objectStore("drafts").getAll());
    isThere = JSON.stringify(all).includes(words);
  }
  database.close();
  return isThere;
}"""
PHONE_SCREEN: dict[str, Any] = {"viewport": {"width": PHONE, "height": 720}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def coverage(transactional_db: None) -> Coverage:
    return make_coverage()


@pytest.fixture
def zawadi(transactional_db: None) -> User:
    return person("Reporters", name="zawadi", first_name="Zawadi", last_name="Otieno")


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Two pictures on the phone."""
    made = [tmp_path / f"bridge-{at}.jpg" for at in range(2)]
    for at, path in enumerate(made):
        path.write_bytes(photograph(size=(800 + at, 600)).read())
    return made


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Open the phone's browser, whose profile outlives the process."""
    opened: list[BrowserContext] = []

    def open_phone() -> BrowserContext:
        opened.append(
            browser.browser_type.launch_persistent_context(
                tmp_path / "profile", executable_path=chromium(), args=SWITCHES, **PHONE_SCREEN
            )
        )
        return opened[-1]

    yield open_phone
    for one in opened:
        with suppress(Error):  # one that was killed
            one.close()


def signed_in(context: BrowserContext, user: User, server: LiveServer) -> BrowserContext:
    client = Client()
    client.force_login(user)
    lasting: Any = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "url": server.url,
        "expires": 4_000_000_000,
    }
    context.add_cookies([lasting])
    return context


def write(page: Page, text: str, picture: Path | None = None) -> None:
    """Type an update and press Post."""
    page.get_by_label("Text", exact=True).fill(text)
    if picture:
        page.locator("summary", has_text="Picture").tap()
        page.get_by_label("File").set_input_files(picture)
        page.get_by_label("What it shows").fill(f"What is seen beside: {text}")
        page.get_by_label("Who made it").fill("Zawadi Otieno")
    page.get_by_role("button", name="Post", exact=True).tap()
    expect(page.get_by_label("Text", exact=True)).to_have_value("")


def minutes_pass(page: Page, until: Callable[[], bool]) -> None:
    """Turn the page's clock, which the test has installed, until something has happened.

    By small steps: a larger one would end the patience with what is just being sent.
    """
    for _turn in range(3_600):
        if until():
            return
        page.clock.fast_forward(1_000)
    pytest.fail("it did not happen within an hour")


def is_kept(page: Page, words: str) -> None:
    """Wait until these words stand among what the browser keeps of forms that were not sent."""
    assert page.evaluate(DRAFTS, words)


def kill(page: Page) -> None:
    """Let the browser's process die where it stands, as when the phone takes its memory."""
    context = page.context
    with suppress(Error):
        context.new_cdp_session(page).send("Browser.crash")
    with suppress(Error):
        context.close()


def said(coverage: Coverage) -> list[str]:
    """What the updates say, in the order of the server's events."""
    entries = [one for one in log.read(0, stream=stream_of(coverage.pk), limit=1000) if one.kind == "post"]
    words = {one.number: one for one in coverage.wordings.all()}
    return [
        block["value"].removeprefix("<p>").removesuffix("</p>")
        for one in entries
        for block in words[one.number].body.get_prep_value()
        if block["type"] == "text"
    ]
