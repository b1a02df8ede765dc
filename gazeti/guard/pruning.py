"""Dropping what is over. Whoever has a clock calls it: the guard stands beside the log and knows none."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min

from gazeti.guard.arrivals import SECOND
from gazeti.guard.models import Done, KeptAnswer, Tally

SLACK = timedelta(minutes=10)
"""What is over goes together, some minutes later: SQLite has one writer."""
BATCH = 2_000
SKEW = timedelta(minutes=1)
"""How far the clocks of two machines may be apart without a count being dropped that another still needs."""
TABLES: tuple[tuple[Any, str, int], ...] = ((Tally, "arrival", SECOND), (Done, "until", 1), (KeptAnswer, "until", 1))
"""Each table, the column that says until when a row counts, and how many of its units make a second."""


def oldest_over(*, now: datetime) -> datetime | None:
    """When the oldest row ended that is to be dropped; None if none is."""
    ends = [_oldest(*table) for table in TABLES]
    over = [end for end in ends if end is not None and end <= (now - SLACK).timestamp()]
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


def _oldest(model: Any, column: str, unit: int) -> float | None:
    oldest = model.objects.aggregate(oldest=Min(column))["oldest"]
    return None if oldest is None else oldest / unit
