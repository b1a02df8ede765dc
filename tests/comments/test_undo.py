"""A second thought: for ten minutes, with all that followed, of one or of many, unless more was decided since."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.actions.undo import TooLate, undo_decision
from gazeti.comments.models import Decision, ReaderStanding
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, choice, client, decide, fresh, held, moderator, report, soup, story
from tests.newsroom import NOW
from tests.stories.roles import person

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db


def undo(client: Client, page: str = DESK, place: int = 0):
    """Press the first button that undoes on a page of the desk."""
    form = soup(client.get(page)).select("form.undo")[place]
    return client.post(form["action"], {one["name"]: one["value"] for one in form.select("input")}, follow=True)


@pytest.mark.parametrize("kind", ["approved", "spam"])
def test_what_was_decided_is_as_before_with_its_reports_open(client: Client, story: Story, kind: str) -> None:
    comment = held(story)
    told = report(comment)
    decide(client, comment, kind)
    assert fresh(comment).open_reports == 0
    assert "It is undone" in soup(undo(client)).get_text()
    told.refresh_from_db()
    assert (fresh(comment).state, fresh(comment).open_reports, told.closed_at) == (State.HELD, 1, None)
    assert fresh(comment).story.discussion.published == 0
    last = Decision.objects.latest("pk")
    assert (last.kind, last.undoes.kind) == (Kind.UNDONE, kind)
    assert not soup(client.get(DESK)).select("form.undo")


def test_many_are_undone_at_once_but_for_what_was_decided_since(client: Client, story: Story) -> None:
    three = [held(story), held(story), held(story)]
    client.post(f"{DESK}chosen/", {"chosen": [choice(one) for one in three], "many": "spam"})
    decide(moderator("musa"), three[0], "approved")
    told = soup(undo(client)).get_text()
    assert [fresh(one).state for one in three] == [State.PUBLISHED, State.HELD, State.HELD]
    assert "2 decisions are undone" in told
    assert "One was left alone" in told


def test_what_somebody_else_decided_since_is_not_undone(client: Client, story: Story) -> None:
    comment = held(story)
    decide(client, comment, "spam")
    decide(moderator("musa"), comment, "approved")
    answer = undo(client)
    assert answer.status_code == 409
    assert "Musa Otieno" in soup(answer).get_text()
    assert fresh(comment).state == State.PUBLISHED


def test_after_ten_minutes_and_of_a_rule_nothing_is_undone(story: Story) -> None:
    comment, by = held(story), person("Moderators")
    decision = decide_comment(comment, kind=Kind.SPAM, now=NOW, seen=1, by=by)
    with pytest.raises(TooLate):
        undo_decision(decision, now=NOW + timedelta(minutes=10, seconds=1), by=by)
    with pytest.raises(TooLate):
        undo_decision(comment.decisions.get(kind=Kind.RECEIVED), now=NOW, by=by)
    undo_decision(decision, now=NOW + timedelta(minutes=10), by=by)
    assert fresh(comment).state == State.HELD


def test_the_desk_says_that_it_is_too_late(client: Client, story: Story) -> None:
    comment = held(story)
    decide(client, comment, "spam")
    Decision.objects.filter(kind=Kind.SPAM).update(at=timezone.now() - timedelta(minutes=11))
    answer = client.post(f"{DESK}undo/", {"decision": str(Decision.objects.latest("pk").pk)}, follow=True)
    assert "for ten minutes" in soup(answer).get_text()
    assert fresh(comment).state == State.SPAM


def test_a_pick_and_its_end_are_undone(client: Client, story: Story) -> None:
    comment = make_comment(story)
    decide(client, comment, "picked")
    undo(client)
    assert not fresh(comment).is_pick
    decide(client, comment, "picked")
    decide(client, comment, "unpicked")
    undo(client)
    assert fresh(comment).is_pick


def test_how_somebody_stands_is_as_before(client: Client, story: Story) -> None:
    reader = held(story).reader_id
    address = f"{DESK}writers/{reader}/"
    client.post(address, {"kind": "muted"})
    client.post(address, {"kind": "suspended", "days": "3"})
    first = ReaderStanding.objects.get(reader=reader).suspended_until
    client.post(address, {"kind": "suspended", "days": "30"})
    undo(client)
    standing = ReaderStanding.objects.get(reader=reader)
    assert (standing.is_muted, standing.suspended_until) == (True, first)
    client.post(address, {"kind": "banned"})
    undo(client)
    assert not ReaderStanding.objects.get(reader=reader).is_banned
    assert undo(client, place=-1).status_code == 409


@pytest.mark.parametrize("fields", [{}, {"decision": "x"}, {"decision": "99999999999"}])
def test_what_there_is_not_is_not_undone(client: Client, fields: dict[str, str]) -> None:
    assert client.post(f"{DESK}undo/", fields).status_code in (400, 404)
