"""Every change is one event with the coverage's next number, and the events after any number tell what happened."""

import pytest

from gazeti import log
from gazeti.live.actions import (
    Refused,
    edit_update,
    move_to,
    pin_update,
    post_update,
    retract_update,
    summarise,
    unpin_update,
)
from gazeti.live.models import Wording
from gazeti.live.queries.updates import events_after, shown_updates
from gazeti.live.rules import MOST_PINNED, Kind, stream_of
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


def test_each_change_appends_one_event_with_the_next_number() -> None:
    coverage = make_coverage()
    first, second = make_update(coverage), make_update(coverage)
    edit_update(coverage.pk, number=first.number, words=make_words("It was the ferry."), now=NOW)
    pin_update(coverage.pk, number=second.number)
    unpin_update(coverage.pk, number=second.number)
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    retract_update(coverage.pk, number=first.number, now=NOW)
    for kind in (Kind.PAUSE, Kind.RESUME, Kind.CLOSE):
        move_to(coverage.pk, kind=kind, now=NOW)
    entries = log.read(0, stream=stream_of(coverage.pk))
    assert [entry.kind for entry in entries] == [
        "resume", "post", "post", "edit", "pin", "unpin", "summary", "retract", "pause", "resume", "close",
    ]  # fmt: skip
    assert [entry.number for entry in entries] == list(range(1, 12))
    coverage.refresh_from_db()
    assert coverage.head == 11
    assert (first.number, second.number) == (2, 3)


def test_the_events_after_a_number_tell_each_wording_as_it_was_and_nothing_of_what_is_gone() -> None:
    coverage = make_coverage()
    first, second = make_update(coverage, "One."), make_update(coverage, "Two.", heading="Twice", is_key=True)
    edit_update(coverage.pk, number=second.number, words=make_words("Two, better."), now=NOW)
    posted, edited = events_after(coverage, number=2)
    assert posted.shown
    assert edited.shown
    assert (posted.shown.html.strip(), posted.shown.is_key, posted.shown.edited_at) == ("<p>Two.</p>", True, None)
    assert (edited.shown.html.strip(), edited.shown.is_key, edited.shown.edited_at) == (
        "<p>Two, better.</p>",
        False,
        NOW,
    )
    retract_update(coverage.pk, number=first.number, now=NOW)
    gone = events_after(coverage, number=0)
    assert [(one.number, one.is_gone, one.shown is None) for one in gone] == [
        (1, False, True),
        (2, True, True),
        (3, False, False),
        (4, False, False),
        (5, True, True),
    ]


def test_the_same_key_again_is_the_same_update() -> None:
    coverage = make_coverage()
    one, two = (post_update(coverage.pk, words=make_words(), by=None, now=NOW, key="k1") for _ in range(2))
    assert one == two
    assert log.head(stream_of(coverage.pk)) == one.number


def test_what_cannot_be_is_refused_and_leaves_nothing() -> None:
    coverage = make_coverage(is_open=False)
    with pytest.raises(Refused, match="open it first"):
        make_update(coverage)
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    update = make_update(coverage)
    edit_update(coverage.pk, number=update.number, words=make_words("Other."), now=NOW)
    with pytest.raises(Refused, match="Somebody"):
        edit_update(coverage.pk, number=update.number, words=make_words("Late."), now=NOW, seen=update.number)
    retract_update(coverage.pk, number=update.number, now=NOW)
    for change in (
        lambda: pin_update(coverage.pk, number=update.number),
        lambda: edit_update(coverage.pk, number=update.number, words=make_words(), now=NOW),
        lambda: retract_update(coverage.pk, number=update.number, now=NOW),
        lambda: move_to(coverage.pk, kind=Kind.RESUME, now=NOW),
    ):
        with pytest.raises(Refused):
            change()
    assert log.head(stream_of(coverage.pk)) == 4


def test_the_words_of_what_was_taken_back_can_be_erased() -> None:
    coverage = make_coverage()
    update = make_update(coverage, "A name that must go.")
    edit_update(coverage.pk, number=update.number, words=make_words("Still the name."), now=NOW)
    retract_update(coverage.pk, number=update.number, now=NOW)
    retract_update(coverage.pk, number=update.number, now=NOW, erases=True)
    assert not Wording.objects.exists()
    assert log.head(stream_of(coverage.pk)) == 4


def test_updates_are_shown_with_their_words_in_one_go(django_assert_max_num_queries: object) -> None:
    coverage = make_coverage()
    updates = [make_update(coverage, f"Number {at}.") for at in range(5)]
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        shown, _tags = shown_updates(updates)
    assert [one.html.strip() for one in shown] == [f"<p>Number {at}.</p>" for at in range(5)]


def test_ten_updates_at_most_are_pinned_so_that_who_follows_a_page_knows_them_all() -> None:
    coverage = make_coverage()
    updates = [make_update(coverage, f"Number {at}.") for at in range(MOST_PINNED + 1)]
    for update in updates[:-1]:
        pin_update(coverage.pk, number=update.number)
    with pytest.raises(Refused, match="Ten updates are pinned"):
        pin_update(coverage.pk, number=updates[-1].number)
    retract_update(coverage.pk, number=updates[0].number, now=NOW)
    pin_update(coverage.pk, number=updates[-1].number)
