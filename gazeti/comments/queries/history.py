"""What a moderator is shown beside a comment: its thread, its reports and decisions, and who wrote it."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Q, QuerySet

from gazeti.accounts.models import Reader
from gazeti.comments.models import Comment, Decision, ReaderStanding, Report
from gazeti.comments.queries.queues import FOUND, words_of
from gazeti.comments.rules import State

Row = TypeVar("Row")
MOST = 10
"""Comments of a writer, answers to a comment, reports and decisions that are shown beside it."""


@dataclass(frozen=True)
class Writer:
    """How somebody stands who writes, with the last that came from them."""

    reader: Reader
    numbers: dict[str, int]
    """Their comments in each state."""
    last: list[Comment]
    decisions: list[Decision]
    """What was decided about them as a person."""
    standing: ReaderStanding | None
    held: int
    published: int
    bound: list[Reader]
    """Others of the same address, proven or claimed, about whom something was decided: it holds for this one too."""


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some of what there is, the newest first; `further` is the first of those that are left."""

    rows: list[Row]
    further: int | None


@dataclass(frozen=True)
class Case:
    """One comment with everything that a decision about it needs; ten queries at most, however long the thread."""

    comment: Comment
    above: Comment | None
    below: list[Comment]
    reports: "Part[Report]"
    decisions: "Part[Decision]"
    found: Decision | None
    """What the rules last decided."""
    writer: Writer | None

    @property
    def words(self) -> tuple[str, ...]:
        """The exact words that the rule found."""
        return words_of(self.found)

    @property
    def body(self) -> str:
        """What was written; nothing once that was erased."""
        text = getattr(self.comment, "text", None)
        return text.body if text else ""


def case_of(comment: Comment) -> Case:
    """A comment as a moderator decides about it."""
    decisions = decisions_of(comment, most=MOST)
    return Case(
        comment=comment,
        above=_above(comment),
        below=list(_shown_beside(comment).filter(reply_to=comment.number, is_shown=True).order_by("number")[:MOST]),
        reports=reports_of(comment, most=MOST),
        decisions=decisions,
        found=_found_among(decisions, comment),
        writer=writer_of(comment.reader) if comment.reader else None,
    )


def reports_of(comment: Comment, *, most: int, begins: int | None = None) -> Part[Report]:
    """What readers reported of a comment, from that report on."""
    return _part(Report.objects.filter(comment=comment).select_related("text"), most=most, begins=begins)


def decisions_of(comment: Comment, *, most: int, begins: int | None = None) -> Part[Decision]:
    """What was decided about a comment, from that decision on."""
    return _part(Decision.objects.filter(comment=comment).select_related("evidence", "by"), most=most, begins=begins)


def _part(found: QuerySet[Any], *, most: int, begins: int | None) -> Part[Any]:
    from_there = found if begins is None else found.filter(pk__lte=begins)
    rows = list(from_there.order_by("-pk")[: most + 1])
    return Part(rows[:most], rows[most].pk if len(rows) > most else None)


def _found_among(decisions: Part[Decision], comment: Comment) -> Decision | None:
    """What the rules last decided: among these, or before them."""
    among = next((one for one in decisions.rows if one.kind in FOUND), None)
    if among or decisions.further is None:
        return among
    earlier = Decision.objects.filter(comment=comment, kind__in=FOUND).select_related("evidence")
    return earlier.order_by("-pk").first()


def writer_of(reader: Reader) -> Writer:
    """Somebody's numbers, last comments, and how they stand."""
    rows = Comment.objects.filter(reader=reader).values_list("state").annotate(number=Count("pk"))
    numbers = {str(state): number for state, number in rows.order_by("state")}
    last = Comment.objects.filter(reader=reader).select_related("text")
    about = Decision.objects.filter(reader=reader, comment=None).select_related("by", "evidence")
    return Writer(
        reader=reader,
        numbers=numbers,
        last=list(last.order_by("-sent_at", "-pk")[:MOST]),
        decisions=list(about.order_by("-pk")[:MOST]),
        standing=ReaderStanding.objects.filter(reader=reader).first(),
        held=numbers.get(State.HELD, 0),
        published=numbers.get(State.PUBLISHED, 0),
        bound=list(_bound_beside(reader)),
    )


def _bound_beside(reader: Reader) -> QuerySet[Reader]:
    others = Reader.objects.filter(email=reader.email, standing__isnull=False).exclude(email="").exclude(pk=reader.pk)
    is_bound = Q(standing__is_muted=True) | Q(standing__is_banned=True) | Q(standing__suspended_until__isnull=False)
    return others.filter(is_bound).order_by("pk")[:MOST]


def held_of(reader: Reader, *, most: int) -> list[Comment]:
    """The comments of somebody that are held, the oldest first."""
    return list(_of(reader, State.HELD).select_related("text").order_by("sent_at", "pk")[:most])


def published_of(reader: Reader, *, most: int, behind: int | None = None) -> list[Comment]:
    """The comments of somebody that readers see, the newest first, behind the comment of that id."""
    found = _of(reader, State.PUBLISHED).select_related("text").order_by("-sent_at", "-pk")
    last = Comment.objects.filter(pk=behind).values_list("sent_at", flat=True).first() if behind else None
    if last is not None:
        found = found.filter(Q(sent_at__lt=last) | Q(sent_at=last, pk__lt=behind))
    return list(found[:most])


def number_of(reader: Reader, *, state: State) -> int:
    """How many comments of somebody are in a state."""
    return _of(reader, state).count()


def _of(reader: Reader, state: State) -> QuerySet[Comment]:
    return Comment.objects.filter(reader=reader, state=state)


def _shown_beside(comment: Comment) -> Any:
    return Comment.objects.filter(story=comment.story_id).select_related("text")


def _above(comment: Comment) -> Comment | None:
    if comment.reply_to is None:
        return None
    return _shown_beside(comment).filter(number=comment.reply_to).first()
