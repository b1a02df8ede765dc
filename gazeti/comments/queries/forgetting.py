"""What has been kept long enough: traces, marks of respect, refused words, who reported. Asked every few seconds."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gazeti.comments.models import Comment, CommentPolicy, CommentTrace, Decision, ReportText, Respect
from gazeti.comments.queries.discussions import policy_now
from gazeti.comments.rules import State
from gazeti.log.clock import Item

TRACES, OLD_TRACES, REFUSED, REPORTS = "traces", "old-traces", "refused", "reports"
RESPECTS, OLD_RESPECTS = "respects", "old-respects"
BATCH = 200
"""Rows that are erased in one transaction."""
REFUSALS = [State.REJECTED, State.SPAM]


def forgetting_due(*, now: datetime) -> list[Item]:
    """One item for each kind of which something is to be erased; its key names the first of it."""
    return list(_due(now))


def overdue(kind: str, *, now: datetime) -> list[int]:
    """The ids of what is erased now of one kind: of traces and refused comments those of comments, else their own."""
    return list(KEPT[kind](now, policy_now()).values_list("pk", flat=True)[:BATCH])


def _due(now: datetime) -> Iterator[Item]:
    policy = policy_now()
    since = {
        TRACES: ("kept_until", 0),
        OLD_TRACES: ("comment__sent_at", policy.address_days),
        RESPECTS: ("kept_until", 0),
        OLD_RESPECTS: ("at", policy.address_days),
        REFUSED: ("sent_at", policy.refused_days),
        REPORTS: ("report__closed_at", policy.report_days),
    }
    # Mostly nothing is: one query for all kinds.
    first, *others = (KEPT[kind](now, policy).order_by().values("pk") for kind in since)
    if not first.union(*others, all=True).exists():
        return
    for kind, (field, days) in since.items():
        oldest = KEPT[kind](now, policy).values_list("pk", field).first()
        if oldest is not None:
            yield Item(f"{kind} {oldest[0]}", oldest[1] + timedelta(days=days), oldest[0])


def _traces(now: datetime, _policy: CommentPolicy) -> QuerySet[Any]:
    return CommentTrace.objects.filter(kept_until__lte=now).order_by("kept_until", "pk")


def _old_traces(now: datetime, policy: CommentPolicy) -> QuerySet[Any]:
    """Those that the days in force do not keep, though more were in force when they came.

    Looked for among the ones that came first, whatever there is: they are the oldest.
    """
    first = CommentTrace.objects.order_by("pk").values("pk")[:BATCH]
    limit = now - timedelta(days=policy.address_days)
    return CommentTrace.objects.filter(pk__in=first, comment__sent_at__lte=limit).order_by("pk")


def _respects(now: datetime, _policy: CommentPolicy) -> QuerySet[Any]:
    return Respect.objects.filter(kept_until__lte=now).order_by("kept_until", "pk")


def _old_respects(now: datetime, policy: CommentPolicy) -> QuerySet[Any]:
    limit = now - timedelta(days=policy.address_days)
    return Respect.objects.filter(at__lte=limit, kept_until__isnull=False).order_by("at", "pk")


def _refused(now: datetime, policy: CommentPolicy) -> QuerySet[Any]:
    """Refused that long ago: what was refused only lately may still be disputed."""
    limit = now - timedelta(days=policy.refused_days)
    later = Decision.objects.filter(comment=OuterRef("pk"), at__gt=limit)
    found = Comment.objects.filter(~Exists(later), state__in=REFUSALS, forgotten_at=None, sent_at__lte=limit)
    return found.order_by("sent_at", "pk")


def _reports(now: datetime, policy: CommentPolicy) -> QuerySet[Any]:
    limit = now - timedelta(days=policy.report_days)
    return ReportText.objects.filter(report__closed_at__lte=limit).order_by("pk")


KEPT: dict[str, Callable[[datetime, CommentPolicy], QuerySet[Any]]] = {
    TRACES: _traces,
    OLD_TRACES: _old_traces,
    RESPECTS: _respects,
    OLD_RESPECTS: _old_respects,
    REFUSED: _refused,
    REPORTS: _reports,
}
