"""Hostile strings of others in every field that takes words from outside: each is stored or refused, never an error."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Letter
from gazeti.comments.models import Comment
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.rules import State
from gazeti.guard import limits
from gazeti.guard.models import Tally
from gazeti.stories.models import Story
from tests.accounts.readers import ask, let_in
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, moderator, seen
from tests.comments.test_formats_in_a_browser import TRICKS, hostile
from tests.comments.writing import OURS, settle, whole
from tests.newsroom import make_story

pytestmark = [pytest.mark.material, pytest.mark.django_db]
TAKEN, REFUSED = {200, 201, 302, 303}, {400, 403, 404, 409, 410, 413, 422}
MEGABYTE = "a" * 1_000_000
Way = Callable[[str], HttpResponse]


@pytest.fixture
def story() -> Story:
    settle()
    return make_story(published_at=timezone.now())


def unlimited() -> None:
    """Let nobody be refused for what they asked before."""
    limits.nearby.clear()
    Tally.objects.all().delete()


def commenting(client: Client, story: Story) -> Iterator[tuple[str, Way]]:
    """Each field of the form, as a browser sends it and as a program does."""
    address = f"{story.address}comments/"
    for field in [*whole(story), "reply_to", "language"]:
        yield f"form {field}", lambda text, field=field: send(client, address, whole(story) | unique(), {field: text})
        yield (
            f"JSON {field}",
            lambda text, field=field: send_json(client, address, whole(story) | unique(), {field: text}),
        )
    for name in ("unknown", "body"):
        yield (
            f"JSON {name} in another shape",
            lambda text, name=name: send_json(client, address, whole(story) | unique(), {name: {text: [text]}}),
        )


def reading(client: Client, story: Story) -> Iterator[tuple[str, Way]]:
    """Each parameter of an address that readers open."""
    for name in ("after", "order", "to", "root"):
        yield f"?{name}", lambda text, name=name: look(client, f"{story.address}comments/", **{name: text})
    yield "?root of a follow", lambda text: look(client, f"{story.address}comments/follow/", root=text)
    yield "?q", lambda text: look(client, "/search/", q=text)
    yield "?next", lambda text: look(client, "/account/", next=text)


def acting(client: Client, story: Story) -> Iterator[tuple[str, Way]]:
    """Each field of what a reader does about a comment, and with their address."""
    about, own = make_comment(story), make_comment(story, now=timezone.now())
    report = {"reason": "illegal", "text": "Why.", "name": "Juma", "email": "juma@example.org", "in_good_faith": "on"}
    for field in report:
        address = f"{story.address}comments/{about.number}/report/"
        yield f"report {field}", lambda text, field=field, address=address: send(client, address, report, {field: text})
    mine = private_address_of(own, story=story, now=timezone.now())
    for field in ("body", "seen", "edit"):
        yield (
            f"mine {field}",
            lambda text, field=field: send(client, mine, {"body": "Words.", "seen": seen(own)}, {field: text}),
        )
    for field in ("email", "root"):
        address = f"{story.address}comments/follow/"
        yield (
            f"follow {field}",
            lambda text, field=field, address=address: send(
                client, address, {"email": "amina@example.org"}, {field: text}
            ),
        )


def account(client: Client, story: Story) -> Iterator[tuple[str, Way]]:
    """The door, the code and the account of a reader; what they follow and mute."""
    door = Client()
    yield "door email", lambda text: send(door, "/account/", {}, {"email": text})
    yield "door next", lambda text: send(door, "/account/", {"email": "amina@example.org"}, {"next": text})
    code = ask(door).headers["Location"]
    yield "code", lambda text: send(door, code, {}, {"code": text})
    let_in(client)
    for field, address in {
        "name": "/account/name/", "session": "/account/sessions/", "follow": "/account/unfollow/",
        "mute": "/account/unmute/",
    }.items():  # fmt: skip
        yield f"account {field}", lambda text, field=field, address=address: send(client, address, {}, {field: text})
    yield "account ?before", lambda text: look(client, "/account/comments/", before=text)


def moderating(client: Client, story: Story) -> Iterator[tuple[str, Way]]:
    """Each field at the desk."""
    held = make_comment(story, state=State.HELD, rule="links")
    for field in ("kind", "reason", "note", "seen", "queue"):
        yield (
            f"case {field}",
            lambda text, field=field: send(
                client, f"{DESK}{held.pk}/", {"kind": "rejected", "reason": "abuse", "seen": seen(held)}, {field: text}
            ),
        )
    for field in ("chosen", "one", "many", "queue", "reason", "note"):
        yield (
            f"many {field}",
            lambda text, field=field: send(
                client,
                f"{DESK}chosen/",
                {"many": "rejected", "reason": "abuse", "chosen": f"{held.pk}:{seen(held)}"},
                {field: text},
            ),
        )
    for field in ("kind", "days", "reason", "note"):
        address = f"{DESK}writers/{held.reader_id}/"
        yield (
            f"writer {field}",
            lambda text, field=field, address=address: send(
                client, address, {"kind": "suspended", "days": "1"}, {field: text}
            ),
        )
    for field in ("decision", "together", "queue"):
        yield f"undo {field}", lambda text, field=field: send(client, f"{DESK}undo/", {}, {field: text})
    for field in ("mode", "hours"):
        address = f"{DESK}discussions/stories/{story.pk}/"
        yield (
            f"mode {field}",
            lambda text, field=field, address=address: send(client, address, {"mode": "open"}, {field: text}),
        )
    for name, address in (("queue", DESK), ("after", DESK), ("q", f"{DESK}discussions/"), ("do", f"{DESK}{held.pk}/")):
        yield f"desk ?{name}", lambda text, name=name, address=address: look(client, address, **{name: text})


def unique() -> dict[str, str]:
    """A key of its own, since each is another comment."""
    return {"key": f"key-{next(KEYS)}", "email": f"reader{next(KEYS)}@example.org"}


KEYS = iter(range(1_000_000_000))


def send(client: Client, address: str, fields: dict[str, str], changed: dict[str, str]) -> Any:
    """Post a form whose other fields are good; what no form can carry is carried as browsers do."""
    typed = {name: text.encode(errors="replace").decode() for name, text in {**fields, **changed}.items()}
    return client.post(address, typed, headers=OURS)


def look(client: Client, address: str, **query: str) -> Any:
    """Open an address with a query."""
    return client.get(address, {name: text.encode(errors="replace").decode() for name, text in query.items()})


def send_json(client: Client, address: str, fields: dict[str, str], changed: dict[str, Any]) -> Any:
    """Post JSON, in which half a character can be written too."""
    return client.post(address, json.dumps({**fields, **changed}), content_type="application/json", headers=OURS)


WAYS = {"commenting": commenting, "reading": reading, "acting": acting, "account": account, "moderating": moderating}


@pytest.mark.parametrize("kind", WAYS)
def test_what_others_send_in_any_field_is_taken_or_refused(client: Client, story: Story, kind: str) -> None:
    who = moderator() if kind == "moderating" else client
    ways = list(WAYS[kind](who, story))
    texts = cycle(hostile())
    asked = [(name, way, text) for name, way in ways for text in [*TRICKS, *(next(texts) for _turn in range(12))]]
    answers = []
    for name, way, text in asked:
        unlimited()
        answers.append((name, text, way(text).status_code))
    assert [one for one in answers if one[2] not in TAKEN | REFUSED] == []
    assert {one[2] for one in answers} & TAKEN
    assert {one[2] for one in answers} & REFUSED


@pytest.mark.parametrize("kind", WAYS)
def test_a_megabyte_in_any_field_is_refused_or_cut(client: Client, story: Story, kind: str) -> None:
    who = moderator() if kind == "moderating" else client
    for name, way in WAYS[kind](who, story):
        if "?" in name:
            continue  # no server hands on an address as long as that
        unlimited()
        answer = way(MEGABYTE)
        assert answer.status_code in TAKEN | REFUSED, name
        assert len(answer.content) < 3 * len(MEGABYTE), name
    assert not Comment.objects.filter(text__body__contains="a" * 5_001).exists()
    assert not Letter.objects.filter(body__contains="a" * 5_001).exists()
