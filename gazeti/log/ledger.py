"""Appending to the log and reading it from a position.

Both counters are rows raised in the writer's own transaction. Raising the first locks it until commit, so writers
stand in line: positions are gap-free and become visible in their order, and a rollback gives its numbers back.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from gazeti.log import bell

ALL = ""
CHANNEL = "gazeti_log"
"""Where PostgreSQL tells that something was appended; the notice leaves with the commit."""
RAISE = """
    INSERT INTO gazeti_log_stream (name, last) VALUES {}
    ON CONFLICT (name) DO UPDATE SET last = gazeti_log_stream.last + excluded.last
    RETURNING name, last
"""
"""All counters in one statement, the one of all first: whoever appends to any stream waits there."""
WRITE = "INSERT INTO gazeti_log_event (position, stream, number, kind, data, at) VALUES {}"
LAST = "SELECT last FROM gazeti_log_stream WHERE name = %s"
ROTATED = "SELECT rotated FROM gazeti_log_stream WHERE name = %s"
"""As SQL: every render of a page asks one of these, and to compile it takes Django ten times as long as to run it."""
ENTRIES = "SELECT position, stream, number, kind, data, at FROM gazeti_log_event WHERE {} ORDER BY position LIMIT %s"
AFTER, AFTER_IN_STREAM = ENTRIES.format("position > %s"), ENTRIES.format("stream = %s AND position > %s")
NUMBERED_AFTER = ENTRIES.format("stream = %s AND number > %s")
"""What every process reads after each commit."""
NOTIFY = f", pg_notify('{CHANNEL}', '')"


New = tuple[str, str, Mapping[str, Any]]
"""An event before it has its place: stream, kind, data."""


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
    return append_all([(stream, kind, data or {})])[0]


def append_all(events: Sequence[New]) -> list[Place]:
    """Append some events in this order, each as its stream, kind and data: two statements, however many they are."""
    if not events:
        return []
    if not all(stream for stream, _kind, _data in events):
        raise ValueError("an event needs the name of its stream")
    texts = [json.dumps(dict(data)) for _stream, _kind, data in events]
    # No savepoint: whoever appends has nothing to go on with once that fails, and others wait for each statement.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        places = _raised(cursor, [stream for stream, _kind, _data in events])
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        rows = zip(places, events, texts, strict=True)
        values = [(place.position, new[0], place.number, new[1], text, at) for place, new, text in rows]
        cursor.execute(WRITE.format(_rows(len(values), 6)), list(chain.from_iterable(values)))
        transaction.on_commit(bell.ring, robust=True)
    return places


def read(after: int = 0, *, stream: str | None = None, limit: int = 1000) -> list[Entry]:
    """The events after a position (of the whole log, or by number of one stream), in order, at most `limit`."""
    if stream is None:
        return _entries(AFTER, [after, limit])
    return _entries(NUMBERED_AFTER, [stream, after, limit])


def since(position: int, *, stream: str | None = None, limit: int = 1000) -> list[Entry]:
    """The events after a position of the whole log, of every stream or of one, in order, at most `limit`."""
    if stream is None:
        return _entries(AFTER, [position, limit])
    return _entries(AFTER_IN_STREAM, [stream, position, limit])


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


def _entries(question: str, values: list[Any]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        rows = cursor.fetchall()
    return [
        Entry(position, name, number, kind, json.loads(data), _in_utc(at))
        for position, name, number, kind, data, at in rows
    ]


def _in_utc(moment: datetime) -> datetime:
    """The time of a row: SQLite's are in UTC and do not say so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _raised(cursor: Any, streams: Sequence[str]) -> list[Place]:
    """A place for each event, by its stream."""
    more = Counter(streams)
    raising = RAISE.format(_rows(len(more) + 1, 2))
    raising = raising + NOTIFY if connection.vendor == "postgresql" else raising
    cursor.execute(raising, [ALL, len(streams), *chain.from_iterable(more.items())])
    # As they stand after the last; each event has its own below that.
    last = {row[0]: int(row[1]) for row in cursor.fetchall()}
    seen: Counter[str] = Counter()
    places = []
    for at, stream in enumerate(streams, start=1):
        seen[stream] += 1
        number = last[stream] - more[stream] + seen[stream]
        places.append(Place(position=last[ALL] - len(streams) + at, number=number))
    return places


@lru_cache(maxsize=64)
def _rows(number: int, columns: int) -> str:
    """Room for so many rows of values."""
    return ", ".join([f"({', '.join(['%s'] * columns)})"] * number)
