"""What the newsroom promised to forget is erased by the clock, a few rows at a time; ids, kinds and times stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from gazeti.comments.models import Comment, CommentText, CommentTrace, Evidence, Report, ReportText, Respect
from gazeti.comments.queries.forgetting import OLD_RESPECTS, OLD_TRACES, REFUSED, RESPECTS, TRACES, overdue
from gazeti.log.clock import Item

NOBODY = "-"
"""Begins the mark of a report whose sender is forgotten: no mark of a person begins so."""


@transaction.atomic
def forget_overdue(item: Item, *, now: datetime) -> None:
    """Erase some of one kind; what is left over is due again at once."""
    kind = item.key.partition(" ")[0]
    found = overdue(kind, now=now)
    if kind in (TRACES, OLD_TRACES):
        CommentTrace.objects.filter(pk__in=found).delete()
    elif kind in (RESPECTS, OLD_RESPECTS):
        Respect.objects.filter(pk__in=found).delete()
    elif kind == REFUSED:
        _forget_refused(found, now=now)
    else:
        forget_senders(found)


def forget_senders(reports: list[int]) -> None:
    """Erase what reports say and who sent them; that there were some, and what became of them, stays."""
    ReportText.objects.filter(pk__in=reports).delete()
    nobody = Concat(Value(NOBODY), Cast("pk", CharField(max_length=20)))
    Report.objects.filter(pk__in=reports).update(mark=nobody)


def _forget_refused(comments: list[int], *, now: datetime) -> None:
    """What they said, under which name, and what decisions quote of it."""
    CommentText.objects.filter(pk__in=comments).update(body="", name="", fingerprint="")
    Evidence.objects.filter(decision__comment__in=comments).delete()
    Comment.objects.filter(pk__in=comments).update(forgotten_at=now)
