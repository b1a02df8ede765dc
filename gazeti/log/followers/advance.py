"""One step of a durable follower: what it does and how far it has come are one transaction."""

from datetime import datetime

from django.db import connection, transaction

from gazeti.log.clock.lease import LET_GO
from gazeti.log.followers.registry import Follower
from gazeti.log.ledger import Entry, head
from gazeti.log.models import Event, Progress

BATCH = 100


def advance(follower: Follower, *, now: datetime, seen: int = 0, batch: int = BATCH) -> int:
    """Let a follower deal with some of what it lacks; how many entries that was. Raises what it raises.

    Up to the position `seen` the caller knows that there is nothing for it, so that nobody looks through it again.
    Several processes may try at once: the row's lock lets one after the other, and each goes on where the last ended.
    """
    row = Progress.objects.filter(name=follower.name).first() or _first(follower, now=now)
    # Outside the transaction: on SQLite that would keep all writers waiting, and mostly there is nothing.
    if not _lacking(follower, after=max(row.position, seen), limit=1):
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LET_GO)
        row = Progress.objects.select_for_update().get(name=follower.name)
        entries = _lacking(follower, after=max(row.position, seen), limit=batch)
        if entries:
            follower.deal(entries)
            _move(row, to=entries[-1].position, now=now)
    return len(entries)


def _first(follower: Follower, *, now: datetime) -> Progress:
    """The row of a follower that nobody has seen before: what was there before it is not its to deal with."""
    row = Progress(name=follower.name, position=head(), moved_at=now)
    Progress.objects.bulk_create([row], ignore_conflicts=True)
    return Progress.objects.get(name=follower.name)


def _lacking(follower: Follower, *, after: int, limit: int) -> list[Entry]:
    events = Event.objects.filter(position__gt=after, stream__in=follower.streams).order_by("position")
    fields = ("position", "stream", "number", "kind", "data", "at")
    return [Entry(*row) for row in events.values_list(*fields)[:limit]]


def _move(row: Progress, *, to: int, now: datetime) -> None:
    row.position, row.moved_at, row.failing_since, row.failure = to, now, None, ""
    row.save()
