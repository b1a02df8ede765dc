"""All that the comments hold about a reader, for them to look at and take away, and to be erased."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from gazeti.accounts.models import Reader
from gazeti.accounts.queries import rows_of
from gazeti.accounts.queries.readers import as_row
from gazeti.comments.models import (
    Comment,
    CommentText,
    CommentTrace,
    Decision,
    Evidence,
    Follow,
    Mute,
    ReaderStanding,
    Report,
    ReportText,
    Respect,
)
from gazeti.comments.queries.mine import private_address_of
from gazeti.guard.marks import mark

EACH = 20
"""Comments on a page of one's own."""


class Own(NamedTuple):
    """A comment of one's own: the rule or reason of its state, and the address that changes and deletes it."""

    comment: Comment
    rule: str
    reason: str
    address: str


def own_comments(reader: Reader, *, before: int | None = None, now: datetime) -> list[Own]:
    """What a reader wrote, the latest first, from before the comment of an id on; three queries."""
    found = Comment.objects.filter(reader__in=rows_of(reader)).select_related("story", "text")
    found = found.filter(pk__lt=before) if before else found
    decisions = Prefetch("decisions", queryset=Decision.objects.order_by("-pk"))
    return [_own(one, now=now) for one in found.order_by("-pk").prefetch_related(decisions)[:EACH]]


def _own(comment: Comment, *, now: datetime) -> Own:
    """With the last decision that says why it is in its state."""
    telling = [one for one in comment.decisions.all() if one.after == comment.state and (one.rule or one.reason)]
    address = private_address_of(comment, story=comment.story, now=now)
    return Own(comment, telling[0].rule if telling else "", telling[0].reason if telling else "", address)


def reports_of(reader: Reader, *, since: datetime | None = None) -> list[int]:
    """The ids of the reports that a reader sent, `since` then: signed in, or with their address."""
    sent = Report.objects.filter(at__gte=since or reader.known_since)
    rows = sent.values_list("pk", "mark", "comment", "is_illegal")
    marked = {pk for pk, said, *which in rows.iterator() if _is_theirs(reader, "report", said, which)}
    written = ReportText.objects.filter(email__iexact=reader.email).exclude(email="")
    return sorted(marked | set(written.values_list("pk", flat=True)))


def respects_of(reader: Reader, *, since: datetime | None = None) -> list[int]:
    """The ids of the respects that a reader paid while signed in; those of others are nobody's after their day."""
    rows = Respect.objects.filter(at__gte=since or reader.known_since).values_list("pk", "mark", "comment")
    return [pk for pk, said, *which in rows.iterator() if _is_theirs(reader, "respect", said, which)]


def _is_theirs(reader: Reader, deed: str, said: str, which: Sequence[object]) -> bool:
    """Whether a mark is the reader's, as `views.senders.mark_of` makes it: it tells who only to who knows already."""
    words = " ".join(str(one) for one in (deed, *which))
    return bool(reader.user_id) and said == mark(words, "person", reader.user_id)


def everything_about(reader: Reader) -> dict[str, Any]:
    """Every row of the comments that holds anything of a reader, by table, ready for JSON."""
    return {name: [as_row(row) for row in rows] for name, rows in _held(reader)}


def _held(reader: Reader) -> Iterator[tuple[str, QuerySet[Any]]]:
    rows = rows_of(reader)
    own = Q(comment__reader__in=rows)
    decisions = Decision.objects.filter(own | Q(reader__in=rows))
    reports = reports_of(reader)
    yield "comments", Comment.objects.filter(reader__in=rows)
    yield "texts", CommentText.objects.filter(own)
    yield "traces", CommentTrace.objects.filter(own)
    yield "decisions", decisions
    yield "evidence", Evidence.objects.filter(decision__in=decisions.values("pk"))
    yield "standing", ReaderStanding.objects.filter(reader__in=rows)
    yield "reports", Report.objects.filter(pk__in=reports)
    yield "report_texts", ReportText.objects.filter(pk__in=reports)
    yield "respects", Respect.objects.filter(pk__in=respects_of(reader))
    yield "follows", Follow.objects.filter(reader__in=rows)
    yield "mutes", Mute.objects.filter(reader__in=rows)
