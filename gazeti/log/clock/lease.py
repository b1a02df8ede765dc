"""The clock's lease: one process ticks at a time, whatever machines share the database.

Time decides only how soon another takes over. That nothing is done twice is decided by the row itself: each item's
transaction locks it and finds its own name and term there, or commits nothing.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from gazeti.log.backlog import is_alive, worker_name
from gazeti.log.models import Lease

NAME = "clock"
LASTS = timedelta(seconds=20)
RENEWED_BEFORE = timedelta(seconds=10)
"""A lease that lasts longer than this is not written again: SQLite has one writer."""
LET_GO = "SET LOCAL idle_in_transaction_session_timeout = '10s'"
"""PostgreSQL keeps the lock of a machine that lost its power until it has been idle this long."""


class Lost(Exception):
    """Another process has the lease: what was begun is not committed."""


class Hold(NamedTuple):
    """The lease as this process has it."""

    holder: str
    term: int


def take(*, now: datetime, me: str = "") -> Hold | None:
    """The lease, if it is ours, free, run out, or its holder is dead; None while another has it."""
    me = me or worker_name()
    row = Lease.objects.filter(name=NAME).first()
    if row is None:
        return _first(me, now=now)
    if row.holder == me and RENEWED_BEFORE < row.until - now <= LASTS:
        return Hold(me, row.term)
    if row.holder != me and _is_held(row, now=now):
        return None
    # One statement that compares and sets: of two that read the same row, one changes it.
    term = row.term if row.holder == me else row.term + 1
    same = Lease.objects.filter(name=NAME, holder=row.holder, term=row.term, until=row.until)
    return Hold(me, term) if same.update(holder=me, term=term, until=now + LASTS, seen_at=now) else None


def confirm(hold: Hold, *, now: datetime) -> None:
    """Lock the lease until this transaction ends, and renew it in good time. Raises Lost if it is not ours."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LET_GO)
    ours = Lease.objects.filter(name=NAME, holder=hold.holder, term=hold.term)
    row = ours.select_for_update().first()
    if row is None:
        raise Lost
    if row.until - now < RENEWED_BEFORE:
        ours.update(until=now + LASTS, seen_at=now)


def give_up(*, now: datetime, me: str = "") -> None:
    """Let the next process take over at once; nothing if it is not ours."""
    Lease.objects.filter(name=NAME, holder=me or worker_name()).update(holder="", until=now, seen_at=now)


def last_seen() -> datetime | None:
    """When the clock last told that it runs, ten seconds ago at most while it does; None if it never ran."""
    return Lease.objects.filter(name=NAME).values_list("seen_at", flat=True).first()


def _first(me: str, *, now: datetime) -> Hold | None:
    row = Lease(name=NAME, holder=me, until=now + LASTS, seen_at=now)
    Lease.objects.bulk_create([row], ignore_conflicts=True)
    return Hold(me, 1) if Lease.objects.filter(name=NAME, holder=me, term=1).exists() else None


def _is_held(row: Lease, *, now: datetime) -> bool:
    """Whether its holder may still be at work. One that lasts too long was written by a clock that is wrong."""
    return now < row.until <= now + 2 * LASTS and is_alive(row.holder) is not False
