"""What readers take away, in Chromium: the file of everything about them, and the letters that comments send.

Whatever others typed stands in it. No canary sings; shown as a page, which nobody does, the same words would make it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Error, Route
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import Reader
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.accounts.readers import EMAIL, let_in, post
from tests.comments.discussion import make_comment
from tests.comments.letters import KINDS, Letters
from tests.comments.moving import moderator_named
from tests.comments.test_formats_in_a_browser import Canary, bare, hostile, said_under
from tests.comments.test_hostile_letters import INJECTED, TOGETHER, storable
from tests.comments.writing import settle
from tests.mail_server import Box
from tests.newsroom import make_story

__all__ = ["bare"]
pytestmark = [pytest.mark.browser, pytest.mark.material, pytest.mark.django_db(transaction=True)]
DOWNLOAD = "/account/download/"


@pytest.fixture
def story() -> Story:
    settle()
    return make_story(published_at=timezone.now())


@pytest.fixture
def texts(client: Client, story: Story, live_server: LiveServer, bare: Canary) -> list[str]:
    """What somebody, who is signed in in the browser too, wrote, reported and calls themselves: all of it hostile."""
    let_in(client)
    reader = Reader.objects.get()
    written = said_under(story, hostile(), reader=reader, state=State.REJECTED, rule="links")
    other = make_comment(story, now=timezone.now())
    fields = {"reason": "illegal", "name": hostile()[20][:60], "email": EMAIL, "in_good_faith": "on", "key": "k"}
    told = {**fields, "text": "\n".join(storable(hostile()))[:2_000]}
    assert post(client, f"{story.address}comments/{other.number}/report/", told).status_code == 303
    key = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    bare.page.context.add_cookies([key])
    return [one.text.body for one in written]


def test_everything_about_somebody_is_a_file_that_does_nothing_where_it_is_asked_for_and_where_it_is_opened(
    live_server: LiveServer, bare: Canary, texts: list[str], tmp_path: Path
) -> None:
    assert bare.provoked(f"{live_server.url}/account/") == []
    with bare.page.expect_download() as taken:
        bare.page.get_by_role("link", name="Download").click()
    assert taken.value.suggested_filename == "everything-about-me.json"
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert {row["body"] for row in kept["comments"]["texts"]} >= set(texts)
    assert len(texts) > 450
    assert bare.provoked(file.as_uri()) == []
    assert bare.page.evaluate("document.contentType") == "application/json"


@pytest.mark.parametrize("way", ["<iframe src='{0}'></iframe>", "<script src='{0}'></script>"])
def test_no_page_that_takes_it_in_is_given_anything_of_it(
    live_server: LiveServer, bare: Canary, texts: list[str], way: str
) -> None:
    address, page = f"{live_server.url}/taking-in/", way.format(f"{live_server.url}{DOWNLOAD}")
    bare.page.route(address, lambda route: route.fulfill(body=f"<main></main>{page}", content_type="text/html"))
    bare.page.goto(address, wait_until="networkidle")
    assert bare.sang == []
    assert all(EMAIL not in frame.content() for frame in bare.page.frames)


def test_shown_as_a_page_the_file_would_make_the_canary_sing(
    live_server: LiveServer, bare: Canary, texts: list[str]
) -> None:
    def as_a_page(route: Route) -> Any:
        return route.fulfill(body=route.fetch().body(), content_type="text/html; charset=utf-8")

    with pytest.raises(Error, match="Download is starting"):
        bare.page.goto(f"{live_server.url}{DOWNLOAD}")
    bare.page.route(f"**{DOWNLOAD}", as_a_page)
    assert bare.provoked(f"{live_server.url}{DOWNLOAD}") != []


@pytest.mark.soak
def test_letters_do_nothing_where_they_are_read(
    live_server: LiveServer, bare: Canary, story: Story, box: Box, run_tasks: Callable[[], None]
) -> None:
    letters = Letters(make_comment(story), by=moderator_named())
    written = [*INJECTED, *storable(hostile())]
    held = said_under(story, written, state=State.HELD, rule="links")
    for number, text in enumerate(written):
        first = number * TOGETHER % (len(held) - TOGETHER)
        letters.write(text, held=held[first : first + TOGETHER])
    run_tasks()
    assert len(box.mails) == KINDS * len(written)
    address = f"{live_server.url}/mail/"
    for first in range(0, len(box.mails), 100):
        mails = [f"{mail['Subject']}\n\n{mail.get_content()}" for _to, mail in box.mails[first : first + 100]]
        told = "\n".join(mails)
        assert read(bare, address, told, kind="text/plain; charset=utf-8") == []
        assert bare.page.evaluate("document.body.children.length") == 1, "a text alone"
    assert read(bare, address, told, kind="text/html; charset=utf-8") != []


def read(bare: Canary, address: str, text: str, *, kind: str) -> list[str]:
    """What mail does in a browser that is told what it is, as its own head tells."""
    bare.page.route(address, lambda route: route.fulfill(body=text, content_type=kind))
    found = bare.provoked(address)
    bare.page.unroute(address)
    return found
