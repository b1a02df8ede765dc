"""Whoever is erased while something of theirs is on its way: it is refused or erased too, and nothing comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Reader, User
from gazeti.comments.actions.erase import erase_reader
from gazeti.comments.models import Comment, CommentText, CommentTrace, Follow, Mute, Report, Respect
from gazeti.comments.queries.following import Asked, begin_link
from gazeti.comments.rules import State
from gazeti.guard.marks import mark
from gazeti.stories.models import Story
from tests.accounts.readers import EMAIL, let_in, post
from tests.comments.discussion import make_comment
from tests.comments.test_at_once import at_once
from tests.comments.test_erasing import found
from tests.comments.writing import send, settle, whole
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
WORDS = "Jacarandas bloom over Moi Avenue again, and nobody sweeps."
NAME = "Hodan Warsame"
ROUNDS = 3
REPORT = {"reason": "abuse", "text": WORDS, "key": "r"}
Deed = Callable[[Client, Story], Any]
SIGNED_IN: dict[str, Deed] = {
    "a comment": lambda who, story: send(who, story, fields=whole(story, body=WORDS, name=NAME)),
    "a name": lambda who, _story: post(who, "/account/name/", {"name": NAME}),
    "a report": lambda who, story: post(who, f"{story.address}comments/1/report/", REPORT),
    "respect": lambda who, story: post(who, f"{story.address}comments/1/respect/"),
    "a mute": lambda who, story: post(who, f"{story.address}comments/1/mute/"),
    "a follow": lambda who, story: post(who, f"{story.address}comments/follow/"),
}
BEFORE_WRITING = {
    "a comment": "comments.views.posting.judged",
    "a name": "accounts.views.readers.page.name_reader",
    "a report": "comments.views.acting.report_comment",
    "respect": "comments.views.acting.respect_comment",
    "a mute": "comments.views.account.mute_writer",
    "a follow": "comments.views.following._root",
}
"""What each calls when all of the request is read and nothing of it is written."""


@pytest.fixture
def story() -> Story:
    settle()
    found = make_story()
    make_comment(found, name="Rashid")
    return found


def signed_in() -> Client:
    client = Client()
    let_in(client)
    return client


def erase() -> None:
    """As on another page of theirs, where they had signed in."""
    erase_reader(Reader.objects.get(email=EMAIL, user__isnull=False), now=timezone.now())


def meanwhile(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Erase them the first time that this is called, before it does anything."""
    module, _dot, name = f"gazeti.{place}".rpartition(".")
    original = getattr(__import__(module, fromlist=[name]), name)
    erased: list[bool] = []

    def late(*args: Any, **facts: Any) -> Any:
        if not erased:
            erased.append(True)
            erase()
        return original(*args, **facts)

    monkeypatch.setattr(f"{module}.{name}", late)


def left(user: int) -> list[Any]:
    """What is left of whoever was erased: their address, what only somebody who signed in has, marks of theirs."""
    rows = [one for model in (Follow, Mute, UserSession) for one in model._default_manager.all()]
    users = list(User.objects.filter(pk=user))
    marks = {mark("respect 1", "person", user), mark("report 1 False", "person", user)}
    marked = [one for model in (Respect, Report) for one in model._default_manager.filter(mark__in=marks)]
    return [*sorted(found(EMAIL)), *rows, *users, *marked]


@pytest.mark.parametrize("deed", SIGNED_IN)
def test_what_is_read_when_they_are_erased_is_not_written(
    story: Story, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    client = signed_in()
    user = User.objects.get().pk
    meanwhile(monkeypatch, BEFORE_WRITING[deed])
    answer = SIGNED_IN[deed](client, story)
    assert answer.status_code == (303 if deed in ("a name", "a mute") else 403)
    assert left(user) == []
    assert found(NAME, "Jacarandas") == set()
    assert not Respect.objects.exists()
    assert client.get("/account/comments/").headers["Location"] == "/account/"


def test_somebody_who_claims_the_address_meanwhile_is_erased_whole(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in()
    user = User.objects.get().pk
    original = __import__("gazeti.comments.actions.erase", fromlist=["hold_rows"]).hold_rows

    def late(reader: Reader) -> Any:
        make_comment(story, email=EMAIL, name=NAME, body=WORDS)
        return original(reader)

    monkeypatch.setattr("gazeti.comments.actions.erase.hold_rows", late)
    erase()
    assert left(user) == []
    assert found(NAME, "Jacarandas") == set()


def test_who_is_erased_before_their_address_is_claimed_once_more_is_not_who_claims_it(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_comment(story, email=EMAIL)
    signed_in()
    meanwhile(monkeypatch, "comments.views.posting.judged")
    assert send(Client(), story, fields=whole(story, body=WORDS, email=EMAIL)).status_code == 303
    nobody_is_erased_by_halves()


def nobody_is_erased_by_halves() -> None:
    """What an erased reader said is gone; what is there is somebody's who may be erased."""
    theirs = Comment.objects.filter(reader__erased_at__isnull=False)
    assert not theirs.exclude(state=State.DELETED).exists()
    assert not CommentText.objects.filter(comment__in=theirs).exclude(body="", name="").exists()
    assert not CommentTrace.objects.filter(comment__in=theirs).exists()
    assert not Reader.objects.filter(erased_at__isnull=False).exclude(email="", name="", user=None).exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", SIGNED_IN)
def test_what_is_sent_at_the_moment_of_their_erasure_is_refused_or_erased_or_nobody_s(story: Story, deed: str) -> None:
    """Sent a little later it comes from somebody who is not signed in."""
    for _ in range(ROUNDS):
        client = signed_in()
        user = User.objects.get().pk
        answer, _erased = at_once(lambda client=client: SIGNED_IN[deed](client, story), erase)
        assert answer.status_code in (303, 403, 422)
        assert left(user) == []
        nobody_is_erased_by_halves()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_claim", [False, True])
def test_whoever_claims_the_address_at_the_moment_of_the_erasure_is_erased_or_somebody_new(
    story: Story, has_claim: bool
) -> None:
    for turn in range(ROUNDS):
        signed_in()
        if has_claim:
            make_comment(story, email=EMAIL)
        link = begin_link(Asked(story.pk, 0, EMAIL)).removeprefix("http://localhost:8000")
        fields = whole(story, body=f"{WORDS} {turn}", email=EMAIL, key=f"k{turn}")
        _none, sent, followed = at_once(
            erase,
            lambda fields=fields: send(Client(), story, fields=fields).status_code,
            lambda link=link: post(Client(), link).status_code,
        )
        assert (sent, followed) in ((303, 200), (303, 403))
        nobody_is_erased_by_halves()
        assert not Follow.objects.filter(reader__erased_at__isnull=False).exists()
        Reader.objects.filter(email=EMAIL, user=None).update(email="")
