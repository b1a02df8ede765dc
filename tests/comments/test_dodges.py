"""Whom a moderator stops is stopped by their address, whether they sign in with it or only type it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.actions import claimed_reader
from gazeti.accounts.models import Reader
from gazeti.comments.models import Comment, Decision, ReaderStanding
from tests.accounts.readers import EMAIL, let_in
from tests.comments.moderators import moderator
from tests.comments.writing import OURS, path_of, send, settle, whole
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
STOPS: Any = pytest.mark.parametrize(
    ("stop", "rule"),
    [
        ({"is_banned": True}, "banned"),
        ({"is_muted": True}, "muted"),
        ({"suspended_until": timezone.now() + timedelta(days=3)}, "suspended"),
    ],
)


def known_here(client: Client) -> Reader:
    """Somebody who signed in by a code, and gave a name."""
    let_in(client)
    client.post("/account/name/", {"name": "Hodan"}, headers=OURS)
    return Reader.objects.get(email=EMAIL, user__isnull=False)


@STOPS
@pytest.mark.parametrize("has_claimed", [True, False])
def test_whoever_is_stopped_and_signs_out_is_stopped_under_the_address_they_type(
    client: Client, stop: dict[str, Any], rule: str, *, has_claimed: bool
) -> None:
    settle()
    if has_claimed:
        claimed_reader(EMAIL, now=timezone.now())
    ReaderStanding.objects.create(reader=known_here(client), **stop)
    story = make_story()
    send(Client(), story, fields=whole(story, email=EMAIL.upper()))
    assert Decision.objects.latest("pk").rule == rule


@STOPS
def test_whoever_is_stopped_under_an_address_is_stopped_once_they_sign_in_with_it(
    client: Client, stop: dict[str, Any], rule: str
) -> None:
    settle()
    ReaderStanding.objects.create(reader=claimed_reader(EMAIL, now=timezone.now()), **stop)
    known_here(client)
    send(client, make_story())
    assert Decision.objects.latest("pk").rule == rule


def test_whoever_is_muted_meanwhile_publishes_nothing_by_other_words(client: Client) -> None:
    settle()
    story = make_story()
    address = path_of(send(client, story, fields=whole(story, body="https://a.example https://b.example", email=EMAIL)))
    ReaderStanding.objects.create(reader=known_here(Client()), is_muted=True)
    client.post(address, {"edit": "", "seen": "1", "body": "Kind words about bridges."}, headers=OURS)
    assert Comment.objects.get().state == "held"


def test_of_others_nothing_is_asked_twice(client: Client) -> None:
    settle()
    ReaderStanding.objects.create(reader=claimed_reader("other@example.org", now=timezone.now()), is_banned=True)
    send(client, make_story())
    assert Decision.objects.latest("pk").rule == "passed"


def test_a_moderator_sees_that_what_holds_was_decided_about_the_same_address() -> None:
    settle()
    claimed, proven = claimed_reader(EMAIL, now=timezone.now()), known_here(Client())
    client = moderator()
    led = f'href="/desk/comments/writers/{claimed.pk}/"'
    assert led not in client.get(f"/desk/comments/writers/{proven.pk}/").content.decode()
    ReaderStanding.objects.create(reader=claimed, is_banned=True)
    assert led in client.get(f"/desk/comments/writers/{proven.pk}/").content.decode()
