"""Running the background tasks that a test's writes have enqueued."""

from collections.abc import Callable

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


@pytest.fixture
def run_tasks() -> Callable[[], None]:
    """Return a function that runs whatever waits, as the task worker of `gazeti serve` would.

    It uses the worker's own way of running one task; its loop would close the test's database connection.
    """
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )

    def run() -> None:
        while (waiting := DBTaskResult.objects.ready().first()) is not None:
            waiting.claim(worker.worker_id)
            worker.run_task(waiting)
        assert not DBTaskResult.objects.failed().exists()

    return run
