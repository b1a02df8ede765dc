"""What a comment asks of the database, and how much of that while all others who write wait."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti.comments.models import Comment
from gazeti.edge.facts import rendering
from gazeti.edge.truth import truth
from gazeti.stories.actions import withdraw_story
from gazeti.stories.models import Story
from tests.comments.writing import send_as_program, settle, whole
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db(transaction=True)
MOST, MOST_WHILE_OTHERS_WAIT = 23, 14
"""Of a published comment, in a worker that has taken one before; it was 37 and 25."""


def sent(client: Client, story: Story, number: int) -> int:
    """Send one as a worker answers it, which knows the purges so far; the status."""
    said = {"email": f"reader-{number}@example.org", "body": f"The bridge has {number} arches."}
    fields = whole(story, key=f"key-{number}", **said)
    with rendering(truth.catch_up()):
        return int(send_as_program(client, story, fields=fields, REMOTE_ADDR=f"192.0.2.{number}").status_code)


def test_a_comment_asks_little_and_half_of_it_before_others_wait(client: Client) -> None:
    settle()
    story = make_story()
    assert sent(client, story, 1) == 201
    with CaptureQueriesContext(connection) as queries:
        assert sent(client, story, 2) == 201
    told = [query["sql"] for query in queries]
    begun = next(number for number, sql in enumerate(told) if sql.startswith("BEGIN"))
    assert len(told) <= MOST
    assert len(told) - begun <= MOST_WHILE_OTHERS_WAIT
    assert Comment.objects.filter(state="published").count() == 2


def test_a_story_that_is_known_is_no_longer_once_it_is_withdrawn(client: Client) -> None:
    settle()
    story = make_story()
    assert [sent(client, story, number) for number in (1, 2)] == [201, 201]
    withdraw_story(story, note="It was wrong.", now=NOW)
    assert sent(client, story, 3) == 410
    assert Comment.objects.count() == 2
