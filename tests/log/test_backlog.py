"""Tasks whose worker died are ready again, three times at most; those of a worker that lives are left alone."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django_tasks_db.models import DBTaskResult

from gazeti.log.backlog import LONGEST, backlog, failed_kinds, is_alive, requeue_orphans, worker_name
from gazeti.log.models import Event

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(scope="module")
def dead() -> str:
    """Return the name of a worker that lived and died on this machine."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        name = worker_name(process.pid)
        assert is_alive(name) is True
    assert is_alive(name) is False
    return name


def running(*workers: str, started: datetime = NOW) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="gazeti.media.tasks.make_renditions_of",
        backend_name="default",
        run_after=NOW,
        started_at=started,
        worker_ids=list(workers),
    )


def test_a_task_of_a_dead_worker_is_ready_again(dead: str) -> None:
    task = running(dead)
    assert requeue_orphans(now=NOW) == 1
    task.refresh_from_db()
    assert task.status == "READY"
    assert list(DBTaskResult.objects.ready()) == [task]


def test_a_task_that_killed_three_workers_has_failed(dead: str) -> None:
    task = running(dead, dead, dead)
    assert requeue_orphans(now=NOW) == 0
    task.refresh_from_db()
    assert (task.status, task.finished_at) == ("FAILED", NOW)
    assert "died 3 times" in task.task_result.errors[0].traceback
    assert task.task_result.errors[0].exception_class is ChildProcessError


def test_a_task_of_a_living_worker_is_left_alone(dead: str) -> None:
    task = running(dead, worker_name(), started=NOW - 2 * LONGEST)
    assert requeue_orphans(now=NOW) == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


@pytest.mark.parametrize(("minutes", "ready"), [(59, 0), (61, 1)])
def test_another_machines_task_is_taken_for_lost_after_an_hour(minutes: int, ready: int) -> None:
    running("elsewhere:1:1", started=NOW - timedelta(minutes=minutes))
    assert requeue_orphans(now=NOW) == ready


def test_a_process_with_the_number_of_a_dead_one_is_another() -> None:
    machine, pid, _birth = worker_name().split(":")
    assert pid == str(os.getpid())
    assert is_alive(f"{machine}:{pid}:1") is False
    assert len(worker_name()) <= 64


def test_the_backlog_counts_each_state_and_knows_since_when(dead: str) -> None:
    running(dead)
    task = running(dead)
    requeue_orphans(now=NOW)
    DBTaskResult.objects.exclude(pk=task.pk).update(status="FAILED")
    state = backlog(now=datetime.now(UTC) + timedelta(minutes=1))
    assert (state.waiting, state.running, state.failed) == (1, 0, 1)
    task.refresh_from_db()
    assert state.oldest == task.enqueued_at


@pytest.mark.parametrize(
    ("error", "kinds"),
    [
        (Event.DoesNotExist(), []),
        (ObjectDoesNotExist(), []),
        (FileNotFoundError(), ["make_renditions_of (FileNotFoundError)"]),
    ],
)
def test_a_task_on_what_was_deleted_meanwhile_has_not_failed(error: Exception, kinds: list[str]) -> None:
    running(worker_name()).set_failed(error)
    running(worker_name()).set_failed(error)
    assert DBTaskResult.objects.failed().count() == 2
    assert backlog(now=NOW).failed == 2 * len(kinds)
    assert failed_kinds() == kinds
