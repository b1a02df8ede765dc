"""What a moderator decides about comments: one by one, or many at once."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Unpack

from django.db import transaction

from gazeti.comments.actions.answer import answer_reports
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.actions.states import Overtaken, Why, decide
from gazeti.comments.models import Comment, Decision
from gazeti.comments.rules import Kind, State

SETTLED = {Kind.APPROVED: State.PUBLISHED, Kind.REJECTED: State.REJECTED, Kind.SPAM: State.SPAM}
"""The state that each kind of decision brings a comment into."""
MOST = 200
"""Comments that are decided about at once, at most."""


class CannotBe(Exception):
    """The comment is in no state in which that can be decided."""

    def __init__(self, comment: Comment) -> None:
        """Name the comment."""
        super().__init__("That cannot be decided about this comment as it stands.")
        self.comment = comment


class Settled(NamedTuple):
    """What became of many: the decisions, and the comments about which others had decided, with their decision."""

    decisions: list[Decision]
    overtaken: list[tuple[Comment, Decision | None]]


@transaction.atomic
def decide_comment(comment: Comment, *, kind: Kind, now: datetime, seen: int, **why: Unpack[Why]) -> Decision:
    """What a moderator chose, by its kind. Raises Overtaken, CannotBe."""
    if comment.decisions_made != seen:
        # What can be decided depends on the state that the moderator saw, not on one that was read before.
        comment = Comment.objects.get(pk=comment.pk)
    if kind in SETTLED:
        return _settle_comment(comment, kind=kind, now=now, seen=seen, **why)
    if kind is Kind.KEPT:
        return _keep_comment(comment, now=now, seen=seen, **why)
    return _pick_comment(comment, is_pick=kind is Kind.PICKED, now=now, seen=seen, **why)


@transaction.atomic
def decide_many(
    chosen: Mapping[int, int], *, kind: Kind, now: datetime, by: Any, reason: str = "", note: str = ""
) -> Settled:
    """Decide the same about many comments, by id with how many decisions about each were seen; undone as one.

    Those about which somebody else decided, or that cannot be decided so, are left alone and named.
    """
    together = uuid.uuid4().hex
    # In the order in which everybody locks: of two who decide about many, one waits for the other and no longer.
    found = Comment.objects.filter(pk__in=list(chosen)[:MOST]).select_related("reader").order_by("story_id", "pk")
    settled = Settled([], [])
    for comment in found:
        try:
            decision = decide_comment(
                comment, kind=kind, now=now, seen=chosen[comment.pk], by=by, reason=reason, note=note, together=together
            )
        except Overtaken as other:
            settled.overtaken.append((comment, other.decision))
        except CannotBe:
            settled.overtaken.append((comment, comment.decisions.order_by("-pk").first()))
        else:
            settled.decisions.append(decision)
    return settled


def _settle_comment(comment: Comment, *, kind: Kind, now: datetime, seen: int, **why: Unpack[Why]) -> Decision:
    """Approve it, reject it or call it spam; its open reports are answered by that.

    Raises Overtaken where somebody decided since, CannotBe of what its writer deleted and of what is so already.
    """
    if comment.decisions_made == seen and comment.state in (State.DELETED, SETTLED[kind]):
        raise CannotBe(comment)
    decision = decide(comment, to=SETTLED[kind], kind=kind, now=now, seen=seen, **why)
    answer_reports(decision, now=now)
    return decision


def _keep_comment(comment: Comment, *, now: datetime, seen: int, **why: Unpack[Why]) -> Decision:
    """Leave it as it is: somebody has looked at it, and its reports are answered. Raises Overtaken.

    Raises CannotBe of what its writer deleted: there is nothing to be kept.
    """
    if comment.decisions_made == seen and comment.state == State.DELETED:
        raise CannotBe(comment)
    decision = decide(comment, to=State(comment.state), kind=Kind.KEPT, now=now, seen=seen, **why)
    answer_reports(decision, now=now)
    return decision


def _pick_comment(comment: Comment, *, is_pick: bool, now: datetime, seen: int, **why: Unpack[Why]) -> Decision:
    """Let readers see it first among the comments, or no longer. Raises Overtaken, and CannotBe of what nobody sees."""
    if comment.state != State.PUBLISHED or comment.is_pick == is_pick:
        raise CannotBe(comment)
    kind = Kind.PICKED if is_pick else Kind.UNPICKED
    decision = decide(comment, to=State.PUBLISHED, kind=kind, now=now, seen=seen, **why)
    Comment.objects.filter(pk=comment.pk).update(is_pick=is_pick)
    purge_discussion(comment.story_id)
    return decision
