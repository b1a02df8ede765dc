"""What can be undone, and for how long: each decision by itself, and what was decided at once as one."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, When
from django.db.models.functions import Cast

from gazeti.comments.models import Decision
from gazeti.comments.rules import Kind
from gazeti.comments.rules.names import UNDO_MINUTES

LASTS = timedelta(minutes=UNDO_MINUTES)
COUNTED = 1_000
"""What is more than this is not counted."""


class Undoable(NamedTuple):
    """A decision, or the last of so many that were made at once."""

    decision: Decision
    number: int


class Undoables(NamedTuple):
    """Some of what can be undone, the newest first; `further` begins the rest, which are `left`."""

    some: list[Undoable]
    further: int | None
    left: int


def undoable(by: Any, *, now: datetime, most: int, begins: int | None = None) -> Undoables:
    """What somebody decided in the last ten minutes and may take back, from that decision on; two queries."""
    found = _at_once(by, now=now)
    from_there = found if begins is None else found.filter(last__lte=begins)
    rows = list(from_there.order_by("-last").values_list("last", "number")[: COUNTED + most])
    decisions = Decision.objects.select_related("comment__text", "reader").in_bulk([pk for pk, _number in rows[:most]])
    some = [Undoable(decisions[pk], number) for pk, number in rows[:most]]
    return Undoables(some, rows[most][0] if len(rows) > most else None, len(rows) - len(some))


def can_be_undone(decision: Decision, *, by: Any, now: datetime) -> bool:
    """Whether somebody who made the last decision about a comment may take it back."""
    return decision.by_id == by.pk and decision.kind != Kind.UNDONE and now - decision.at <= LASTS


def _at_once(by: Any, *, now: datetime) -> QuerySet[Any]:
    lately = Decision.objects.filter(Q(undone_by=None), by=by, at__gte=now - LASTS).exclude(kind=Kind.UNDONE)
    alone = When(together="", then=Cast("pk", CharField()))
    each = lately.annotate(which=Case(alone, default=F("together"), output_field=CharField())).values("which")
    return each.annotate(last=Max("pk"), number=Count("pk"))
