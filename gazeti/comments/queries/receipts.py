"""Reports as whoever sent them finds them: by a receipt that tells whether and how they were answered."""

from datetime import datetime, timedelta

from gazeti import guard
from gazeti.comments.models import Comment, Report
from gazeti.comments.rules import State
from gazeti.stories.models import Story

PURPOSE = "report"
LASTS = timedelta(days=365)


def receipt_address_of(report: Report, *, now: datetime) -> str:
    """The address of a report's receipt, for its sender alone."""
    return f"/comments/reports/{guard.sign(PURPOSE, report.pk, lasts=LASTS, now=now.timestamp())}/"


def report_of(token: str, *, now: datetime) -> Report | None:
    """The report that a receipt is for, with what answered it. Raises guard.NotGood."""
    found = Report.objects.select_related("comment__story", "outcome")
    return found.filter(pk=guard.read(PURPOSE, token, now=now.timestamp())).first()


def answered_by(report: Report) -> str:
    """The state of the comment that answers a report, empty while nobody has decided: what is kept as it is while it
    waits is decided about later.
    """
    outcome = report.outcome
    if outcome is None:
        return str(report.comment.state) if report.closed_at else ""
    state = str(report.comment.state if outcome.after == State.HELD else outcome.after)
    return "" if state == State.HELD else state


def published_comment(story: Story, *, number: int) -> Comment | None:
    """A comment of the story that readers see, by its number."""
    return Comment.objects.select_related("text").filter(story=story.pk, number=number, state="published").first()


def is_reported(comment: Comment, *, mark: str) -> bool:
    """Whether whom the mark stands for has reported the comment."""
    return bool(Report.objects.filter(comment=comment, mark=mark).exists())
