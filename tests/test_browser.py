"""The browser that tests drive: it runs, and nothing it opens leaves this machine."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page

pytestmark = pytest.mark.browser


def test_a_page_is_read_on_a_phones_screen(page: Page) -> None:
    page.set_content("<h1>Maji yarudi</h1>")
    assert page.inner_text("h1") == "Maji yarudi"
    assert page.evaluate("innerWidth") == 360


def test_no_name_is_resolved(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://paper.example/")


def test_javascript_can_be_off(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.set_content("<p>as it came</p><script>document.querySelector('p').textContent = 'changed'</script>")
    assert page.inner_text("p") == "as it came"
