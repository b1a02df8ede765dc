"""What waits for a moderator: held, reported, notices of illegal content, and what is new and nobody has looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from gazeti.comments.models import Comment, Decision, Report
from gazeti.comments.queries.people import BY_PEOPLE
from gazeti.comments.rules import Kind, State

HELD, REPORTED, ILLEGAL, NEW = "held", "reported", "illegal", "new"
NAMES = (HELD, REPORTED, ILLEGAL, NEW)
MOST = 20
"""Comments on a page of a queue."""
COUNTED = 1_000
"""What is more than this is not counted."""
LATELY = timedelta(days=3)
"""How long a comment that the rules let through stays in the queue of the new, unless somebody looks at it first."""
FOUND = (Kind.RECEIVED, Kind.EDITED)


@dataclass(frozen=True)
class Waiting:
    """One comment of a queue, with what the rules found in it."""

    comment: Comment
    since: datetime
    name: str
    body: str
    rule: str
    words: tuple[str, ...]
    complaints: list[str] = field(default_factory=list)
    """Why readers reported it, as `rules.Complaint` names it."""


@dataclass(frozen=True)
class Queue:
    """A page of one queue, the oldest first; `after` leads to the next page."""

    name: str
    items: list[Waiting]
    after: int | None


def counts(*, now: datetime) -> dict[str, int]:
    """How many wait in each queue; COUNTED + 1 stands for more than can be counted quickly."""
    return {name: QUEUES[name](now=now)[: COUNTED + 1].count() for name in NAMES}


def queue(name: str, *, now: datetime, after: int | None = None) -> Queue:
    """A page of a queue behind the comment of that id; from its beginning where that is not in it any more."""
    found = QUEUES[name](now=now)
    if after is not None:
        last = found.filter(pk=after).values_list("since", flat=True).first() or _since(name, after)
        if last is not None:
            found = found.filter(Q(since__gt=last) | Q(since=last, pk__gt=after))
    comments = list(
        found.select_related("text", "story", "reader").defer("story__body").order_by("since", "pk")[: MOST + 1]
    )
    shown = comments[:MOST]
    return Queue(name, waiting(shown), shown[-1].pk if len(comments) > MOST else None)


def waiting(comments: list[Any]) -> list[Waiting]:
    """Comments with the rule that found them, its words, and why they were reported: two queries for all."""
    found = _found_in(comments)
    complaints: dict[int, list[str]] = {}
    reported = [one.pk for one in comments if one.open_reports]
    reports = Report.objects.filter(comment__in=reported, closed_at=None).order_by("at")
    for pk, reason in reports.values_list("comment", "reason")[:COUNTED] if reported else ():
        if reason not in complaints.setdefault(pk, []):
            complaints[pk].append(reason)
    return [_shown(one, found.get(one.pk), complaints.get(one.pk, [])) for one in comments]


def _shown(comment: Any, decision: Decision | None, complaints: list[str]) -> Waiting:
    text = getattr(comment, "text", None)
    return Waiting(
        comment=comment,
        since=getattr(comment, "since", comment.sent_at),
        name=text.name if text else "",
        body=text.body if text else "",
        rule=decision.rule if decision else "",
        words=words_of(decision),
        complaints=complaints,
    )


def words_of(decision: Decision | None) -> tuple[str, ...]:
    """The exact words that a rule found; none once they were erased."""
    evidence = getattr(decision, "evidence", None) if decision else None
    return tuple(evidence.words) if evidence else ()


def _found_in(comments: Iterable[Comment]) -> dict[int, Decision]:
    """What the rules last decided about each."""
    decisions = Decision.objects.filter(comment__in=[one.pk for one in comments], kind__in=FOUND)
    return {one.comment_id or 0: one for one in decisions.select_related("evidence").order_by("pk")}


def _since(name: str, pk: int) -> datetime | None:
    """Where a comment stood in its queue that has left it: so the next page goes on from there."""
    if name in (REPORTED, ILLEGAL):
        return Report.objects.filter(comment=pk).aggregate(first=Min("at"))["first"]
    return Comment.objects.filter(pk=pk).values_list("sent_at", flat=True).first()


def _held(*, now: datetime) -> QuerySet[Any]:
    return Comment.objects.filter(state=State.HELD).annotate(since=F("sent_at"))


def _reported(*, now: datetime) -> QuerySet[Any]:
    return _with_reports(state__in=[State.PUBLISHED, State.HELD], reports__is_illegal=False)


def _illegal(*, now: datetime) -> QuerySet[Any]:
    """In whatever state: whoever gave notice is owed an answer."""
    return _with_reports(reports__is_illegal=True)


def _with_reports(**which: Any) -> QuerySet[Any]:
    found = Comment.objects.filter(reports__closed_at=None, **which)
    return found.annotate(since=Min("reports__at"))


def _new(*, now: datetime) -> QuerySet[Any]:
    by_people = Decision.objects.filter(BY_PEOPLE, comment=OuterRef("pk"))
    # What the rules let through was published as it was sent, and by that the index knows it.
    found = Comment.objects.filter(~Exists(by_people), state=State.PUBLISHED, sent_at__gt=now - LATELY, badge="")
    return found.annotate(since=F("sent_at"))


QUEUES: dict[str, Callable[..., QuerySet[Any]]] = {HELD: _held, REPORTED: _reported, ILLEGAL: _illegal, NEW: _new}
