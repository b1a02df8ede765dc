"""The worker for background tasks, in the service and for a verb that waits until all is done."""

import logging

from django.utils import timezone
from django_tasks.signals import task_finished
from django_tasks_db.management.commands.db_worker import Worker

from gazeti.cli.progress import bar
from gazeti.log.backlog import backlog, worker_name


def worker(*, only_what_waits: bool = False) -> Worker:
    """A worker for all queues, which goes on for ever or ends when nothing waits."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    return Worker(
        queue_names=["*"],
        interval=1,
        batch=only_what_waits,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name(),
        excluded_queue_names=[],
    )


def finish_tasks() -> None:
    """Run all tasks that wait, in this process."""
    waiting = backlog(now=timezone.now()).waiting
    if not waiting:
        return
    with bar("Finishing what is left", total=waiting) as step:

        def count(**_signal: object) -> None:
            step()

        task_finished.connect(count)
        worker(only_what_waits=True).run()
        task_finished.disconnect(count)
