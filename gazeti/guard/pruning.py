"""Dropping what is over. Whoever has a clock calls it: the guard stands beside the log and knows none."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from gazeti.guard.arrivals import SECOND
from gazeti.guard.models import Done, KeptAnswer, Tally

SLACK = timedelta(minutes=10)
"""What is over goes together, some minutes later: SQLite has one writer."""
BATCH = 2_000
SKEW = timedelta(minutes=1)
"""How far the clocks of two machines may be apart without a count being dropped that another still needs."""
TABLES: tuple[tuple[Any, str, int], ...] = ((Tally, "arrival", SECOND), (Done, "until", 1), (KeptAnswer, "until", 1))
"""Each table, the column that says until when a row counts, and how many of its units make a second."""
OLDEST = """SELECT
        (SELECT MIN(arrival) FROM gazeti_guard_tally),
        (SELECT MIN(until) FROM gazeti_guard_done),
        (SELECT MIN(until) FROM gazeti_guard_keptanswer)
"""
"""Of each table in its order, by its index and in one question: the clock asks every few seconds."""


def oldest_over(*, now: datetime) -> datetime | None:
    """When the oldest row ended that is to be dropped; None if none is."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST)
        found = cursor.fetchone()
    ends = [end / unit for end, (_model, _column, unit) in zip(found, TABLES, strict=True) if end is not None]
    over = [end for end in ends if end <= (now - SLACK).timestamp()]
    return datetime.fromtimestamp(min(over), tz=now.tzinfo) if over else None


def drop_over(*, now: datetime) -> int:
    """Delete some of what is over; how many rows. Ask again whether more are left."""
    dropped = 0
    for model, column, unit in TABLES:
        over = model.objects.filter(**{f"{column}__lte": int((now - SKEW).timestamp() * unit)})
        chosen = list(over.order_by(column).values_list("pk", flat=True)[:BATCH])
        # Looked at again as it goes: a count may have begun anew since.
        dropped += over.filter(pk__in=chosen).delete()[0] if chosen else 0
    return dropped
