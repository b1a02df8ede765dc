"""A writer's own comment: the private address by which they find it, and what that tells them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gazeti import guard
from gazeti.comments.models import Comment, Decision, Evidence
from gazeti.comments.queries.marked import Named, named
from gazeti.comments.rules import State
from gazeti.comments.rules.editing import edits_until, may_edit
from gazeti.stories.models import Story

PURPOSE = "comment"
LASTS = timedelta(days=365)
"""How long a private address opens the comment."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What its writer is told of a comment: what became of it, by which rule or for which reason, and why."""

    comment: Comment
    body: str
    name: str
    rule: str
    reason: str
    named: Named
    """What was found in it."""
    note: str
    may_edit: bool
    edits_until: datetime


def comments_address(story: Story) -> str:
    """The address of a story's discussion."""
    return f"{story.address}comments/"


def permalink_of(comment: Comment, *, story: Story) -> str:
    """The public address of a comment."""
    return f"{comments_address(story)}{comment.number}/"


def private_address_of(comment: Comment, *, story: Story, now: datetime) -> str:
    """The address that only its writer is told, and by which they change and delete it."""
    token = guard.sign(PURPOSE, comment.pk, lasts=LASTS, now=now.timestamp())
    return f"{comments_address(story)}mine/{token}/"


def comment_of(token: str, *, story: Story, now: datetime) -> Comment | None:
    """The comment that a private address opens; None for one of another story. Raises guard.NotGood."""
    number = guard.read(PURPOSE, token, now=now.timestamp())
    return Comment.objects.filter(pk=number, story=story.pk).select_related("text", "reader").first()


def told_of(comment: Comment, *, now: datetime) -> Mine:
    """What its writer is told, by the last decision that says why."""
    decision = _telling(comment)
    found = Evidence.objects.filter(decision=decision).first() if decision else None
    text: Any = getattr(comment, "text", None)
    return Mine(
        comment=comment,
        body=text.body if text else "",
        name=text.name if text else "",
        rule=decision.rule if decision else "",
        reason=decision.reason if decision else "",
        named=named(found.words if found else []),
        note=found.note if found else "",
        may_edit=is_editable(comment, now=now),
        edits_until=edits_until(comment.sent_at),
    )


def is_editable(comment: Comment, *, now: datetime) -> bool:
    """Whether its writer may change its words now."""
    stands = {"is_reported": bool(comment.open_reports), "is_pick": comment.is_pick}
    return may_edit(comment.state, sent_at=comment.sent_at, now=now, **stands)


def _telling(comment: Comment) -> Decision | None:
    """The last decision that brought it into the state it is in, and not one about a pick or a report."""
    telling = comment.decisions.filter(after=comment.state)
    return telling.exclude(rule="", reason="").order_by("-pk").first() or telling.order_by("-pk").first()


def last_own(cookie: str, *, story: Story, now: datetime) -> Comment | None:
    """The comment that this browser sent last under the story, by what it was given to keep; None for anything else."""
    try:
        found = comment_of(cookie, story=story, now=now)
    except guard.NotGood:
        return None
    return found if found and found.state != State.DELETED else None
