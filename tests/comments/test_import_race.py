"""A file that comes in while others write: each comment is there once, and each number is one comment's."""

from collections.abc import Callable
from typing import Any

import pytest

from gazeti.accounts.models import Reader
from gazeti.comments.actions.take_in import take_in_comments
from gazeti.comments.models import Comment, Discussion
from gazeti.comments.rules.told import told_in
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moving import emptied, exported, lively, moderator_named
from tests.comments.test_at_once import at_once
from tests.newsroom import make_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def taking_in(db: None) -> tuple[Story, Callable[[], Any]]:
    """A story, and how its discussion comes in from a file."""
    story = make_story()
    lively(story, by=moderator_named())
    told = [told_in(line) for line in exported().splitlines()[1:-1]]
    emptied()
    return story, lambda: take_in_comments(story, told=told, readers={}).verdict


def numbered(story: Story) -> list[int]:
    return list(Comment.objects.filter(story=story).order_by("number").values_list("number", flat=True))


def test_two_who_import_the_same_file_at_once_make_each_comment_once(
    taking_in: tuple[Story, Callable[[], Any]],
) -> None:
    story, take_in = taking_in
    assert sorted(at_once(*[take_in] * 4)) == ["made", "unchanged", "unchanged", "unchanged"]
    assert numbered(story) == [*range(1, 9)]
    assert (Discussion.objects.get().last, Discussion.objects.get().published) == (8, 3)
    assert Reader.objects.filter(email="amina@example.org").count() == 1


def test_whoever_posts_meanwhile_shares_no_number_and_loses_nothing(
    taking_in: tuple[Story, Callable[[], Any]],
) -> None:
    story, take_in = taking_in
    posts = [lambda: make_comment(story).number for _ in range(4)]
    at_once(posts[0], take_in, *posts[1:])
    assert numbered(story) == [*range(1, 13)]
    assert (Discussion.objects.get().last, Discussion.objects.get().published) == (12, 7)
