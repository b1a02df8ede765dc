"""Rotation: what is old and has been dealt with is dropped, from the streams that say so, and numbers go on."""

from datetime import datetime, timedelta

import pytest

from gazeti import log
from gazeti.log import followers, rotation
from gazeti.log.followers import registry
from gazeti.log.models import Event
from tests.log.desk import NOW

DAY, WEEK = timedelta(days=1), timedelta(days=7)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def only_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one stream alone be rotated, and nobody follow."""
    monkeypatch.setattr(rotation, "KEPT", {})
    monkeypatch.setattr(registry, "FOLLOWERS", {})
    rotation.rotate("letters", kept=WEEK)


def append(stream: str, *ages: timedelta) -> None:
    for age in ages:
        place = log.append(stream, "post")
        Event.objects.filter(position=place.position).update(at=NOW - age)


def rotate(now: datetime = NOW) -> int:
    """Drop what is due until nothing is; return how often."""
    times = 0
    while items := rotation.old_entries_due(now=now):
        times += 1
        rotation.drop_old_entries(items[0], now=now)
    return times


def test_old_entries_go_and_other_streams_stay() -> None:
    append("letters", 9 * DAY, 8 * DAY, 6 * DAY)
    append("stories", 9 * DAY)
    assert rotate() == 1
    assert [entry.number for entry in log.read(stream="letters")] == [3]
    assert [entry.number for entry in log.read(stream="stories")] == [1]
    assert rotate() == 0


def test_numbers_and_positions_go_on_after_all_was_dropped() -> None:
    start = log.head()
    append("letters", 9 * DAY, 8 * DAY)
    rotate()
    assert log.read(stream="letters") == []
    assert log.append("letters", "post") == log.Place(start + 3, 3)


def test_whoever_asks_learns_from_where_all_is_kept() -> None:
    start = log.head()
    assert (log.oldest(), log.oldest("letters")) == (1, 1)
    append("stories", 9 * DAY)
    append("letters", 9 * DAY, 8 * DAY)
    append("stories", 8 * DAY)
    append("letters", DAY)
    rotate()
    assert (log.oldest(), log.oldest("letters"), log.oldest("stories")) == (start + 4, 3, 1)
    assert [entry.position for entry in log.read(log.oldest() - 1)] == [start + 4, start + 5]


def test_what_a_durable_follower_has_not_passed_stays() -> None:
    followers.register("slow", lambda entries: None, streams=["letters"])
    followers.register("elsewhere", lambda entries: None, streams=["stories"])
    followers.advance(registry.FOLLOWERS["slow"], now=NOW)
    append("letters", 9 * DAY, 9 * DAY, 9 * DAY)
    assert rotate() == 0
    followers.advance(registry.FOLLOWERS["slow"], now=NOW, batch=2)
    rotate()
    assert [entry.number for entry in log.read(stream="letters")] == [3]


def test_nothing_is_written_for_one_that_is_hardly_old_enough() -> None:
    append("letters", WEEK + timedelta(minutes=30))
    assert rotation.old_entries_due(now=NOW) == []
    assert rotate(NOW + timedelta(hours=1)) == 1


def test_many_go_in_batches_and_the_first_that_is_young_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    append("letters", *[9 * DAY] * 5, DAY, 9 * DAY)
    assert rotate() == 3
    assert [entry.number for entry in log.read(stream="letters")] == [6, 7]


def test_an_entry_that_is_asked_for_twice_is_dropped_once() -> None:
    append("letters", 9 * DAY, DAY)
    [item] = rotation.old_entries_due(now=NOW)
    rotation.drop_old_entries(item, now=NOW)
    rotation.drop_old_entries(item, now=NOW)
    assert log.oldest("letters") == 2
