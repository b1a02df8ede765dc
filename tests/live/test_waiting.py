"""What is sent in waits for somebody, and is posted once whoever is faster; what is refused is gone."""

from collections.abc import Callable
from typing import Any

import pytest

from gazeti import log
from gazeti.live.actions import (
    Refused,
    change_waiting,
    move_to,
    refuse,
    retract_update,
    send_in,
    take_up,
)
from gazeti.live.actions.updates import posted_by
from gazeti.live.models import Coverage, Update, Waiting, Wording
from gazeti.live.queries.updates import events_after
from gazeti.live.rules import Kind, Reached, stream_of
from tests.comments.test_moderation_race import at_once
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
EDITORS = 4


def sent(coverage: Coverage, text: str = "Seen from the roof.", **facts: Any) -> Any:
    return send_in(coverage.pk, words=make_words(text), now=NOW, **{"by": None, "key": "", **facts})


def test_what_is_sent_in_is_no_update_until_somebody_takes_it_up_and_answers_for_it() -> None:
    coverage, reader, editor = make_coverage(), person("Moderators"), person("Editors")
    row = sent(coverage, by=reader, key="bridge-7")
    assert row.reached == Reached.SENT
    assert not Update.objects.exists()
    assert log.head(stream_of(coverage.pk)) == 1
    update = take_up(row.pk, by=editor, now=NOW)
    assert (update.number, update.by, posted_by(coverage.pk, key="bridge-7")) == (2, editor, update)
    assert not Waiting.objects.exists()
    [event] = events_after(coverage, number=1)
    assert event.shown
    assert "Seen from the roof." in event.shown.html


def test_somebody_may_mend_what_they_take_up() -> None:
    coverage = make_coverage()
    change_waiting(sent(coverage, key="a").pk, words=make_words("Mended."), now=NOW)
    take_up(Waiting.objects.get().pk, by=None, now=NOW)
    take_up(sent(coverage).pk, by=None, now=NOW, words=make_words("And this."))
    told = [event.shown.html for event in events_after(coverage, number=1) if event.shown]
    assert ["Mended." in told[0], "And this." in told[1]] == [True, True]


def test_the_same_key_is_what_was_sent_or_the_update_it_became() -> None:
    coverage = make_coverage()
    row = sent(coverage, key="k")
    assert sent(coverage, "Sent again.", key="k") == row
    update = take_up(row.pk, by=None, now=NOW)
    assert sent(coverage, key="k") == update
    assert sent(coverage, key="other") != update
    assert (Update.objects.count(), Waiting.objects.count()) == (1, 1)


def test_what_was_refused_is_gone_with_its_words() -> None:
    coverage = make_coverage()
    row = sent(coverage)
    refuse(row.pk)
    assert not Waiting.objects.exists()
    for again in (lambda: refuse(row.pk), lambda: take_up(row.pk, by=None, now=NOW)):
        with pytest.raises(Refused, match="already"):
            again()
    assert log.head(stream_of(coverage.pk)) == 1


def test_a_planned_coverage_takes_in_and_posts_nothing_and_a_closed_one_takes_nothing_in() -> None:
    planned = make_coverage(is_open=False)
    row = sent(planned)
    with pytest.raises(Refused, match="open it first"):
        take_up(row.pk, by=None, now=NOW)
    assert Waiting.objects.get() == row
    move_to(planned.pk, kind=Kind.CLOSE, now=NOW)
    with pytest.raises(Refused, match="closed"):
        sent(planned)


def test_a_retracted_update_stays_gone_when_its_key_is_sent_again() -> None:
    coverage = make_coverage()
    update = take_up(sent(coverage, key="k").pk, by=None, now=NOW)
    retract_update(coverage.pk, number=update.number, now=NOW)
    assert sent(coverage, key="k") == update
    assert not Waiting.objects.exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_editors_who_take_it_up_at_once_one_posts_it_and_the_others_are_told() -> None:
    coverage = make_coverage()
    row = sent(coverage, key="k")
    deeds: list[Callable[[], Any]] = [lambda: take_up(row.pk, by=None, now=NOW)] * EDITORS
    said = at_once([*deeds, lambda: refuse(row.pk), lambda: sent(coverage, key="k")])
    posted, was_refused = [one for one in said[:EDITORS] if isinstance(one, Update)], said[EDITORS] is None
    assert len(posted) == (0 if was_refused else 1)
    assert Update.objects.count() == Wording.objects.count() == len(posted)
    assert all(isinstance(one, Update | Refused | Waiting | None) for one in said), said


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_waits_once_also_while_it_is_taken_up() -> None:
    coverage = make_coverage()
    said = at_once([lambda: sent(coverage, key="k")] * EDITORS)
    assert len({one.pk for one in said}) == Waiting.objects.count() == 1
    row = Waiting.objects.get()
    deeds: list[Callable[[], Any]] = [lambda: sent(coverage, key="k")] * EDITORS
    said = at_once([*deeds, lambda: take_up(row.pk, by=None, now=NOW)])
    assert all(isinstance(one, Update | Waiting) for one in said), said
    assert (Update.objects.count(), Waiting.objects.count()) == (1, 0)
    assert make_update(coverage).number == 3
