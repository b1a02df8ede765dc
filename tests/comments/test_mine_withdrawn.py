"""A story is taken back: what somebody wrote under it stays theirs to see and to delete, and tells nothing of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.comments.models import Comment, CommentText
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.writing import OURS, settle
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
GOES: Any = pytest.mark.parametrize(
    "standing", [{"withdrawn_at": timezone.now(), "withdrawn_note": "A name was wrong."}, {"expired": True}, {}]
)
"""Taken back, over, or a draft again."""


def gone(story: Story, standing: dict[str, Any]) -> None:
    Story.objects.filter(pk=story.pk).update(live=False, **standing)


@GOES
@pytest.mark.parametrize("state", [State.PUBLISHED, State.HELD])
def test_its_writer_sees_and_deletes_it_and_is_told_nothing_of_the_story(
    client: Client, standing: dict[str, Any], state: State
) -> None:
    settle()
    story, now = make_story(title="What the minister hid"), timezone.now()
    comment = make_comment(story, state=state, now=now, body="Mine alone.")
    address = private_address_of(comment, story=story, now=now)
    gone(story, standing)
    html = client.get(address).content.decode()
    assert ("Mine alone." in html, "is no longer here" in html) == (True, True)
    untold = ("minister", "A name was wrong", "Save the change", f'"{story.address}')
    assert [words for words in untold if words in html] == []
    assert client.post(address, {"edit": "", "seen": "1", "body": "Others."}, headers=OURS).status_code == 409
    assert CommentText.objects.get().body == "Mine alone."
    assert client.post(address, {"delete": ""}, headers=OURS).status_code == 303
    assert Comment.objects.get().state == State.DELETED
    assert "was deleted" in client.get(address).content.decode()


@GOES
def test_whoever_has_no_such_address_is_told_nothing(client: Client, standing: dict[str, Any]) -> None:
    story = make_story()
    make_comment(story)
    gone(story, standing)
    assert client.get(f"{story.address}comments/mine/{'x' * 38}/").status_code == 404
    assert client.get(f"{story.address}comments/1/").status_code == (410 if standing else 404)
