"""What the journeys share: an empty newsroom, one with an edition that has every kind of page, and its server."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.cli.conftest import made
from tests.journeys.kinds import KINDS, PHONE, Paper, show
from tests.journeys.newsrooms import made_once, ran, served

__all__ = ["made"]
ADDRESSES = "addresses.json"
# A busy machine is slow, not wrong: Playwright's own 5 seconds would blame the page for it.
expect.set_options(timeout=30_000)
SCREEN = ViewportSize(width=PHONE, height=720)


@pytest.fixture(autouse=True)
def media_folder() -> None:
    """Nothing here: each newsroom has its own folder for pictures, in a process of its own."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def empty_newsroom(made: Path, shared_folder: Path) -> Path:
    """A newsroom as `gazeti new` leaves it in Nairobi, to be copied."""

    def make(folder: Path) -> None:
        settings = Path(shutil.copytree(made / "paper", folder)) / "gazeti.toml"
        written = settings.read_text(encoding="utf-8")
        settings.write_text(written.replace("Europe/London", "Africa/Nairobi"), encoding="utf-8")

    return made_once(shared_folder / "empty", make)


@pytest.fixture(scope="session")
def edition(empty_newsroom: Path, shared_folder: Path) -> Path:
    """The newsroom with an edition of every kind of page, to be copied or served. No test writes into it."""

    def make(folder: Path) -> None:
        shutil.copytree(empty_newsroom, folder)
        (folder / ADDRESSES).write_text(ran(sys.executable, "-m", "tests.journeys.edition", home=folder))

    return made_once(shared_folder / "edition", make)


@pytest.fixture(scope="session")
def paper(edition: Path) -> Iterator[Paper]:
    """That newsroom, served."""
    with served(edition) as address:
        yield Paper(address, json.loads((edition / ADDRESSES).read_text()))


@pytest.fixture
def newsroom(empty_newsroom: Path, tmp_path: Path) -> Path:
    """An empty newsroom of the test's own."""
    return Path(shutil.copytree(empty_newsroom, tmp_path / "newsroom"))


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, browser: Browser, paper: Paper) -> Iterator[Page]:
    """A page of each kind, opened once for all tests of a module that only look at it."""
    page = browser.new_page(viewport=SCREEN)
    yield show(page, paper, request.param)
    page.close()


@pytest.fixture
def shown(opened: Page) -> Page:
    """A page of each kind as it is first seen on a phone, whatever the test before did to its look."""
    opened.set_viewport_size(SCREEN)
    opened.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    opened.evaluate("document.documentElement.removeAttribute('style')")
    return opened
