"""Posting by somebody who signed in: under a known name, without work; the newsroom's people by their role."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.actions import reader_for
from gazeti.accounts.models import Reader, User
from gazeti.comments.models import Comment, Decision
from gazeti.guard import work
from tests.accounts.people import make_person
from tests.comments.writing import OURS, WORDS, send, settle, whole
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


def plain(story: Any, **typed: str) -> dict[str, str]:
    """What the form of somebody who signed in holds: no name, no address, no work."""
    sent = whole(story, **typed)
    return {name: value for name, value in sent.items() if name not in ("name", "email", work.FIELD)}


@pytest.fixture
def halima(client: Client) -> Reader:
    """A reader who signed in, and has a name."""
    user = User.objects.create_user("halima@example.org", first_name="Halima")
    client.force_login(user)
    return reader_for(user, now=timezone.now())


def test_a_reader_needs_no_name_no_address_and_no_work(client: Client, halima: Reader) -> None:
    settle()
    story = make_story()
    assert send(client, story, fields=plain(story)).status_code == 303
    comment = Comment.objects.select_related("text").get()
    assert (comment.reader, comment.text.name, comment.badge, comment.state) == (halima, "Halima", "", "published")
    html = client.get(f"{story.address}comments/").content.decode()
    assert "You write as <bdi>Halima</bdi>" in html
    assert "data-work" not in html


def test_a_request_that_does_not_say_where_it_is_from_is_nobodys(client: Client, halima: Reader) -> None:
    settle()
    story = make_story()
    response = client.post(f"{story.address}comments/", plain(story))
    assert response.status_code == 422
    assert client.post(f"{story.address}comments/", whole(story)).status_code == 303
    assert Comment.objects.get().reader != halima


def test_what_was_only_claimed_is_not_the_readers(client: Client, halima: Reader) -> None:
    settle()
    story = make_story()
    send(Client(), story)
    send(client, story, fields=plain(story, key="key-2", body="It is really me."))
    claimed, own = Comment.objects.order_by("number")
    assert claimed.reader != own.reader == halima


def test_the_newsrooms_people_are_shown_by_their_role_and_pass(client: Client) -> None:
    settle(first_time_waits=True)
    story = make_story()
    client.force_login(make_person("grace@paper.example", roles=["moderator"]))
    assert client.post(f"{story.address}comments/", plain(story), headers=OURS).status_code == 303
    comment = Comment.objects.select_related("text", "reader").get()
    assert (comment.badge, comment.state, Decision.objects.get().rule) == ("moderator", "published", "newsroom")
    assert comment.reader.is_proven
    assert comment.text.body == WORDS
