"""What was done long ago is dropped, in batches, about once an hour."""

from datetime import datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from gazeti.log import pruning
from gazeti.log.models import Failure
from tests.log.desk import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def task(status: str, ended: datetime | None) -> DBTaskResult:
    facts = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "a.b", "backend_name": "default"}
    return DBTaskResult.objects.create(status=status, finished_at=ended, run_after=NOW, **facts)


def prune(now: datetime = NOW) -> int:
    """Drop what is due until nothing is; return how often."""
    times = 0
    while items := pruning.old_rows_due(now=now):
        times += 1
        pruning.drop_old_rows(items[0], now=now)
    return times


def test_tasks_go_a_week_after_they_ended_and_a_month_after_they_failed() -> None:
    kept = [task("SUCCESSFUL", NOW - 7 * DAY), task("FAILED", NOW - 30 * DAY), task("READY", None)]
    for status, days in (("SUCCESSFUL", 8), ("FAILED", 31)):
        task(status, NOW - days * DAY)
    assert prune() == 1
    assert set(DBTaskResult.objects.all()) == set(kept)


def test_nothing_is_written_for_one_that_is_hardly_old_enough() -> None:
    task("SUCCESSFUL", NOW - 7 * DAY - HOUR / 2)
    assert pruning.old_rows_due(now=NOW) == []
    [item] = pruning.old_rows_due(now=NOW + HOUR)
    assert item.at <= NOW + HOUR


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "BATCH", 2)
    for _number in range(5):
        task("SUCCESSFUL", NOW - 9 * DAY)
    assert prune() == 3


def test_failures_of_the_clock_that_were_mended_go_too_and_open_ones_stay() -> None:
    task("SUCCESSFUL", NOW - 9 * DAY)
    moments = {"first_at": NOW - 40 * DAY, "last_at": NOW - 40 * DAY, "next_try_at": NOW}
    Failure.objects.create(job="a", key="mended", resolved_at=NOW - 31 * DAY, **moments)
    Failure.objects.create(job="a", key="open", **moments)
    prune()
    assert [one.key for one in Failure.objects.all()] == ["open"]
