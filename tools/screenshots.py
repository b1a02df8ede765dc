"""Take pictures of a running newsroom: `screenshots.py http://localhost:8000 FOLDER`, for eyes and for the README.

Front, section, story, recent stories, author, search, an information page and 404, at 360 and 1280 px, light and
dark. Stories are found as a reader finds them, so any newsroom will do.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import SWITCHES
from tests.needs import chromium

WIDTHS = {360: 740, 1280: 900}
"""Width and height of the window, in CSS pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def addresses(page: Page, site: str) -> dict[str, str]:
    """The address of each kind of page, found by following the newsroom's own links."""
    page.goto(site)
    found = {"front": site, "section": link(page, "header nav a"), "story": link(page, "main h2 a")}
    information = link(page, "footer a:nth-of-type(2)")
    if not found["story"]:
        sys.exit(f"{site} shows no story. Start it with `make demo`, or publish one.")
    page.goto(found["story"])
    return {
        **found,
        "recent": urljoin(site, "/recent/"),
        "author": link(page, "a[rel=author]"),
        "search": urljoin(site, "/search/?q=water"),
        "information": information,
        "not-found": urljoin(site, "/never-written/"),
    }


def link(page: Page, selector: str) -> str:
    """The whole address of the first link of that selector; empty if the page has none."""
    first = page.locator(selector).first
    return urljoin(page.url, first.get_attribute("href")) if first.count() else ""


def pictures(browser: Browser, site: str) -> Iterator[tuple[str, bytes]]:
    """Each picture as a PNG, the whole page long, with its file's name."""
    wanted = addresses(browser.new_page(), site)
    for (width, height), scheme in product(WIDTHS.items(), SCHEMES):
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        for name, address in wanted.items():
            yield from picture(page, address, f"{name}-{width}-{scheme}.png")
        page.close()


def picture(page: Page, address: str, name: str) -> Iterator[tuple[str, bytes]]:
    """One page's picture, once the pictures that come only when scrolled to are there."""
    if not address:
        return
    page.goto(address)
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    yield name, page.screenshot(full_page=True)


def main() -> int:
    """Take all pictures; return the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("site", help="the address of a running newsroom")
    arguments.add_argument("folder", type=Path, help="where the pictures go")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        for name, png in pictures(browser, given.site):
            (given.folder / name).write_bytes(png)
            print(name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
