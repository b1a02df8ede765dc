"""Traces of people beside the log's events: until when they are kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from gazeti.accounts.models import Trace
from gazeti.log.clock import Item

KEPT = timedelta(days=90)
"""Long enough to look into a break-in, no longer."""


def traces_due(*, now: datetime) -> Iterator[Item]:
    """The oldest trace past its time, which stands for all of them."""
    oldest = Trace.objects.filter(at__lte=now - KEPT).order_by("at").first()
    if oldest:
        yield Item(f"trace {oldest.position}", oldest.at + KEPT)
