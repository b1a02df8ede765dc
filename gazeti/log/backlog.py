"""The background tasks: what waits, what failed, and the tasks whose worker died while it ran them.

A worker names itself by machine, process and birth, so that another process can tell whether it still lives.
"""

import os
import platform
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Min, Q

TRIES = 3
LONGEST = timedelta(hours=1)
"""A task still running after this on another machine is taken for lost."""


VANISHED = Q(exception_class_path__endswith="DoesNotExist")
"""What a task met that came to a page or picture deleted right after it was saved: nothing was left to do."""


class Backlog(NamedTuple):
    """How many tasks wait, run and failed (not of what has vanished), and since when the oldest waits."""

    waiting: int
    running: int
    failed: int
    oldest: datetime | None


def backlog(*, now: datetime) -> Backlog:
    """The tasks as they stand; one that is to start later does not wait yet."""
    tasks = _tasks()
    waiting = tasks.ready().filter(enqueued_at__lte=now)
    return Backlog(
        waiting=waiting.count(),
        running=tasks.running().count(),
        failed=_failed().count(),
        oldest=waiting.aggregate(Min("enqueued_at"))["enqueued_at__min"],
    )


def failed_kinds() -> list[str]:
    """What failed, each once, as in "make_renditions_of (OSError)"."""
    rows = _failed().values_list("task_path", "exception_class_path").order_by("task_path").distinct()
    return list(dict.fromkeys(f"{task.rpartition('.')[2]} ({error.rpartition('.')[2]})" for task, error in rows))


def worker_name(pid: int | None = None) -> str:
    """The name of a worker process on this machine, at most 64 characters: machine:process:birth."""
    pid = pid or os.getpid()
    return f"{platform.node()[:30]}:{pid}:{_birth(pid)}"


def is_alive(worker: str) -> bool | None:
    """Whether the worker of that name still runs; None if only its own machine can tell."""
    machine, _, rest = worker.partition(":")
    pid, _, birth = rest.partition(":")
    if machine != platform.node()[:30] or not pid.isdigit():
        return None
    return _birth(int(pid)) == birth


@transaction.atomic
def requeue_orphans(*, now: datetime) -> int:
    """Set the tasks ready again whose worker died; after three tries they have failed. How many were ready again."""
    ready = 0
    for task in _tasks().running().select_for_update():
        if not _is_orphan(task, now):
            continue
        if len(task.worker_ids) < TRIES:
            task.status = "READY"
            ready += 1
        else:
            task.status, task.finished_at = "FAILED", now
            task.exception_class_path = "builtins.ChildProcessError"
            task.traceback = f"The worker died {TRIES} times while it ran this task."
        task.save()
    return ready


def _is_orphan(task: Any, now: datetime) -> bool:
    alive = is_alive(task.worker_ids[-1]) if task.worker_ids else False
    overdue = task.started_at is None or now - task.started_at > LONGEST
    return overdue if alive is None else not alive


def _birth(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty if it does not run, "-" where the kernel does not tell."""
    if not Path("/proc/self/stat").exists():
        return "-" if _answers(pid) else ""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return words[19] if words[0] != "Z" else ""


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _failed() -> Any:
    return _tasks().failed().exclude(VANISHED)


def _tasks() -> Any:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects
