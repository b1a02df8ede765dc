"""Hostile strings of others as words and name of comments, wherever they are shown, in Chromium: a canary never fires.

The pages' own policy (CSP) is switched off, so that it is not what keeps the canary quiet.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from gazeti.comments.forms import CommentForm
from gazeti.comments.models import Comment
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests import needs
from tests.comments.discussion import make_comment
from tests.comments.test_moderation_in_a_browser import moderate
from tests.newsroom import make_story

pytestmark = [pytest.mark.browser, pytest.mark.material, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]
TRICKS = (
    "\u202eevitceteD\u202c \u2066\u2067x\u2069",
    "\u200b\u200c\u200d\ufeff<script>alert(1)</script>",
    "Z" + "\u0310\u0321\u0334" * 400,
    "javascript:alert(1) [x](javascript:alert(1)) http://a.example/\"onmouseover=alert(1)//",
    "http://a.example/?<svg/onload=alert(1)> *<img src=x onerror=alert(1)>*",
    "> <iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7|add:7 }} {% load x %} ${alert(1)} #{alert(1)}",
    "</p></article></main></body></html><script>alert(1)</script>",
    "\x00\x1b[31m\ud800 \x85 \u2028alert(1)",
)  # fmt: skip
MOST_HELD = 30
PROVOKE = """() => {
  const types = ['click', 'dblclick', 'contextmenu', 'mouseover', 'mouseout', 'mousemove', 'mouseenter', 'mouseleave',
    'focus', 'focusin', 'blur', 'keydown', 'keyup', 'keypress', 'drag', 'dragstart', 'dragenter', 'dragleave',
    'dragover', 'drop', 'copy', 'cut', 'paste', 'beforecopy', 'beforecut', 'beforepaste', 'load', 'error', 'toggle',
    'animationstart', 'animationend', 'animationiteration', 'transitionrun', 'transitionend', 'transitioncancel',
    'pointerover', 'scroll', 'wheel', 'beforedeactivate', 'input', 'change']
  for (const one of document.querySelectorAll('main *'))
    for (const type of types)
      if (!one.closest('a[href], button, summary')) one.dispatchEvent(new Event(type, {bubbles: false}))
}"""
ALIVE = """() => [...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()
  .filter(name => name.startsWith('on') || /^\\s*javascript:/i.test(one.getAttribute(name)))
  .map(name => `${one.localName} ${name}`))
  .concat([
    ...document.querySelectorAll('main :is(iframe, object, embed, style, svg, math, base, meta:not([itemprop]))'),
    ...document.querySelectorAll('main script:not([src^="/static/"])')]
  .map(one => one.localName))"""
"""What of a page could run: attributes that hold script, and elements that no comment has."""


def hostile() -> list[str]:
    """Return the strings of others, and tricks of our own."""
    material = Path(needs.SHARED) / "material"
    files = [material / "xss-sample" / "payloads.json", material / "blns" / "blns.json"]
    return [*TRICKS, *(one for file in files for one in json.loads(file.read_text(encoding="utf-8")))]


def said_under(story: Story, texts: list[str], **facts: Any) -> list[Comment]:
    """Send each string as words and as name, as the form takes them; leave out those that it refuses."""
    taken = []
    for number, text in enumerate(texts):
        typed = {"body": f"{text}\n{number}", "name": f"{text[:50]} {number}", "email": "a@example.org"}
        form = CommentForm(typed, known_name="", is_signed_in=False)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("body", "name")}
            taken.append(make_comment(story, now=timezone.now(), words=[said["body"][:40]], **said, **facts))
    return taken


class Canary:
    """What a page did that no comment may make it do: dialogs that opened, hosts it asked."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        self.page, self.sang = page, list[str]()
        ours = urlsplit(server.url).netloc
        page.on("dialog", lambda dialog: (self.sang.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: self._asked(asked.url, ours))

    def _asked(self, address: str, ours: str) -> None:
        if address.startswith("http") and urlsplit(address).netloc != ours:
            self.sang.append(address)

    def provoked(self, address: str) -> list[str]:
        """Open a page, do to all of it what people do, and tell what happened and what could have."""
        self.page.goto(address)
        alive = self.page.evaluate(ALIVE)
        self.page.evaluate(PROVOKE)
        return [*self.sang, *alive]


@pytest.fixture
def bare(open_context: Open, live_server: LiveServer) -> Canary:
    """A browser that heeds no content security policy, with a canary in it."""
    return Canary(open_context(bypass_csp=True).new_page(), live_server)


def test_whatever_readers_send_is_shown_to_readers_and_does_nothing(live_server: LiveServer, bare: Canary) -> None:
    story = make_story(published_at=timezone.now())
    taken = said_under(story, hostile())
    assert len(taken) > 450
    address = f"{live_server.url}{story.address}"
    assert bare.provoked(address) == []
    page, opened = f"{address}comments/?order=oldest", 0
    while page:
        assert bare.provoked(page) == []
        opened += bare.page.locator(".comments article").count()
        further = bare.page.locator("a[rel=next]")
        page = f"{live_server.url}{further.get_attribute('href')}" if further.count() else ""
    assert opened >= len(taken)
    for comment in taken[:8:2]:
        assert bare.provoked(f"{address}comments/?to={comment.number}") == []
        assert bare.provoked(f"{address}comments/{comment.number}/report/") == []


def test_whatever_readers_send_is_shown_to_moderators_and_does_nothing(live_server: LiveServer, bare: Canary) -> None:
    held = said_under(make_story(published_at=timezone.now()), hostile()[:MOST_HELD], state=State.HELD, rule="links")
    moderate(bare.page, live_server)
    assert bare.provoked(f"{live_server.url}/desk/comments/") == []
    for comment in held:
        assert bare.provoked(f"{live_server.url}/desk/comments/{comment.pk}/") == []
    assert bare.provoked(f"{live_server.url}/desk/comments/writers/{held[0].reader_id}/") == []


@pytest.mark.parametrize(
    "raw",
    [
        "<img src=x onerror=alert(1)>",
        '<output onclick="alert(1)">test</output>',
        '<a href="javascript:alert(1)">x</a>',
        "<b id=x tabindex=1 onfocusin=alert(1)></b>",
        '<img src="http://elsewhere.example/x.gif">',
    ],
)
def test_the_canary_would_sing(live_server: LiveServer, bare: Canary, raw: str) -> None:
    story = make_story(published_at=timezone.now())
    make_comment(story, now=timezone.now(), body="Here it stands.")

    def unescaped(route: Route) -> Any:
        answer = route.fetch()
        return route.fulfill(response=answer, body=answer.text().replace("Here it stands.", raw))

    bare.page.route("**/comments/", unescaped)
    assert bare.provoked(f"{live_server.url}{story.address}comments/") != []
