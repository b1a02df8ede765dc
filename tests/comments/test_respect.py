"""Respect for a comment: once by each, counted at once, bounded, from our own pages."""

import pytest
from django.http import HttpResponse
from django.test import Client

from gazeti import log
from gazeti.accounts.models import User
from gazeti.comments.models import Comment, Respect
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import OURS, path_of
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


def respect(client: Client, story: Story, number: int = 1, **headers: str) -> HttpResponse:
    response: HttpResponse = client.post(  # type: ignore[assignment]
        f"{story.address}comments/{number}/respect/", headers={**OURS, **headers}
    )
    return response


def count() -> int:
    return Comment.objects.get(number=1).respect


def test_each_counts_once_and_is_led_back_to_the_comment(client: Client) -> None:
    story = make_story()
    make_comment(story)
    first, second = respect(client, story), respect(client, story)
    assert (first.status_code, path_of(first)) == (303, f"{story.address}comments/1/")
    assert (second.status_code, count()) == (303, 1)
    respect(client, story, **{"user-agent": "another phone"})
    assert count() == Respect.objects.count() == 2
    assert log.read(stream="purges")[-1].data == {"tags": [f"comments:{story.pk}"]}


def test_a_reader_who_signed_in_counts_once_on_all_their_devices(client: Client) -> None:
    story = make_story()
    make_comment(story)
    client.force_login(User.objects.create_user("halima@example.org"))
    respect(client, story)
    respect(client, story, **{"user-agent": "another phone"})
    assert count() == 1
    # Without a word of where it came from a request is nobody's.
    client.post(f"{story.address}comments/1/respect/")
    assert count() == 2


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED, State.SPAM])
def test_what_readers_do_not_see_gets_none(client: Client, state: State) -> None:
    story = make_story()
    make_comment(story, state=state)
    assert respect(client, story).status_code == 404
    assert respect(client, story, number=99_999_999_999).status_code == 404
    assert count() == 0


def test_it_is_bounded_and_another_site_gives_none(client: Client) -> None:
    story = make_story()
    make_comment(story)
    assert respect(client, story, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get(f"{story.address}comments/1/respect/").status_code == 405
    assert count() == 0
    assert {respect(client, story).status_code for _ in range(30)} == {303}
    assert respect(client, story).status_code == 429
