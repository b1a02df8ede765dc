"""What is over is dropped, in batches, some minutes later; what still counts stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse

from gazeti import guard
from gazeti.guard import pruning
from gazeti.guard.models import Done, KeptAnswer, Tally

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = guard.Limit("soon over", most=1, seconds=60, by=("who",))
LATE = guard.Limit("over in a day", most=1, seconds=86_400, by=("who",))

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rows() -> tuple[int, int, int]:
    return Tally.objects.count(), Done.objects.count(), KeptAnswer.objects.count()


def test_each_kind_of_row_goes_when_it_is_over_and_not_before() -> None:
    at = NOW.timestamp()
    guard.allow(SOON, LATE, now=at, who="a")
    guard.spend("x", guard.sign("x", 1, lasts=timedelta(hours=2), once=True, now=at), now=at)
    guard.once("key-1234", scope="s", fingerprint="b", answer=HttpResponse, now=at)
    assert (rows(), pruning.oldest_over(now=NOW + timedelta(minutes=10))) == ((2, 1, 1), None)
    for hours, left in ((1, (1, 1, 1)), (3, (1, 0, 1)), (25, (0, 0, 0))):
        now = NOW + timedelta(hours=hours)
        assert pruning.oldest_over(now=now) <= now - pruning.SLACK
        pruning.drop_over(now=now)
        assert (rows(), pruning.oldest_over(now=now)) == (left, None)


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "BATCH", 2)
    for who in range(5):
        guard.allow(SOON, now=NOW.timestamp(), who=who)
    later = NOW + timedelta(hours=1)
    assert [pruning.drop_over(now=later) for _ in range(4)] == [2, 2, 1, 0]


def test_finding_out_costs_one_question_of_three_indexes(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert pruning.oldest_over(now=NOW) is None
