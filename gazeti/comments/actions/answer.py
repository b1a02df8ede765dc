"""Reports are answered by the decision about what they report, and open again where that is undone."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest

from gazeti.comments.models import Comment, Decision, Report


def answer_reports(decision: Decision, *, now: datetime) -> int:
    """Close the open reports of the comment that was decided about, in the caller's transaction; how many."""
    answered = Report.objects.filter(comment=decision.comment_id, closed_at=None).update(
        closed_at=now, outcome=decision
    )
    _count_open(decision, more=-answered)
    return answered


def open_reports_again(decision: Decision) -> int:
    """Open the reports that a decision answered; how many."""
    opened = Report.objects.filter(outcome=decision).update(closed_at=None, outcome=None, told_at=None)
    _count_open(decision, more=opened)
    return opened


def _count_open(decision: Decision, *, more: int) -> None:
    if more:
        counted = Greatest(F("open_reports") + Value(more), Value(0))
        Comment.objects.filter(decisions=decision).update(open_reports=counted)
