"""Reporting a comment. A report hides nothing by itself: people decide about it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gazeti import log
from gazeti.accounts.actions import hold_user
from gazeti.accounts.models import User
from gazeti.comments.actions.states import STREAM
from gazeti.comments.models import Comment, Report, ReportText
from gazeti.comments.rules import Complaint


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody reports; `reason` is a Complaint. Of whoever says that it is illegal, who they are."""

    reason: str
    text: str = ""
    name: str = ""
    email: str = ""
    in_good_faith: bool = False


@transaction.atomic
def report_comment(comment: Comment, *, notice: Notice, mark: str, now: datetime, by: User | None = None) -> Report:
    """Keep a report; the one that is there where the mark reported the comment before.

    `by` is who signed in. Raises Erased.
    """
    if by is not None:
        hold_user(by)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    before = Report.objects.filter(comment=comment, mark=mark).first()
    if before is not None:
        return before
    is_illegal = notice.reason == Complaint.ILLEGAL
    report = Report.objects.create(comment=comment, reason=notice.reason, is_illegal=is_illegal, mark=mark, at=now)
    ReportText.objects.create(
        report=report, text=notice.text, name=notice.name, email=notice.email, in_good_faith=notice.in_good_faith
    )
    Comment.objects.filter(pk=comment.pk).update(open_reports=F("open_reports") + 1)
    facts = {"report": report.pk, "comment": comment.pk, "story": comment.story_id, "is_illegal": is_illegal}
    log.append(STREAM, "reported", facts)
    return report
