"""Hostile strings of others in every field of an update and of the summary, in Chromium: a canary never fires.

The pages' own policy (CSP) is switched off, so that it is not what keeps the canary quiet.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from gazeti.live.actions import NotReady, post_update, summarise
from gazeti.live.models import Coverage
from gazeti.live.rules import Words
from gazeti.stories.formats import raw_body
from tests.comments.test_formats_in_a_browser import Canary, hostile
from tests.live.covering import make_coverage

pytestmark = [pytest.mark.browser, pytest.mark.material, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]
NAMES = {"div aria-label"}
"""What is read out and leads nowhere: a table is named by its caption, whatever that begins with."""
TOGETHER = 8
"""Strings in one update: it is the fields that are many, not the pages."""


@pytest.fixture
def bare(open_context: Open, live_server: LiveServer) -> Canary:
    """A browser that heeds no content security policy, with a canary in it."""
    return Canary(open_context(bypass_csp=True).new_page(), live_server)


def blocks_with(text: str) -> Iterator[tuple[str, Any]]:
    """The string in each field of a body's blocks; those of plain text take what fits them."""
    yield "text", f'{text}<p>{text}<a href="{text}">a</a><a linktype="page" id="1" title="{text}">b</a></p>'
    yield "heading", text[:200] or "-"
    yield "list", {"ordered": False, "items": [text or "-"]}
    yield "facts", {"title": text[:100] or "-", "body": text or "-"}
    yield "quotation", {"text": text or "-", "speaker": text[:100] or "-", "role": text[:150]}
    yield "table", {"caption": text, "header": [text], "rows": [[text]]}
    yield "card", {"url": "https://a.example/", "title": text[:150] or "-", "description": text[:300]}


def posted(coverage: Coverage, texts: list[str]) -> int:
    """Post them, as many together as may go out; how many did."""
    body = raw_body(block for text in texts for block in blocks_with(text))
    words = Words(body=body, heading=texts[0][:150], correction=texts[-1][:300], is_key=True)
    try:
        post_update(coverage.pk, words=words, by=None, now=timezone.now())
    except NotReady:
        return sum(posted(coverage, [text]) for text in texts) if len(texts) > 1 else 0
    return len(texts)


def test_whatever_is_posted_is_shown_to_readers_and_does_nothing(live_server: LiveServer, bare: Canary) -> None:
    coverage = make_coverage(published_at=timezone.now())
    texts = hostile()
    parts = [texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER)]
    assert sum(posted(coverage, part) for part in parts) > 450
    body = raw_body(block for text in texts[:TOGETHER] for block in blocks_with(text) if block[0] != "card")
    summarise(coverage.pk, words=Words(body=body), now=timezone.now())
    address, opened = f"{live_server.url}{coverage.story.address}", 0
    page: str | None = address
    while page:
        assert set(bare.provoked(page)) <= NAMES
        opened += bare.page.locator("article.update").count()
        older = bare.page.locator("a[rel=next]")
        href = older.get_attribute("href") if older.count() else None
        page = href and f"{address}{href}"
    assert opened >= coverage.updates.count() > len(parts) / 2


def test_the_json_that_script_puts_into_the_page_does_nothing_either(live_server: LiveServer, bare: Canary) -> None:
    coverage = make_coverage(published_at=timezone.now())
    for text in hostile()[:40]:
        posted(coverage, [text])
    events = Client().get(f"{coverage.story.address}after/0/").json()["events"]
    shown = [event["html"] + event["item"] for event in events if event["kind"] == "post"]
    assert len(shown) > 20
    bare.page.goto(f"{live_server.url}{coverage.story.address}")
    bare.page.evaluate("shown => { document.querySelector('main').innerHTML = shown.join('') }", shown)
    assert bare.page.evaluate("() => document.querySelectorAll('article.update').length") >= len(shown)
    assert bare.sang == []
