"""The mark of who respected a comment without being signed in is forgotten by the clock; the number stays."""

import importlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import User
from gazeti.comments.actions import forget
from gazeti.comments.actions.respect import respect_comment
from gazeti.comments.models import Comment, CommentPolicy, Respect
from gazeti.comments.queries import forgetting
from gazeti.comments.queries.forgetting import OLD_RESPECTS, RESPECTS
from gazeti.comments.views.acting import _day
from gazeti.comments.views.senders import mark_of
from gazeti.guard.marks import mark
from gazeti.log.clock import Item, tick
from gazeti.stories.models import Story
from tests.accounts.people import text_of
from tests.comments.discussion import make_comment
from tests.comments.test_respect import respect
from tests.newsroom import NOW, make_paper, make_story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STEP = "gazeti.comments.migrations.0007_respect_of_whoever_is_not_signed_in"


def at(moment: datetime) -> bool:
    """Let the clock tick at a moment; whether it forgot something."""
    done = tick(now=moment)
    assert not done.failed
    return "comments forgotten" in {job for job, _key in done.done}


def set_days(days: int) -> None:
    policy = CommentPolicy.load()
    policy.address_days = days
    policy.save()


@pytest.fixture
def comment() -> Comment:
    """A comment of which no other trace is kept."""
    comment = make_comment(make_story(published_at=NOW), now=NOW)
    comment.trace.delete()
    return comment


def respected(comment: Comment, *marks: str, now: datetime = NOW, **facts: Any) -> None:
    for one in marks:
        assert respect_comment(comment, mark=one, now=now, **facts)


def number(comment: Comment) -> int:
    return Comment.objects.get(pk=comment.pk).respect


@pytest.mark.database
def test_marks_are_forgotten_after_the_days_and_the_number_stays(comment: Comment) -> None:
    respected(comment, "a", "b")
    respected(comment, "c", now=NOW + DAY)
    assert not at(NOW + 30 * DAY - timedelta(seconds=1))
    assert at(NOW + 30 * DAY)
    assert ([*Respect.objects.values_list("mark", flat=True)], number(comment)) == (["c"], 3)
    assert at(NOW + 31 * DAY)
    assert (Respect.objects.count(), number(comment)) == (0, 3)
    assert not at(NOW + 31 * DAY + timedelta(seconds=5))


@pytest.mark.database
def test_a_shorter_setting_holds_for_what_is_there_and_a_longer_one_does_not(comment: Comment) -> None:
    respected(comment, "a")
    respected(comment, "b", now=NOW + DAY)
    set_days(300)
    assert not at(NOW + 10 * DAY)
    set_days(10)
    assert at(NOW + 10 * DAY)
    assert [*Respect.objects.values_list("mark", flat=True)] == ["b"]
    assert not at(NOW + 11 * DAY - timedelta(seconds=1))
    set_days(300)
    assert at(NOW + 31 * DAY)
    assert (Respect.objects.count(), number(comment)) == (0, 2)


def test_who_signed_in_is_kept_so_that_it_counts_once(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    comment.trace.delete()
    halima = User.objects.create_user("halima@example.org")
    client.force_login(halima)
    respect(client, story)
    at(timezone.now() + 400 * DAY)
    client.force_login(halima)
    respect(client, story)
    assert (Respect.objects.count(), number(comment)) == (1, 1)


def test_the_days_of_the_setting_are_those_of_a_reader_who_is_not_signed_in(client: Client) -> None:
    set_days(3)
    story = make_story()
    comment = make_comment(story)
    respect(client, story)
    [kept] = Respect.objects.all()
    assert kept.kept_until == kept.at + 3 * DAY
    at(kept.at + 3 * DAY)
    assert (Respect.objects.count(), number(comment)) == (0, 1)


@pytest.mark.parametrize("days", [30, 10])
def test_many_are_forgotten_in_batches(comment: Comment, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    respected(comment, *"abcde")
    set_days(days)
    kind = RESPECTS if days == 30 else OLD_RESPECTS
    for left in (3, 1, 0):
        forget.forget_overdue(Item(f"{kind} 1", NOW), now=NOW + days * DAY)
        assert (Respect.objects.count(), number(comment)) == (left, 5)


def test_what_is_interrupted_is_whole_and_goes_on(comment: Comment) -> None:
    respected(comment, *"abc")
    with pytest.raises(RuntimeError), transaction.atomic():
        forget.forget_overdue(Item(f"{RESPECTS} 1", NOW), now=NOW + 30 * DAY)
        raise RuntimeError
    assert (Respect.objects.count(), number(comment)) == (3, 3)
    assert at(NOW + 30 * DAY)
    assert (Respect.objects.count(), number(comment)) == (0, 3)


@pytest.mark.database
@pytest.mark.parametrize("kind", [RESPECTS, OLD_RESPECTS])
def test_what_is_due_is_found_by_an_index(comment: Comment, kind: str) -> None:
    respected(comment, "a")
    asked = forgetting.KEPT[kind](NOW, CommentPolicy.load()).order_by().values("pk")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = asked.explain()
    assert "comments_respect_" in plan, plan
    assert "SCAN" not in plan, plan


def test_when_nothing_is_due_one_question_is_asked(
    comment: Comment, django_assert_num_queries: Callable[[int], Any]
) -> None:
    respected(comment, "a")
    CommentPolicy.load()
    with django_assert_num_queries(2):
        assert forgetting.forgetting_due(now=NOW) == []


def test_the_privacy_page_tells_the_days_in_force(client: Client) -> None:
    make_paper()
    told = "your respect for a comment counts under a scrambled mark of your connection and browser, which is kept for"
    for days, words in ((30, "30 days"), (1, "1 day")):
        set_days(days)
        text = text_of(client.get("/comments/privacy/"))
        assert f"{told} {words}; after that only the number stays" in text
        assert "while you are signed in it is kept with the comment" in text


def test_of_older_rows_those_of_nobody_who_signs_in_are_forgotten_too(rf: Any) -> None:
    set_days(20)
    story: Story = make_story()
    comment = make_comment(story)
    user = User.objects.create_user("halima@example.org")
    request = rf.post("/", headers={"sec-fetch-site": "same-origin"})
    request.user = user
    theirs = mark_of(request, deed=f"respect {comment.pk}", day=_day(NOW))
    assert theirs == mark(f"respect {comment.pk}", "person", user.pk)
    for one in (theirs, "a" * 32, "b" * 32):
        Respect.objects.create(comment=comment, mark=one, at=NOW)
    other = make_comment(story)
    Respect.objects.create(comment=other, mark=theirs, at=NOW)
    step = importlib.import_module(STEP)
    for _again in range(2):
        step.keep_for_days(apps, None)
        kept = dict(Respect.objects.filter(comment=comment).values_list("mark", "kept_until"))
        assert kept == {theirs: None, "a" * 32: NOW + 20 * DAY, "b" * 32: NOW + 20 * DAY}
        assert Respect.objects.get(comment=other).kept_until == NOW + 20 * DAY
