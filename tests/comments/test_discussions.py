"""Whether one may comment: the paper's switch, the modes of paper, section and story, and the story's age."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gazeti import log
from gazeti.comments.models import CommentPolicy, Discussion, SectionMode
from gazeti.comments.queries.discussions import IN_FORCE, Closed, policy_in_force, standing_of
from gazeti.comments.rules import Mode
from gazeti.edge import facts
from gazeti.edge.truth import Truth
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_section, make_story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def in_force(**fields: object) -> None:
    policy = policy_in_force()
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save()


def said_of(story: Story, *, now: datetime = NOW) -> tuple[Mode, bool, Closed | None]:
    found = standing_of(story, now=now)
    return found.mode, found.is_open, found.why_closed


def section_mode(story: Story, mode: Mode) -> None:
    SectionMode.objects.create(section=story.get_parent().specific, mode=mode)


def test_a_story_is_open_for_the_days_that_the_policy_says() -> None:
    story = make_story(published_at=NOW)
    assert said_of(story, now=NOW + 30 * DAY - timedelta(seconds=1)) == (Mode.OPEN, True, None)
    assert said_of(story, now=NOW + 30 * DAY) == (Mode.OPEN, False, Closed.AGE)
    in_force(closes_after=2)
    assert said_of(story, now=NOW + 2 * DAY) == (Mode.OPEN, False, Closed.AGE)
    in_force(closes_after=0)
    assert said_of(story, now=NOW + 9_000 * DAY) == (Mode.OPEN, True, None)


def test_what_the_clock_closed_is_open_again_where_it_is_not_too_old_by_the_setting_in_force() -> None:
    story, now = make_story(published_at=NOW), NOW + 40 * DAY
    Discussion.objects.create(story=story, closed_at=NOW + 30 * DAY)
    assert said_of(story, now=now) == (Mode.OPEN, False, Closed.AGE)
    for days, is_open in ((60, True), (0, True), (30, False)):
        in_force(closes_after=days)
        assert said_of(story, now=now)[1] is is_open
    in_force(closes_after=0)
    Discussion.objects.update(mode=Mode.CLOSED)
    assert said_of(story, now=now) == (Mode.CLOSED, False, Closed.STORY)


def test_the_papers_switch_closes_all() -> None:
    story = make_story()
    Discussion.objects.create(story=story, mode=Mode.OPEN)
    in_force(is_open=False)
    assert said_of(story) == (Mode.OPEN, False, Closed.PAPER)


def test_the_narrowest_mode_counts() -> None:
    story, other = make_story(), make_story(make_section(title="Health"))
    assert said_of(story) == (Mode.OPEN, True, None)
    in_force(mode=Mode.CLOSED)
    assert said_of(story) == (Mode.CLOSED, False, Closed.PAPER)
    section_mode(story, Mode.HOLD)
    assert said_of(story) == (Mode.HOLD, True, None)
    SectionMode.objects.update(mode=Mode.CLOSED)
    assert said_of(story) == (Mode.CLOSED, False, Closed.SECTION)
    assert said_of(other) == (Mode.CLOSED, False, Closed.PAPER)
    Discussion.objects.create(story=story, mode=Mode.OPEN)
    assert said_of(story) == (Mode.OPEN, True, None)
    Discussion.objects.update(mode=Mode.CLOSED)
    assert said_of(story) == (Mode.CLOSED, False, Closed.STORY)


def test_a_mode_of_the_storys_own_keeps_it_open_until_it_ends() -> None:
    story = make_story()
    Discussion.objects.create(story=story, mode=Mode.HOLD, mode_until=NOW + 90 * DAY)
    assert said_of(story, now=NOW + 89 * DAY) == (Mode.HOLD, True, None)
    assert said_of(story, now=NOW + 90 * DAY) == (Mode.OPEN, False, Closed.AGE)


def test_it_tells_how_many_are_published_and_asks_one_question_once_the_settings_are_known() -> None:
    story = make_story()
    make_comment(story)
    make_comment(story)
    with facts.rendering(0):
        assert standing_of(story, now=NOW).published == 2
        with CaptureQueriesContext(connection) as asked:
            standing_of(story, now=NOW)
    assert len(asked) == 1


def test_reading_the_policy_writes_nothing() -> None:
    assert policy_in_force().closes_after == 30
    assert not CommentPolicy.objects.exists()


@pytest.mark.parametrize("change", ["policy", "section"])
def test_the_settings_are_asked_anew_once_one_is_saved(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    story, truth = make_story(), Truth()
    monkeypatch.setattr("gazeti.edge.facts.truth", truth)
    with facts.rendering(truth.catch_up()):
        assert standing_of(story, now=NOW).is_open
    if change == "policy":
        CommentPolicy.objects.update_or_create(defaults={"is_open": False})
    else:
        section_mode(story, Mode.CLOSED)
    purged = [entry.data["tags"] for entry in log.read(0, stream="purges")]
    assert IN_FORCE in purged[-1]
    with facts.rendering(truth.catch_up()):
        assert not standing_of(story, now=NOW).is_open
