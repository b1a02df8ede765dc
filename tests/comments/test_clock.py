"""What time does to comments: discussions close, what was promised is forgotten, numbers are counted, mail goes out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from gazeti import log
from gazeti.comments.actions.close import set_section_mode, set_story_mode, switch_comments
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.actions.purge import POLICY, tag_of
from gazeti.comments.models import (
    Comment,
    CommentPolicy,
    CommentText,
    CommentTrace,
    Discussion,
    Evidence,
    PolicyNumbers,
    Report,
    ReportText,
)
from gazeti.comments.queries import closing
from gazeti.comments.queries.discussions import IN_FORCE, Closed, standing_of
from gazeti.comments.rules import Kind, Mode, State
from gazeti.edge.truth import STREAM as PURGES
from gazeti.log.clock import tick
from gazeti.stories.models import Section, Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, fresh, report
from tests.newsroom import NOW, make_section, make_story
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(moment: datetime) -> set[str]:
    """Let the clock tick at a moment; the jobs that did something."""
    done = tick(now=moment)
    assert done.is_ours
    assert not done.failed
    return {job for job, _key in done.done}


def purged(after: int) -> set[str]:
    return {tag for entry in log.since(after) if entry.stream == PURGES for tag in entry.data["tags"]}


def set_policy(**fields: int) -> None:
    policy = CommentPolicy.load()
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save()


@pytest.fixture(autouse=True)
def nothing_waits_too_long() -> None:
    """Count once, and let no alarm ring that the test does not ask for."""
    set_policy(alarm_hours=0)
    at(NOW)


@pytest.fixture
def story() -> Story:
    return make_story(published_at=NOW)


def test_a_discussion_closes_after_its_days_and_what_shows_it_is_purged(story: Story) -> None:
    make_comment(story)
    ends = NOW + 30 * DAY
    assert "comments closing" not in at(ends - timedelta(seconds=1))
    assert standing_of(story, now=ends - timedelta(seconds=1)).is_open
    before = log.head()
    assert "comments closing" in at(ends)
    assert purged(before) >= {tag_of(story.pk)}
    assert Discussion.objects.get(story=story).closed_at == ends
    assert standing_of(story, now=ends).why_closed is Closed.AGE
    assert "comments closing" not in at(ends + timedelta(seconds=5))


def test_many_stories_close_in_batches_also_after_the_server_was_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "BATCH", 2)
    section = make_section()
    stories = [make_story(section, published_at=NOW + timedelta(minutes=number)) for number in range(5)]
    before = log.head()
    at(NOW + 31 * DAY)
    assert purged(before) >= {tag_of(one.pk) for one in stories}
    assert Discussion.objects.exclude(closed_at=None).count() == 5


def test_what_closed_by_age_closes_once_more_where_the_newsroom_gave_it_more_days(story: Story) -> None:
    at(NOW + 30 * DAY)
    set_policy(closes_after=60)
    assert standing_of(story, now=NOW + 31 * DAY).is_open
    assert "comments closing" not in at(NOW + 31 * DAY)
    before = log.head()
    assert "comments closing" in at(NOW + 60 * DAY)
    assert purged(before) >= {tag_of(story.pk)}
    assert Discussion.objects.get(story=story).closed_at == NOW + 60 * DAY
    assert "comments closing" not in at(NOW + 60 * DAY + timedelta(seconds=5))
    set_policy(closes_after=59)
    assert "comments closing" not in at(NOW + 60 * DAY + timedelta(seconds=10))


def test_a_story_with_a_mode_of_its_own_and_a_paper_without_days_close_nothing(story: Story) -> None:
    set_story_mode(story, mode=Mode.HOLD, until=None, by=None)
    at(NOW + 31 * DAY)
    assert standing_of(story, now=NOW + 31 * DAY).is_open
    assert Discussion.objects.get(story=story).closed_at is None
    other = make_story(published_at=NOW)
    set_policy(closes_after=0)
    assert "comments closing" not in at(NOW + DAY) | at(NOW + 31 * DAY)
    assert standing_of(other, now=NOW + 900 * DAY).is_open


def test_a_storys_own_mode_ends_at_its_time(story: Story) -> None:
    until = NOW + timedelta(hours=6)
    set_story_mode(story, mode=Mode.CLOSED, until=until, by=None)
    assert "comments modes" not in at(until - timedelta(seconds=1))
    before = log.head()
    assert "comments modes" in at(until)
    assert tag_of(story.pk) in purged(before)
    assert Discussion.objects.get(story=story).mode == ""
    assert standing_of(story, now=until).is_open


def test_the_switch_and_a_sections_mode_purge_whatever_shows_them(story: Story) -> None:
    before = log.head()
    switch_comments(is_open=False, by=None)
    assert {IN_FORCE, POLICY} <= purged(before)
    assert standing_of(story, now=NOW).why_closed is Closed.PAPER
    switch_comments(is_open=True, by=None)
    before = log.head()
    set_section_mode(Section.objects.get(), mode=Mode.HOLD, by=None)
    assert IN_FORCE in purged(before)
    assert standing_of(story, now=NOW).mode is Mode.HOLD


def test_the_desk_sets_modes_and_switches(story: Story) -> None:
    client = signed_in(person("Moderators"))
    base = f"{DESK}discussions/"
    client.post(f"{base}stories/{story.pk}/", {"mode": "hold", "hours": "6"})
    client.post(f"{base}sections/{Section.objects.get().pk}/", {"mode": "closed"})
    found = Discussion.objects.get(story=story)
    assert found.mode == "hold"
    assert found.mode_until
    page = client.get(base).content.decode()
    assert story.title in page
    assert '<option value="hold" selected>' in page
    assert client.get(base, {"q": "no such headline"}).content.decode().count("No story is found.") == 1
    client.post(f"{base}switch/", {"to": "closed", "sure": "yes"})
    assert not CommentPolicy.load().is_open
    for address, fields in (("switch/", {"to": "x"}), (f"stories/{story.pk}/", {"mode": "x"})):
        assert client.post(base + address, fields).status_code == 400
    assert client.post(f"{base}stories/{story.pk}/", {"mode": "hold", "hours": "7"}).status_code == 400


def test_traces_are_forgotten_at_their_time(story: Story) -> None:
    comment = make_comment(story, now=NOW)
    until = CommentTrace.objects.get(comment=comment).kept_until
    assert "comments forgotten" not in at(until - timedelta(seconds=1))
    assert "comments forgotten" in at(until)
    assert not CommentTrace.objects.exists()
    assert CommentText.objects.get(comment=comment).body


def test_traces_are_forgotten_after_the_days_in_force_and_never_later_than_was_promised(story: Story) -> None:
    first, second = make_comment(story, now=NOW), make_comment(story, now=NOW + DAY)
    set_policy(address_days=300)
    assert "comments forgotten" not in at(NOW + 10 * DAY)
    set_policy(address_days=10)
    assert "comments forgotten" in at(NOW + 10 * DAY)
    assert [one.comment_id for one in CommentTrace.objects.all()] == [second.pk]
    assert "comments forgotten" not in at(NOW + 11 * DAY - timedelta(seconds=1))
    set_policy(address_days=300)
    at(NOW + 31 * DAY)
    assert not CommentTrace.objects.exists()
    assert CommentText.objects.get(comment=first).body


def test_the_words_of_what_was_refused_are_forgotten_with_what_quotes_them(story: Story) -> None:
    spam = make_comment(story, state=State.SPAM, words=["viagra"], body="Cheap viagra", now=NOW)
    late = make_comment(story, now=NOW)
    decide_comment(late, kind=Kind.REJECTED, now=NOW + 80 * DAY, seen=1, by=None, reason="hate", note="No.")
    kept = make_comment(story, now=NOW)
    at(NOW + 90 * DAY - timedelta(seconds=1))
    assert CommentText.objects.get(comment=spam).body
    at(NOW + 90 * DAY)
    gone = CommentText.objects.get(comment=spam)
    assert (gone.body, gone.name, gone.fingerprint) == ("", "", "")
    assert not Evidence.objects.filter(decision__comment=spam).exists()
    assert fresh(spam).decisions.count() == 1
    assert CommentText.objects.get(comment=late).body
    at(NOW + 170 * DAY)
    assert CommentText.objects.get(comment=late).body == ""
    assert CommentText.objects.get(comment=kept).body


def test_who_reported_is_forgotten_after_the_days_in_force(story: Story) -> None:
    set_policy(report_days=10)
    comment = make_comment(story, now=NOW)
    told = [report(comment, mark=mark, text="Rude", email="a@example.org", now=NOW) for mark in "ab"]
    open_one = report(make_comment(story), now=NOW)
    decide_comment(comment, kind=Kind.KEPT, now=NOW, seen=1, by=None)
    at(NOW + 10 * DAY - timedelta(seconds=1))
    assert ReportText.objects.count() == 3
    at(NOW + 10 * DAY)
    assert [one.report_id for one in ReportText.objects.all()] == [open_one.pk]
    marks = set(Report.objects.filter(pk__in=[one.pk for one in told]).values_list("mark", flat=True))
    assert len(marks) == 2
    assert not marks & {"a", "b"}


def test_moderators_are_written_to_once_until_it_is_dealt_with(story: Story, run_tasks: Callable[[], None]) -> None:
    set_policy(alarm_hours=12)
    by = person("Moderators")
    person("Reporters")
    first, second = (make_comment(story, state=State.HELD, now=NOW + timedelta(hours=n)) for n in (0, 1))
    at(NOW + timedelta(hours=12, seconds=-1))
    run_tasks()
    assert not mail.outbox
    for hours in (12, 13, 14):
        at(NOW + timedelta(hours=hours))
    run_tasks()
    assert [one.to for one in mail.outbox] == [["moderators@paper.example"]]
    body = mail.outbox[0].body
    assert f"http://localhost:8000{DESK}{first.pk}/?do=approved" in body
    assert f"{DESK}{second.pk}/" not in body
    decide_comment(first, kind=Kind.APPROVED, now=NOW, seen=1, by=by)
    at(NOW + timedelta(hours=15))
    run_tasks()
    assert len(mail.outbox) == 2
    assert f"{DESK}{second.pk}/?do=rejected" in mail.outbox[1].body


@pytest.mark.parametrize(("kind", "words"), [(Kind.SPAM, "was taken away"), (Kind.KEPT, "it stays")])
def test_whoever_gave_notice_is_told_of_the_outcome_once_it_stands(
    story: Story, run_tasks: Callable[[], None], kind: Kind, words: str
) -> None:
    comment = make_comment(story)
    report(comment, reason="illegal", name="Musa", email="musa@example.org", in_good_faith=True)
    report(comment, mark="b", text="Rude")
    decide_comment(comment, kind=kind, now=NOW, seen=1, by=person("Moderators"))
    at(NOW + timedelta(minutes=10, seconds=-1))
    run_tasks()
    assert not mail.outbox
    for minutes in (10, 11):
        at(NOW + timedelta(minutes=minutes))
    run_tasks()
    assert [one.to for one in mail.outbox] == [["musa@example.org"]]
    assert words in mail.outbox[0].body
    assert "A person decided that" in mail.outbox[0].body


def test_numbers_are_counted_each_hour_and_the_page_purged_only_where_they_changed(story: Story) -> None:
    before = log.head()
    assert "comments counted" not in at(NOW + timedelta(minutes=59))
    at(NOW + timedelta(hours=1))
    assert POLICY not in purged(before)
    make_comment(story, now=NOW)
    at(NOW + timedelta(hours=2))
    assert POLICY in purged(before)
    numbers = PolicyNumbers.objects.get()
    assert numbers.at == NOW + timedelta(hours=2)
    assert numbers.facts["ever"]["received"] == 1


def test_a_policy_saved_in_the_settings_purges_what_is_shown_by_it() -> None:
    client: Client = signed_in(person("Administrators"))
    before = log.head()
    address = f"/desk/settings/gazeti_comments/commentpolicy/{CommentPolicy.load().pk}/"
    fields = {"mode": "open", "closes_after": "10", "links_allowed": "1", "address_days": "5", "alarm_hours": "1"}
    answer = client.post(address, {**fields, "refused_days": "6", "report_days": "7"})
    assert answer.status_code == 302
    assert CommentPolicy.load().address_days == 5
    assert {IN_FORCE, POLICY} <= purged(before)
    assert signed_in(person("Editors")).get(address).status_code != 200
    assert Comment.objects.count() == 0
