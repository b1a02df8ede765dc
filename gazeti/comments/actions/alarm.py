"""What the clock notes as told: that a comment waits too long, and what became of a notice of illegal content."""

from datetime import datetime

from django.db import transaction

from gazeti.comments.actions.states import AT_ONCE
from gazeti.comments.models import Comment, Report
from gazeti.comments.queries.alarms import Backlog, alarm_due, answers_due, backlog
from gazeti.log.clock import Item


@transaction.atomic
def raise_alarm(_item: Item, *, now: datetime) -> Backlog | None:
    """Note that moderators are told of everything that waits too long; None where somebody has decided meanwhile.

    A report has no place for that: it is noted at the comment, whichever queue it waits in.
    """
    if not alarm_due(now=now):
        return None
    found = backlog(now=now)
    for start in range(0, len(found.untold), AT_ONCE):
        Comment.objects.filter(pk__in=found.untold[start : start + AT_ONCE]).update(alarmed_at=now)
    return found


@transaction.atomic
def answer_notice(item: Item, *, now: datetime) -> Report | None:
    """Note that whoever gave notice is told of the outcome; None where nobody is to be written to."""
    if item.key not in {one.key for one in answers_due(now=now)}:
        return None
    report = Report.objects.select_related("text", "outcome", "comment__story").get(pk=item.key)
    Report.objects.filter(pk=report.pk).update(told_at=now)
    text = getattr(report, "text", None)
    return report if text and text.email else None
