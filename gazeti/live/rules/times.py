"""How far from now the times of a coverage may lie."""

from datetime import datetime, timedelta

FURTHEST = timedelta(days=3_653)
"""Ten years, before or after: whatever lies further was mistyped, and some of it no time zone has a date for."""


def is_in_reach(moment: datetime, *, now: datetime) -> bool:
    """Whether somebody may mean such a time."""
    return abs(moment - now) <= FURTHEST
