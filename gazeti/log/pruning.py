"""Dropping what nobody asks for any more: background tasks that ended, and failures of the clock that were mended."""

from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from gazeti.log.clock import Item
from gazeti.log.models import Failure

KEPT = timedelta(days=7)
"""How long a task that went well is kept."""
FAILED_KEPT = timedelta(days=30)
"""How long one that failed is, and a failure of the clock that was mended."""
SLACK = timedelta(hours=1)
"""Old rows are dropped together about once an hour: SQLite has one writer."""
BATCH = 500


def old_rows_due(*, now: datetime) -> list[Item]:
    """One item for the clock while there are tasks to drop."""
    oldest = _old_tasks(now - SLACK).aggregate(oldest=Min("finished_at"))["oldest"]
    return [Item("tasks", oldest + KEPT)] if oldest else []


def drop_old_rows(_item: Item, *, now: datetime) -> None:
    """Delete some of them; the clock asks again whether more are left."""
    for rows in (_old_tasks(now), Failure.objects.filter(resolved_at__lt=now - FAILED_KEPT)):
        rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH])).delete()


def _old_tasks(now: datetime) -> QuerySet[DBTaskResult]:
    done = Q(status="SUCCESSFUL", finished_at__lt=now - KEPT)
    return DBTaskResult.objects.filter(done | Q(status="FAILED", finished_at__lt=now - FAILED_KEPT))
