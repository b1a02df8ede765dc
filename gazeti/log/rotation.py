"""Dropping from the log what nobody can need any more, from streams whose owner said after how long that is.

Numbers are never given again, and whoever asks for something dropped is told (`ledger.oldest`, `ledger.Rotated`).
"""

from datetime import datetime, timedelta
from itertools import takewhile

from gazeti.log.clock import Item
from gazeti.log.followers import passed
from gazeti.log.ledger import ALL
from gazeti.log.models import Event, Stream

SLACK = timedelta(hours=1)
"""Old entries are dropped together about once an hour: SQLite has one writer."""
BATCH = 2000
KEPT: dict[str, timedelta] = {}


def rotate(stream: str, *, kept: timedelta) -> None:
    """Let the clock drop the entries of a stream once they are older, and every durable follower has passed them.

    For a stream whose entries nobody asks for later: what happened to a story, a correction or a comment is no such.
    """
    KEPT[stream] = kept


def old_entries_due(*, now: datetime) -> list[Item]:
    """One item for each stream that has entries to drop."""
    found = {stream: _old(stream, before=now - kept - SLACK, most=1) for stream, kept in KEPT.items()}
    return [Item(stream, old[0].at + KEPT[stream]) for stream, old in found.items() if old]


def drop_old_entries(item: Item, *, now: datetime) -> None:
    """Delete some of them, the oldest first; the clock asks again whether more are left."""
    old = _old(item.key, before=now - KEPT[item.key], most=BATCH)
    if not old:
        return
    # The whole log's row first, as whoever appends does: both wait for each other in one order.
    for name, place in ((ALL, old[-1].position), (item.key, old[-1].number)):
        row = Stream.objects.select_for_update().get(name=name)
        Stream.objects.filter(name=name).update(rotated=max(row.rotated, place))
    Event.objects.filter(stream=item.key, number__lte=old[-1].number).delete()


def _old(stream: str, *, before: datetime, most: int) -> list[Event]:
    """The stream's first entries as far as they are from before a moment and every follower has dealt with them.

    Asked by number alone, so that nobody looks through a whole stream in which nothing is old.
    """
    first = Event.objects.filter(stream=stream).order_by("number")[:most]
    old = list(takewhile(lambda one: one.at < before, first))
    # The followers are asked for only where there is something to drop: the clock looks every few seconds.
    dealt_with = passed(stream) if old else None
    return [one for one in old if dealt_with is None or one.position <= dealt_with]
