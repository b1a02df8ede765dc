"""Appending to the log and reading it from a position.

Both counters are rows raised in the writer's own transaction. Raising the first locks it until commit, so writers
stand in line: positions are gap-free and become visible in their order, and a rollback gives its numbers back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from gazeti.log import bell

ALL = ""
CHANNEL = "gazeti_log"
"""Where PostgreSQL tells that something was appended; the notice leaves with the commit."""
RAISE = """
    INSERT INTO gazeti_log_stream (name, last) VALUES (%s, 1)
    ON CONFLICT (name) DO UPDATE SET last = gazeti_log_stream.last + 1
    RETURNING last
"""
LAST = "SELECT last FROM gazeti_log_stream WHERE name = %s"
ROTATED = "SELECT rotated FROM gazeti_log_stream WHERE name = %s"
"""As SQL: every render of a page asks one of these, and to compile it takes Django ten times as long as to run it."""
NOTIFY = f", pg_notify('{CHANNEL}', '')"


class Rotated(Exception):
    """Something that was asked for is kept no more; everything from `oldest` on is."""

    def __init__(self, oldest: int) -> None:
        """Take the first place from which on all is there."""
        super().__init__(f"The log is complete only from {oldest} on: what came before was dropped.")
        self.oldest = oldest


class Place(NamedTuple):
    """Where an event stands: its position in all, its number in its stream. Both count from 1 without a gap."""

    position: int
    number: int


class Entry(NamedTuple):
    """One event as read back."""

    position: int
    stream: str
    number: int
    kind: str
    data: dict[str, Any]
    at: datetime


def append(stream: str, kind: str, data: Mapping[str, Any] | None = None) -> Place:
    """Append one event and tell its place; it holds if and only if the caller's transaction does.

    From here to the commit other writers wait, so append last. Raises ValueError for a stream without a name.
    """
    from gazeti.log.models import Event

    if not stream:
        raise ValueError("an event needs the name of its stream")
    with transaction.atomic():
        place = Place(position=_raised(ALL), number=_raised(stream))
        Event.objects.create(
            position=place.position,
            stream=stream,
            number=place.number,
            kind=kind,
            data=dict(data or {}),
            at=timezone.now(),
        )
        transaction.on_commit(bell.ring, robust=True)
    return place


def read(after: int = 0, *, stream: str | None = None, limit: int = 1000) -> list[Entry]:
    """The events after a position (of the whole log, or by number of one stream), in order, at most `limit`."""
    from gazeti.log.models import Event

    events = Event.objects.order_by("position")
    if stream is None:
        events = events.filter(position__gt=after)
    else:
        events = events.filter(stream=stream, number__gt=after)
    return _entries(events, limit=limit)


def since(position: int, *, stream: str | None = None, limit: int = 1000) -> list[Entry]:
    """The events after a position of the whole log, of every stream or of one, in order, at most `limit`."""
    from gazeti.log.models import Event

    events = Event.objects.order_by("position").filter(position__gt=position)
    return _entries(events if stream is None else events.filter(stream=stream), limit=limit)


def head(stream: str | None = None) -> int:
    """The last position in all, or the last number of a stream; 0 before the first event."""
    return _told_of(stream, LAST)


def oldest(stream: str | None = None) -> int:
    """The position (or a stream's number) from which on everything is kept; what came before may have been rotated."""
    return _told_of(stream, ROTATED) + 1


def before(moment: datetime) -> int:
    """The position of the last event older than a moment; 0 if there is none."""
    from gazeti.log.models import Event

    older = Event.objects.filter(at__lt=moment).order_by("-position")
    return older.values_list("position", flat=True).first() or 0


def _told_of(stream: str | None, question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, [ALL if stream is None else stream])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _entries(events: Any, *, limit: int) -> list[Entry]:
    fields = ("position", "stream", "number", "kind", "data", "at")
    return [Entry(*row) for row in events.values_list(*fields)[:limit]]


def _raised(name: str) -> int:
    is_told = name == ALL and connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(RAISE + NOTIFY if is_told else RAISE, [name])
        return int(cursor.fetchone()[0])
