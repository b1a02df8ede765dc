"""Counts in the database, which all workers and machines share: one statement reads, judges and raises a count.

Whoever is over a limit is refused by a read: a flood writes nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from gazeti.guard.arrivals import Charge, farthest, wait

TAKE = """
    INSERT INTO gazeti_guard_tally (mark, arrival)
    SELECT %(mark)s, begun.arrival + %(interval)s
    FROM (
        SELECT COALESCE(MAX(arrival), %(now)s) AS arrival FROM gazeti_guard_tally
        WHERE mark = %(before)s AND arrival > %(now)s AND arrival <= %(farthest)s
        AND NOT EXISTS (SELECT 1 FROM gazeti_guard_tally WHERE mark = %(mark)s)
    ) AS begun
    WHERE begun.arrival + %(interval)s <= %(latest)s
    ON CONFLICT (mark) DO UPDATE
    SET arrival = CASE WHEN gazeti_guard_tally.arrival > %(now)s AND gazeti_guard_tally.arrival <= %(farthest)s
        THEN gazeti_guard_tally.arrival ELSE %(now)s END
        + %(interval)s
    WHERE CASE WHEN gazeti_guard_tally.arrival > %(now)s AND gazeti_guard_tally.arrival <= %(farthest)s
        THEN gazeti_guard_tally.arrival ELSE %(now)s END
        + %(interval)s <= %(latest)s
    RETURNING arrival
"""
"""Raises a count by one if that is allowed, and says so by a row. Each count goes on from yesterday's mark."""
TAKE_ALL = """
    WITH charge (mark, before, interval, latest, farthest) AS (VALUES {charges}),
    raised AS (
        SELECT charge.mark AS mark, charge.latest AS latest, charge.interval + CASE
            WHEN stood.arrival > %(now)s AND stood.arrival <= charge.farthest THEN stood.arrival ELSE %(now)s END
            AS arrival
        FROM charge LEFT JOIN gazeti_guard_tally AS stood
        ON stood.mark = COALESCE((SELECT mark FROM gazeti_guard_tally WHERE mark = charge.mark), charge.before)
    )
    INSERT INTO gazeti_guard_tally (mark, arrival)
    SELECT mark, arrival FROM raised WHERE NOT EXISTS (SELECT 1 FROM raised WHERE arrival > latest)
    ON CONFLICT (mark) DO UPDATE SET arrival = excluded.arrival
    RETURNING arrival
"""
"""The same for several counts, all of them or none; for SQLite, where nobody writes between the look and the count."""
LOOK = "SELECT mark, arrival FROM gazeti_guard_tally WHERE mark IN ({})"


COLUMNS = ("mark", "before", "interval", "latest", "farthest")
PATIENCE = 1.0
"""Seconds that a reader waits at most for whoever is writing, only to be counted."""


class Away(Exception):
    """The database did not count; nothing was counted."""


@contextmanager
def _counting() -> Iterator[None]:
    """Say that the database is away, where it is; inside a caller's transaction the error is the caller's."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        if connection.in_atomic_block:
            raise
        raise Away from error


def take(charges: Sequence[Charge], *, now: int, has_looked: bool = False) -> list[int]:
    """Count one under each, if all let it through; the wait of each in microseconds, none above 0 if it was.

    In the caller's transaction if there is one: then it counts if and only if that commits. Raises Away where the
    database fails outside of one.
    """
    with _counting():
        found = [0] * len(charges) if has_looked else _waits(charges, now)
        if max(found) > 0 or _raised_all(charges, now):
            return found
        found = _waits(charges, now)
        return found if max(found) > 0 else [1] * len(found)


def waits(charges: Sequence[Charge], *, now: int) -> list[int]:
    """The wait of each, counting nothing."""
    with _counting():
        return _waits(charges, now)


def give_back(charges: Sequence[Charge]) -> None:
    """Count one less under each."""
    from gazeti.guard.models import Tally

    with _counting(), _patient(), transaction.atomic():
        for charge in sorted(charges):
            Tally.objects.filter(mark=charge.mark).update(arrival=F("arrival") - charge.interval)


def forget(charges: Sequence[Charge]) -> None:
    """Begin anew under each."""
    from gazeti.guard.models import Tally

    with _counting(), _patient():
        Tally.objects.filter(mark__in=_names(charges)).delete()


def _raised_all(charges: Sequence[Charge], now: int) -> bool:
    """All or none; in the order of their marks, so that no two wait for each other."""
    if connection.vendor == "sqlite":
        with _patient():
            return _raised_together(charges, now)
    with _patient(), transaction.atomic(), connection.cursor() as cursor:
        for charge in sorted(charges):
            cursor.execute(TAKE, _bound(charge, now))
            if cursor.fetchone() is None:
                # Another request took the last one between the look and the count.
                transaction.set_rollback(True)
                return False
    return True


def _raised_together(charges: Sequence[Charge], now: int) -> bool:
    places, values = [], {"now": now}
    for number, charge in enumerate(charges):
        bound = _bound(charge, now)
        values |= {f"{name}{number}": bound[name] for name in COLUMNS}
        places.append(f"({', '.join(f'%({name}{number})s' for name in COLUMNS)})")
    with connection.cursor() as cursor:
        cursor.execute(TAKE_ALL.format(charges=", ".join(places)), values)
        return cursor.fetchone() is not None


@contextmanager
def _patient() -> Iterator[None]:
    """SQLite has one writer at a time, and whoever writes the newsroom's own waits long; a count does not."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    _wait_at_most(PATIENCE)
    try:
        yield
    finally:
        if connection.connection is not None:  # else it broke meanwhile, and the next one waits as it should
            _wait_at_most(connection.settings_dict["OPTIONS"]["timeout"])


def _wait_at_most(seconds: float) -> None:
    connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _bound(charge: Charge, now: int) -> dict[str, Any]:
    return {
        "mark": charge.mark,
        "before": charge.before,
        "interval": charge.interval,
        "now": now,
        "latest": now + charge.tolerance,
        "farthest": farthest(charge, now=now),
    }


def _waits(charges: Sequence[Charge], now: int) -> list[int]:
    names = _names(charges)
    with connection.cursor() as cursor:
        cursor.execute(LOOK.format(", ".join(["%s"] * len(names))), names)
        rows = dict(cursor.fetchall())
    return [wait(one, arrival=rows.get(one.mark, rows.get(one.before)), now=now) for one in charges]


def _names(charges: Sequence[Charge]) -> list[str]:
    return [mark for charge in charges for mark in (charge.mark, charge.before)]
