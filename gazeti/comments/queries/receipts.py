"""Reports as whoever sent them finds them: by a receipt that tells whether and how they were answered."""

from datetime import datetime, timedelta

from gazeti import guard
from gazeti.comments.models import Comment, Report
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


def published_comment(story: Story, *, number: int) -> Comment | None:
    """A comment of the story that readers see, by its number."""
    return Comment.objects.select_related("text").filter(story=story.pk, number=number, state="published").first()


def is_reported(comment: Comment, *, mark: str) -> bool:
    """Whether whom the mark stands for has reported the comment."""
    return bool(Report.objects.filter(comment=comment, mark=mark).exists())
