"""Who is told of what: moderators of what waits too long, whoever gave notice of illegal content of its outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Max, Q, QuerySet

from gazeti.comments.models import Comment, Report
from gazeti.comments.queries.discussions import policy_now
from gazeti.comments.queries.queues import HELD, ILLEGAL, QUEUES, REPORTED
from gazeti.comments.queries.undoing import LASTS
from gazeti.comments.rules import State
from gazeti.log.clock import Item

WATCHED = (HELD, REPORTED, ILLEGAL)
"""The queues in which somebody waits for an answer."""
LISTED = 5
"""Comments that a mail names; it counts the others."""
BATCH = 50
RIGHT = "moderate_comment"


@dataclass(frozen=True)
class Backlog:
    """What waits too long: the oldest of which nobody was told, and how many wait as long in all."""

    oldest: list[Comment]
    number: int
    queue: str = HELD
    """Where the oldest of them waits."""
    untold: tuple[int, ...] = ()
    """The ids of all of which nobody was told."""


def alarm_due(*, now: datetime) -> list[Item]:
    """One item once something has waited too long of which moderators were not told; nothing else for that wait.

    At once where it is the oldest of its queue; else as long after the last mail about that queue as anybody may wait.
    """
    patience = _patience()
    if not patience or not _is_any_too_old(patience=patience, now=now):
        return []
    found = [one for name in WATCHED for one in _due_in(name, patience=patience, now=now)]
    return sorted(found, key=lambda one: one.at)[:1]


def backlog(*, now: datetime) -> Backlog:
    """What waits for longer than the newsroom wants to let anybody wait, in each queue; each comment once."""
    patience = _patience()
    everything: set[int] = set()
    untold: dict[int, tuple[datetime, str]] = {}
    for name in WATCHED:
        too_old = _too_old(name, patience=patience, now=now)
        everything |= set(too_old.values_list("pk", flat=True))
        for pk, since in _untold(too_old, patience=patience).values_list("pk", "since"):
            untold[pk] = min(untold.get(pk, (since, name)), (since, name))
    order = sorted(untold, key=lambda pk: (untold[pk], pk))
    comments = Comment.objects.select_related("text", "story").in_bulk(order[:LISTED])
    return Backlog(
        oldest=[comments[pk] for pk in order[:LISTED]],
        number=len(everything),
        queue=untold[order[0]][1] if order else HELD,
        untold=tuple(order),
    )


def moderators() -> list[Any]:
    """Whoever decides about comments by their role or with every right, and can be written to."""
    by_role = Q(groups__permissions__codename=RIGHT, groups__permissions__content_type__app_label="gazeti_comments")
    people = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    return list(people.filter(by_role | Q(is_superuser=True)).distinct().order_by("pk"))


def answers_due(*, now: datetime) -> list[Item]:
    """The notices of illegal content whose outcome stands: it can be undone no more, and nobody was told yet.

    Not of what was kept as it is while it waited, until that is decided about.
    """
    limit = now - LASTS
    due = Report.objects.filter(is_illegal=True, told_at=None, closed_at__lte=limit)
    due = due.exclude(outcome__after=State.HELD, comment__state=State.HELD).order_by("closed_at", "pk")
    return [Item(str(pk), at + LASTS, pk) for pk, at in due.values_list("pk", "closed_at")[:BATCH] if at]


def _patience() -> timedelta:
    return timedelta(hours=policy_now().alarm_hours)


def _is_any_too_old(*, patience: timedelta, now: datetime) -> bool:
    """Whether anything may be: asked every few seconds, and mostly nothing is, so it is one query for all queues."""
    limit = now - patience
    held = Comment.objects.filter(state=State.HELD, sent_at__lte=limit)
    reports = Report.objects.filter(closed_at=None, at__lte=limit)
    return held.values("pk").union(reports.values("pk"), all=True).exists()


def _due_in(name: str, *, patience: timedelta, now: datetime) -> list[Item]:
    too_old = _too_old(name, patience=patience, now=now)
    oldest = too_old.values_list("pk", flat=True).first()
    if oldest is None:
        return []
    found = _untold(too_old, patience=patience).values_list("pk", "since").first()
    if found is None:
        return []
    pk, since = found
    at: datetime = since + patience
    if pk != oldest:
        told = too_old.order_by().aggregate(last=Max("alarmed_at"))["last"]
        at = max(at, told + patience) if told else at
    return [Item(f"{name} {pk}", at, pk)] if at <= now else []


def _too_old(name: str, *, patience: timedelta, now: datetime) -> QuerySet[Any]:
    return QUEUES[name](now=now).filter(since__lte=now - patience).order_by("since", "pk")


def _untold(too_old: QuerySet[Any], *, patience: timedelta) -> QuerySet[Any]:
    """Of what moderators were not told since it has been too old: a mail about an earlier wait tells nothing of it."""
    return too_old.filter(Q(alarmed_at=None) | Q(alarmed_at__lt=F("since") + patience))
