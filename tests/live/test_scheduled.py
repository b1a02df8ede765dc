"""What the clock does: a planned coverage opens, updates go out at their time, once and in order, whatever fails."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from gazeti import log
from gazeti.live.actions import NotReady, Refused, change_waiting, cover, move_to, plan, refuse, schedule, take_up
from gazeti.live.actions.coverage import open_due
from gazeti.live.actions.waiting import post_due
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Update, Waiting
from gazeti.live.queries.waiting import openings_due, updates_due
from gazeti.live.rules import Kind, Reached, State, Words, stream_of
from gazeti.log import clock
from gazeti.media.models import Picture
from tests.comments.test_moderation_race import at_once
from tests.live.covering import make_coverage, make_words
from tests.media.pictures import keep, ready
from tests.newsroom import NOW, make_draft
from tests.stories.roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def timed(coverage: Coverage, text: str, *, due_at: datetime = NOW + MINUTE, **facts: Any) -> Any:
    words = facts.pop("words", None) or make_words(text)
    return schedule(coverage.pk, words=words, due_at=due_at, now=NOW, **{"by": None, **facts})


def ticked(now: datetime) -> clock.Ticked:
    done = clock.tick(now=now)
    assert done.is_ours
    assert not done.failed
    return done


def told(coverage: Coverage) -> list[str]:
    """The words of what was posted, in the order of its numbers."""
    wordings = coverage.wordings.order_by("number")
    return [str(one.body[0].value.source) for one in wordings]


def test_an_update_goes_out_at_its_time_in_the_name_of_who_gave_it_one() -> None:
    coverage, reporter = make_coverage(), person("Reporters")
    row = timed(coverage, "At noon.", by=reporter, key="noon")
    assert row.reached == Reached.SCHEDULED
    ticked(NOW)
    assert not Update.objects.exists()
    ticked(NOW + MINUTE)
    update = Update.objects.get()
    assert (update.by, update.posted_at, update.key) == (reporter, NOW + MINUTE, "noon")
    assert not Waiting.objects.exists()
    ticked(NOW + HOUR)
    assert Update.objects.count() == 1
    assert timed(coverage, "At noon.", key="noon") == update


def test_after_hours_without_a_clock_all_go_out_once_and_in_their_order() -> None:
    coverage, other, one_more = make_coverage(), make_coverage(), make_coverage()
    for minute in (3, 1, 4, 2, 5):
        timed(coverage, f"Minute {minute}.", due_at=NOW + minute * MINUTE)
        timed(other, f"Minute {minute}.", due_at=NOW + minute * MINUTE)
        timed(one_more, f"Of one minute, {minute}.", due_at=NOW + MINUTE)
    ticked(NOW + 5 * HOUR)
    for one in (coverage, other):
        assert told(one) == [f"<p>Minute {minute}.</p>" for minute in range(1, 6)]
        assert log.head(stream_of(one.pk)) == 6
    assert told(one_more) == [f"<p>Of one minute, {minute}.</p>" for minute in (3, 1, 4, 2, 5)]


def test_one_that_cannot_go_out_says_why_and_keeps_no_other_back() -> None:
    closed, coverage = make_coverage(), make_coverage()
    late = timed(closed, "Too late.")
    picture = ready(credit="Ali Noor")
    bad = timed(coverage, "", words=Words(body=body_of("", pictures=[{"picture": picture.pk}])))
    timed(coverage, "Good.", due_at=NOW + 2 * MINUTE)
    move_to(closed.pk, kind=Kind.CLOSE, now=NOW)
    Picture.objects.filter(pk=picture.pk).update(credit="")
    ticked(NOW + HOUR)
    assert told(coverage) == ["<p>Good.</p>"]
    late.refresh_from_db()
    bad.refresh_from_db()
    assert "closed" in late.failed
    assert "credit" in bad.failed
    assert updates_due(now=NOW + 2 * HOUR) == []
    ticked(NOW + 2 * HOUR)
    assert Update.objects.count() == 1
    take_up_mended(bad, picture=picture)


def take_up_mended(row: Waiting, *, picture: Picture) -> None:
    """Mend it and give it another time: it goes out then, as if nothing had been."""
    Picture.objects.filter(pk=picture.pk).update(credit="Ali Noor")
    words = Words(body=body_of("Mended.", pictures=[{"picture": picture.pk}]))
    change_waiting(row.pk, words=words, due_at=NOW + 4 * HOUR, now=NOW + 3 * HOUR)
    ticked(NOW + 4 * HOUR)
    assert Update.objects.count() == 2
    assert Waiting.objects.filter(failed="").count() == 0


def test_pictures_of_a_scheduled_update_are_rendered_and_one_that_cannot_be_read_is_said() -> None:
    coverage = make_coverage()
    picture, broken = keep(credit="Ali Noor"), ready(credit="Ali Noor")
    timed(coverage, "", words=Words(body=body_of("", pictures=[{"picture": picture.pk}])))
    timed(coverage, "", words=Words(body=body_of("", pictures=[{"picture": broken.pk}])))
    Picture.objects.update(served_from="")
    default_storage.delete(broken.file.name)
    ticked(NOW + MINUTE)
    picture.refresh_from_db()
    assert not picture.is_pending
    assert "cannot be read" in Waiting.objects.get().failed


def test_a_time_that_has_passed_and_words_that_could_not_go_out_are_refused_at_once() -> None:
    coverage = make_coverage()
    with pytest.raises(Refused, match="has passed"):
        timed(coverage, "Late.", due_at=NOW)
    with pytest.raises(NotReady):
        timed(coverage, "", words=Words(body=[]))
    row = timed(coverage, "Good.")
    with pytest.raises(Refused, match="has passed"):
        change_waiting(row.pk, words=make_words(), due_at=NOW - MINUTE, now=NOW)
    assert updates_due(now=NOW + HOUR)[0].at == NOW + MINUTE


def test_what_was_taken_up_or_refused_before_its_time_does_not_go_out_again() -> None:
    coverage = make_coverage()
    first, second = timed(coverage, "One."), timed(coverage, "Two.")
    items = updates_due(now=NOW + HOUR)
    take_up(first.pk, by=None, now=NOW)
    refuse(second.pk)
    for item in items:
        post_due(item, now=NOW + HOUR)
    assert told(coverage) == ["<p>One.</p>"]


@pytest.mark.django_db(transaction=True)
def test_the_clock_and_an_editor_at_once_post_it_once() -> None:
    coverage = make_coverage()
    row = timed(coverage, "One.")
    [item] = updates_due(now=NOW + HOUR)
    clocks = [lambda: post_due(item, now=NOW + HOUR)] * 3
    said = at_once([*clocks, lambda: take_up(row.pk, by=None, now=NOW)])
    assert told(coverage) == ["<p>One.</p>"]
    assert all(isinstance(one, Update | Refused | None) for one in said), said


def test_a_planned_coverage_opens_itself_and_what_is_due_then_goes_out_after_it() -> None:
    coverage = cover(make_draft(), starts_at=NOW + MINUTE, ends_at=NOW + 2 * MINUTE, now=NOW)
    timed(coverage, "The first.", due_at=NOW + MINUTE)
    ticked(NOW)
    assert Coverage.objects.get().state == State.PLANNED
    ticked(NOW + MINUTE)
    coverage.refresh_from_db()
    assert (coverage.state, coverage.opened_at) == (State.LIVE, NOW + MINUTE)
    assert told(coverage) == ["<p>The first.</p>"]
    ticked(NOW + HOUR)
    assert Coverage.objects.get().state == State.LIVE, "it is the newsroom that closes it"


def test_one_that_somebody_opened_paused_or_planned_anew_is_not_opened_again() -> None:
    coverage = make_coverage(is_open=False)
    plan(coverage.pk, starts_at=NOW + MINUTE, ends_at=None, now=NOW)
    [item] = openings_due(now=NOW + MINUTE)
    plan(coverage.pk, starts_at=NOW + HOUR, ends_at=None, now=NOW)
    open_due(item, now=NOW + MINUTE)
    assert Coverage.objects.get().state == State.PLANNED
    for kind in (Kind.RESUME, Kind.PAUSE):
        move_to(coverage.pk, kind=kind, now=NOW)
    open_due(item, now=NOW + 2 * HOUR)
    assert Coverage.objects.get().state == State.PAUSED
    with pytest.raises(Refused, match="ends before"):
        plan(coverage.pk, starts_at=NOW, ends_at=NOW, now=NOW)


def test_no_row_ends_before_it_begins_or_waits_for_no_time() -> None:
    coverage = make_coverage()
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.update(starts_at=NOW, ends_at=NOW - HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiting.objects.create(coverage=coverage, reached=Reached.SCHEDULED, received_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiting.objects.create(coverage=coverage, reached=Reached.SENT, received_at=NOW, due_at=NOW)
