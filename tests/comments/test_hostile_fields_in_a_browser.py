"""Hostile strings of others in the fields beside a comment's words, shown again or kept, in Chromium: no canary sings.

Words and names of comments: `test_formats_in_a_browser`, which also shows that the canary would sing.
"""

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from gazeti.accounts.models import Reader
from gazeti.comments.actions.following import follow_discussion, mute_writer
from gazeti.comments.models import Comment, Evidence
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.rules import State
from gazeti.plain.letters import cleaned_name
from gazeti.stories.models import Story
from tests.accounts.readers import asked, let_in, post
from tests.comments.crowd import deep
from tests.comments.crowd import said_under as said_under_at_once
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, decide, moderator, report
from tests.comments.moving import Run, emptied, exported, lively, moderator_named
from tests.comments.test_formats_in_a_browser import Canary, bare, hostile
from tests.comments.test_moderation_in_a_browser import moderate
from tests.comments.writing import send, settle, whole
from tests.newsroom import make_story

__all__ = ["bare"]
pytestmark = [pytest.mark.browser, pytest.mark.material, pytest.mark.django_db(transaction=True)]
TOGETHER = 120
Open = Callable[..., BrowserContext]


@pytest.fixture
def story() -> Story:
    settle()
    return make_story(published_at=timezone.now())


def lumps() -> Iterator[str]:
    """The strings, many at once."""
    texts = [one.encode(errors="replace").decode() for one in hostile()]
    for first in range(0, len(texts), TOGETHER):
        yield "\n".join(texts[first : first + TOGETHER])


def shown(bare: Canary, server: LiveServer, answer: HttpResponse, *, status: int = 422) -> list[str]:
    """What an answer to a form does in the browser, which is given it as the page of an address."""
    assert answer.status_code == status
    address = f"{server.url}/answered/"
    bare.page.route(address, lambda route: route.fulfill(body=answer.content, content_type="text/html; charset=utf-8"))
    found = bare.provoked(address)
    bare.page.unroute(address)
    return found


def test_what_is_sent_back_to_be_mended_does_nothing(
    live_server: LiveServer, bare: Canary, client: Client, story: Story
) -> None:
    comment = make_comment(story, now=timezone.now())
    mine = private_address_of(comment, story=story, now=timezone.now())
    code, _mailed = asked(Client())
    let_in(client)
    stranger, desk = Client(), moderator()
    held = make_comment(story, state=State.HELD, rule="links")
    for text in lumps():
        every = dict.fromkeys(("body", "name", "email", "language", "reply_to", "key", "remarks"), text)
        answers = [
            send(stranger, story, fields=every),
            send(stranger, story, fields={**whole(story), "name": text}),
            post(stranger, f"{story.address}comments/{comment.number}/report/",
                dict.fromkeys(("reason", "text", "name", "email"), text)),
            post(stranger, mine, {"body": text * 5, "seen": text}),
            post(stranger, f"{story.address}comments/follow/", {"email": text, "root": text}),
            decide(desk, held, "rejected", reason=text, note=text),
        ]  # fmt: skip
        refused = [
            post(stranger, "/account/", {"email": text, "next": text}),
            post(client, "/account/name/", {"name": text}),
        ]
        for answer in [*answers, *refused]:
            assert shown(bare, live_server, answer, status=answer.status_code) == []
        assert {answer.status_code for answer in answers} <= {409, 422}
    assert shown(bare, live_server, post(stranger, code, {"code": text}), status=422) == []


def test_addresses_with_hostile_queries_do_nothing(live_server: LiveServer, bare: Canary, story: Story) -> None:
    for text in hostile()[::40]:
        said = quote(text.encode(errors="replace"))
        for address in (
            f"{story.address}comments/?after={said}&order={said}", f"{story.address}comments/?to={said}",
            f"{story.address}comments/follow/?root={said}", f"/search/?q={said}", f"/account/?next={said}",
        ):  # fmt: skip
            assert bare.provoked(f"{live_server.url}{address}") == []


def packed(texts: list[str], *, most: int) -> list[str]:
    """The strings, together as long as they fit, the last first: of what a moderator sees the newest comes first."""
    made = [""]
    for text in reversed([one for one in texts if one.strip() and len(one) < most]):
        if len(made[-1]) + len(text) >= most:
            made.append("")
        made[-1] += f"{text} "
    return made


def imported(file: str) -> str:
    """A file in which the words of everybody are hostile: all at once in decisions and reports of one comment."""
    texts = [one for one in hostile() if "\x00" not in one and one.isprintable()]
    lines = [json.loads(line) for line in file.splitlines()]
    told = next(one for one in lines if one.get("reports") and one["decisions"] and not one["decisions"][-1]["undoes"])
    decision, notice = told["decisions"][0], told["reports"][0]
    notes, reasons = packed(texts, most=500), packed(texts, most=2_000)
    told["decisions"] = [{**decision, "by": one[:150], "note": one, "words": [one]} for one in notes]
    told["reports"] = [{**notice, "outcome": None, "text": one, "name": one[:60]} for one in reasons]
    for one in (line for line in lines if line.get("body")):
        one["name"], one["body"] = (texts.pop()[:60] for _field in range(2))
    return "".join(f"{json.dumps(one)}\n" for one in lines)


