"""What happens once, in the database: whoever comes second is told so. It holds if the caller's transaction does."""

import time

from django.db import connection

FIRST = """
    INSERT INTO gazeti_guard_done (mark, until) VALUES (%(mark)s, %(until)s)
    ON CONFLICT (mark) DO UPDATE SET until = excluded.until WHERE gazeti_guard_done.until <= %(now)s
    RETURNING mark
"""
THERE = "SELECT 1 FROM gazeti_guard_done WHERE mark = %s AND until > %s"


def is_first(mark: str, *, until: float, now: float | None = None) -> bool:
    """Do what that mark stands for; whether nobody has, or only so long ago that it counts no more."""
    moment = time.time() if now is None else now
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"mark": mark, "until": int(until), "now": int(moment)})
        return cursor.fetchone() is not None


def is_done(mark: str, *, now: float | None = None) -> bool:
    """Whether somebody has."""
    with connection.cursor() as cursor:
        cursor.execute(THERE, [mark, int(time.time() if now is None else now)])
        return cursor.fetchone() is not None


def undo(mark: str) -> bool:
    """Let it happen once more; whether it had."""
    from gazeti.guard.models import Done

    return Done.objects.filter(mark=mark).delete()[0] > 0
