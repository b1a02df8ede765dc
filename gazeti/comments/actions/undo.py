"""A moderator's second thought: for ten minutes a decision is taken back, with all that followed from it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gazeti.comments.actions.answer import open_reports_again
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.actions.standing import restore_standing
from gazeti.comments.actions.states import Overtaken, decide, note_decision
from gazeti.comments.models import Comment, Decision
from gazeti.comments.queries.undoing import LASTS
from gazeti.comments.rules import Kind, State

PICKS = (Kind.PICKED, Kind.UNPICKED)


class TooLate(Exception):
    """The ten minutes are over, or there is nothing that a person decided."""


@transaction.atomic
def undo_decision(decision: Decision, *, now: datetime, by: Any) -> Decision:
    """Bring back what was before. Raises TooLate after ten minutes, and Overtaken where more was decided since."""
    if decision.by_id is None or decision.kind == Kind.UNDONE or now - decision.at > LASTS:
        raise TooLate
    if decision.comment_id is None:
        return _undo_standing(decision, now=now, by=by)
    comment = decision.comment
    undone = decide(
        comment,
        to=State(decision.before),
        kind=Kind.UNDONE,
        now=now,
        seen=_last_of(comment, decision),
        by=by,
        undoes=decision,
        together=decision.together,
    )
    open_reports_again(decision)
    if decision.kind in PICKS:
        Comment.objects.filter(pk=comment.pk).update(is_pick=decision.kind == Kind.UNPICKED)
        purge_discussion(comment.story_id)
    return undone


@transaction.atomic
def undo_together(together: str, *, now: datetime, by: Any) -> tuple[list[Decision], list[Decision]]:
    """Undo what was decided at once: what was undone, and the decisions that others have overtaken."""
    undone, left = [], []
    found = Decision.objects.filter(together=together, undone_by=None).exclude(kind=Kind.UNDONE)
    for decision in found.select_related("comment", "comment__reader").order_by("comment__story_id", "comment_id"):
        try:
            undone.append(undo_decision(decision, now=now, by=by))
        except Overtaken:
            left.append(decision)
    return undone, left


def _last_of(comment: Comment, decision: Decision) -> int:
    """How many decisions there were when this was the last. Raises Overtaken if it is not."""
    fresh = Comment.objects.get(pk=comment.pk)
    last = fresh.decisions.order_by("-pk").first()
    if last != decision:
        raise Overtaken(last)
    return fresh.decisions_made


def _undo_standing(decision: Decision, *, now: datetime, by: Any) -> Decision:
    if decision.reader is None:
        raise TooLate
    restore_standing(decision)
    before, after = decision.after, decision.before
    return note_decision(
        None,
        reader=decision.reader,
        kind=Kind.UNDONE,
        at=now,
        by=by,
        before=before,
        after=after,
        undoes=decision,
    )