def test_what_an_import_brings_does_nothing_at_the_desk_and_to_readers(
    live_server: LiveServer, bare: Canary, run: Run, story: Story
) -> None:
    lively(story, by=moderator_named("Juma"))
    file = exported()
    emptied()
    result = run(imported(file))
    assert (result.exit_code, result.stderr) == (0, "")
    assert Evidence.objects.exclude(note="").count() >= 50
    moderate(bare.page, live_server)
    for comment in Comment.objects.all():
        assert bare.provoked(f"{live_server.url}{DESK}{comment.pk}/") == []
        assert bare.provoked(f"{live_server.url}{private_address_of(comment, story=story, now=timezone.now())}") == []
    for queue in ("held", "reported", "illegal", "new"):
        assert bare.provoked(f"{live_server.url}{DESK}?queue={queue}") == []
    assert bare.provoked(f"{live_server.url}{story.address}") == []


def test_what_readers_keep_in_their_account_does_nothing(live_server: LiveServer, bare: Canary, story: Story) -> None:
    client, now = Client(), timezone.now()
    let_in(client)
    reader = Reader.objects.get()
    texts = [one for one in hostile() if one.isprintable() and one.strip()]
    follow_discussion(reader, story=story.pk, now=now)
    for text in reversed(texts[::6]):  # the last are shown first
        make_comment(story, reader=reader, body=text, state=State.REJECTED, rule="links", now=now)
        mute_writer(reader, comment=make_comment(story, name=cleaned_name(text)[:60] or "x", now=now), now=now)
    bare.page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    for text in texts[::60]:
        assert post(client, "/account/name/", {"name": text[:60]}).status_code in (302, 303, 422)
        assert bare.provoked(f"{live_server.url}/account/") == []
    for address in (
        "/account/comments/",
        "/account/erase/",
        f"{story.address}comments/",
        f"{story.address}comments/follow/",
    ):
        assert bare.provoked(f"{live_server.url}{address}") == []
    assert "Whose comments you are not shown" in bare.page.request.get(f"{live_server.url}/account/").text()


def test_ten_thousand_replies_deep_every_page_opens_and_shows_a_page_of_them(
    live_server: LiveServer, bare: Canary, story: Story
) -> None:
    said_under_at_once(story, deep(10_000))
    for address, most in (
        ("", 20), ("comments/", 60), ("comments/?order=oldest", 60), ("comments/?order=respected", 60),
        ("comments/10001/", 60), ("comments/5000/", 60), ("comments/?to=10001", 1), ("comments/10001/report/", 0),
    ):  # fmt: skip
        assert bare.provoked(f"{live_server.url}{story.address}{address}") == []
        assert bare.page.locator("main article article, main article.comment").count() <= most, address
        assert bare.page.evaluate("document.documentElement.scrollWidth") <= 360, address


TURNED = """(name) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode())
    if (texts.currentNode.data.includes(name) && !texts.currentNode.parentElement.closest('bdi, [dir=auto], textarea'))
      found.push(texts.currentNode.data.trim())
  return found
}"""
"""Where a name stands among the page's own words, whose order it could turn."""
NAME = "\u05d0\u05de\u05d9\u05e0\u05d4 (3"
"""From right to left, with a bracket that never closes."""


def test_a_name_written_from_right_to_left_turns_nothing_of_the_page_round(
    live_server: LiveServer, bare: Canary, story: Story
) -> None:
    now = timezone.now()
    first = make_comment(story, name=NAME, now=now)
    make_comment(story, name=NAME, reply_to=first.number, now=now)
    held = make_comment(story, name=NAME, reply_to=first.number, state=State.HELD, rule="links", now=now)
    report(first, reason="illegal", text=NAME, name=NAME, email="juma@example.org", in_good_faith=True, now=now)
    moderate(bare.page, live_server)
    for address in (
        story.address, f"{story.address}comments/", f"{story.address}comments/1/", f"{story.address}comments/?to=1",
        f"{story.address}comments/1/report/", DESK, f"{DESK}?queue=illegal", f"{DESK}{first.pk}/", f"{DESK}{held.pk}/",
        f"{DESK}writers/{held.reader_id}/",
    ):  # fmt: skip
        bare.page.goto(f"{live_server.url}{address}")
        assert bare.page.evaluate(TURNED, NAME) == [], address
    bare.page.goto(f"{live_server.url}{DESK}{held.pk}/")
    bare.page.get_by_role("button", name="Approve", exact=True).click()
    assert bare.page.evaluate(TURNED, NAME) == []
