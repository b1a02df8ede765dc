"""The moderation in numbers, of the last thirty days and in all, for the page of the rules. Counted once an hour."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q

from gazeti.comments.models import Decision, PolicyNumbers, Report
from gazeti.comments.queries.people import BY_PEOPLE
from gazeti.comments.rules import Kind, State
from gazeti.log.clock import Item

DAYS = 30
EVERY = timedelta(hours=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When numbers were due that nobody ever counted: the clock asks ahead, so "now" would never come."""
DECIDED = (Kind.APPROVED, Kind.REJECTED, Kind.SPAM, Kind.KEPT)
MOST_WAITED = 10_000
"""Of how many of the last that waited the median is taken."""
HOUR = 3_600
Facts = dict[str, Any]


def numbers_due(*, now: datetime) -> list[Item]:
    """Due at once where there are none and something was decided, else an hour after the last."""
    last = PolicyNumbers.objects.filter(pk=PolicyNumbers.ONLY).values_list("at", flat=True).first()
    if last is None and not Decision.objects.exists():
        return []
    at = LONG_AGO if last is None else last + EVERY
    return [Item(at.isoformat(), at)] if at <= now else []


def latest_numbers() -> PolicyNumbers | None:
    """The numbers as the clock counted them last; None before it did."""
    return PolicyNumbers.objects.filter(pk=PolicyNumbers.ONLY).first()


def counted(*, now: datetime) -> Facts:
    """All numbers: of the last thirty days (`lately`) and of all time (`ever`)."""
    since = now - timedelta(days=DAYS)
    return {"lately": _numbers(since), "ever": _numbers(None)}


def _numbers(since: datetime | None) -> Facts:
    lately = Q(at__gte=since) if since else Q()
    rows: list[Any] = list(
        Decision.objects.filter(lately, ~Q(comment=None))
        .values("kind", "after", "rule")
        .order_by("kind", "after", "rule")
        .annotate(number=Count("pk"), by_people=Count("pk", filter=BY_PEOPLE))
    )
    received = [row for row in rows if row["kind"] == Kind.RECEIVED]
    refused = [row for row in received if row["after"] in (State.REJECTED, State.SPAM)]
    held = [row for row in received if row["after"] == State.HELD]
    decided = [row for row in rows if row["kind"] in DECIDED]
    return {
        "received": _sum(received),
        "published": _sum(row for row in received if row["after"] == State.PUBLISHED),
        "held": _sum(held),
        "refused": _sum(refused),
        "by_rule": _by(row for row in [*held, *refused] if row["rule"]),
        "approved": _people(row for row in decided if row["kind"] == Kind.APPROVED),
        "rejected": _people(row for row in decided if row["kind"] in (Kind.REJECTED, Kind.SPAM)),
        "kept": _people(row for row in decided if row["kind"] == Kind.KEPT),
        "undone": _people(row for row in rows if row["kind"] == Kind.UNDONE),
        "deleted": _sum(row for row in rows if row["kind"] == Kind.DELETED),
        "waited": _hours_waited(since),
        **_reports(lately),
    }


def _reports(lately: Q) -> Facts:
    found = Report.objects.filter(lately)
    notices = Q(is_illegal=True)
    answered = notices & ~Q(closed_at=None)
    return found.aggregate(
        reports=Count("pk", filter=~notices),
        notices=Count("pk", filter=notices),
        notices_kept=Count("pk", filter=answered & Q(outcome__after=State.PUBLISHED)),
        notices_removed=Count("pk", filter=answered & ~Q(outcome__after=State.PUBLISHED)),
        notices_open=Count("pk", filter=notices & Q(closed_at=None)),
    )


def _hours_waited(since: datetime | None) -> float | None:
    """The median of the hours that held comments waited for a person; None where none did."""
    lately = Q(at__gte=since) if since else Q()
    found = Decision.objects.filter(lately, BY_PEOPLE, before=State.HELD, kind__in=DECIDED)
    pairs = found.order_by("-pk").values_list("comment__sent_at", "at")[:MOST_WAITED]
    waited = [(at - sent).total_seconds() / HOUR for sent, at in pairs if sent]
    return round(median(waited), 1) if waited else None


def _sum(rows: Iterable[Facts]) -> int:
    return sum(row["number"] for row in rows)


def _people(rows: Iterable[Facts]) -> int:
    return sum(row["by_people"] for row in rows)


def _by(rows: Iterable[Facts]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["rule"]] = found.get(row["rule"], 0) + row["number"]
    return dict(sorted(found.items(), key=lambda one: -one[1]))
