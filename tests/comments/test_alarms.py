"""The mail about what waits too long: of each queue that somebody is owed an answer in, and once for each wait."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from gazeti.comments.actions.alarm import raise_alarm
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Comment, CommentPolicy
from gazeti.comments.queries.alarms import alarm_due
from gazeti.comments.rules import Kind, State
from gazeti.comments.tasks.alarms import tell_moderators
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, fresh, report, story
from tests.newsroom import NOW
from tests.stories.roles import person

__all__ = ["story"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOURS = 12
Rung = Callable[[float], list[str]]


@pytest.fixture
def rung(run_tasks: Callable[[], None]) -> Rung:
    """The bodies of the mails that go out as the clock asks, so many hours after NOW."""
    policy = CommentPolicy.load()
    policy.alarm_hours = HOURS
    policy.save()
    person("Moderators")

    def asked(hours: float) -> list[str]:
        now = NOW + timedelta(hours=hours)
        for item in alarm_due(now=now):
            found = raise_alarm(item, now=now)
            if found:
                tell_moderators(found, now=now)
        run_tasks()
        sent = [str(one.body) for one in mail.outbox]
        mail.outbox.clear()
        return sent

    return asked


def held(story: Story, *, hours: float) -> Comment:
    return make_comment(story, state=State.HELD, now=NOW + timedelta(hours=hours))


def named(bodies: list[str], *comments: Comment) -> list[list[bool]]:
    """Whether each of the mails leads to each of the comments."""
    return [[f"{DESK}{one.pk}/" in body for one in comments] for body in bodies]


@pytest.mark.parametrize(("reason", "queue"), [("hate", "reported"), ("illegal", "illegal")])
def test_what_was_reported_and_waits_too_long_is_told_once(rung: Rung, story: Story, reason: str, queue: str) -> None:
    comment = make_comment(story, now=NOW - timedelta(days=3))
    report(comment, reason=reason, name="Musa", email="musa@example.org", now=NOW)
    assert rung(HOURS - 0.01) == []
    sent = rung(HOURS)
    assert named(sent, comment) == [[True]]
    assert f"?queue={queue}" in sent[0]
    assert "?do=" not in sent[0]
    report(comment, mark="b", reason=reason, name="Amina", email="amina@example.org", now=NOW + timedelta(hours=13))
    assert [rung(hours) for hours in (HOURS, HOURS + 1, 2 * HOURS, 3 * HOURS)] == [[]] * 4


def test_one_of_which_moderators_were_told_does_not_hide_what_comes_after_it(rung: Rung, story: Story) -> None:
    first, second, third = (held(story, hours=hours) for hours in (0, 1, 2))
    assert named(rung(HOURS), first, second) == [[True, False]]
    assert [rung(hours) for hours in (HOURS + 1, HOURS + 2, 2 * HOURS - 0.01)] == [[]] * 3
    sent = rung(2 * HOURS)
    assert named(sent, first, second, third) == [[False, True, True]]
    assert "One more waits as long." in sent[0]
    assert [rung(hours) for hours in (2 * HOURS + 1, 3 * HOURS, 4 * HOURS)] == [[]] * 3


def test_an_old_comment_in_one_queue_hides_no_notice_in_another(rung: Rung, story: Story) -> None:
    old, other = held(story, hours=0), make_comment(story)
    assert named(rung(HOURS), old) == [[True]]
    report(other, reason="illegal", name="Musa", email="musa@example.org", now=NOW + timedelta(hours=1))
    assert named(rung(HOURS + 1), old, other) == [[False, True]]


def test_a_notice_is_told_though_moderators_were_told_of_its_comment_while_that_was_held(
    rung: Rung, story: Story
) -> None:
    comment = held(story, hours=0)
    assert len(rung(HOURS)) == 1
    decide_comment(comment, kind=Kind.APPROVED, now=NOW, seen=1, by=None)
    report(comment, reason="illegal", name="Musa", email="musa@example.org", now=NOW + timedelta(hours=HOURS - 1))
    assert rung(HOURS + 1) == []
    assert named(rung(2 * HOURS - 1), comment) == [[True]]
    assert fresh(comment).alarmed_at == NOW + timedelta(hours=2 * HOURS - 1)


def test_all_that_is_too_old_is_one_mail_whatever_its_queue_and_each_comment_counts_once(
    rung: Rung, story: Story
) -> None:
    both, other = held(story, hours=0), make_comment(story)
    for comment, mark in ((both, "a"), (both, "b"), (other, "c")):
        report(comment, mark=mark, reason="illegal" if mark == "a" else "hate", email="m@example.org", now=NOW)
    found = raise_alarm(alarm_due(now=NOW + timedelta(hours=HOURS))[0], now=NOW + timedelta(hours=HOURS))
    assert found
    assert ({one.pk for one in found.oldest}, found.number) == ({both.pk, other.pk}, 2)
    assert rung(HOURS) == []
