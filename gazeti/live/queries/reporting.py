"""What the live desk reads: a coverage's newest updates in brief, who writes them, and what may be covered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.queries.rights import coverable
from gazeti.live.rules import TAKEN, Reached, State
from gazeti.media.models import Picture
from gazeti.stories.formats import picture_ids, text_in
from gazeti.stories.models import Author, Story
from gazeti.stories.queries.desk import visible_pages

NEWEST = 20
"""Updates on the desk's screen at once."""
BRIEF, LONGER = 140, 1_000
"""Characters of an update that are shown there, and of what waits, which somebody decides about."""
RECENT_WORDINGS = 50
MOST_COVERAGES = 40
MOST_STORIES = 20
ORDER = {State.LIVE: 0, State.PAUSED: 1, State.PLANNED: 2, State.CLOSED: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An update as the desk lists it."""

    number: int
    version: int
    posted_at: datetime
    edited_at: datetime | None
    heading: str
    text: str
    is_cut: bool
    has_words: bool
    """Whether any words of it are kept, also earlier ones."""
    author: str
    by_id: int | None
    is_key: bool
    is_pinned: bool
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What waits to become an update, as the desk lists it."""

    pk: int
    reached: str
    at: datetime
    heading: str
    text: str
    pictures: int
    author: str
    by: Any
    by_id: int | None
    failed: str
    place: int
    """Its place among those that were sent in, or that wait for their time, from 1; and how many there are."""
    of_all: int


def newest_updates(coverage: Coverage, *, before: int | None = None, most: int = NEWEST) -> list[Brief]:
    """The newest updates, or those older than one, those that were taken back among them; two queries."""
    kept = Wording.objects.filter(coverage=coverage, update_number=OuterRef("number"))
    found = coverage.updates.annotate(has_words=Exists(kept)).order_by("-number")
    updates = list((found.filter(number__lt=before) if before else found)[:most])
    wordings = coverage.wordings.filter(number__in=[one.version for one in updates]).select_related("author")
    by_number = {one.number: one for one in wordings}
    return [_brief(one, by_number.get(one.version)) for one in updates]


def words_of(update: Update) -> Wording | None:
    """An update's words as they stand; None once they were erased."""
    found: Wording | None = (
        Wording.objects.filter(coverage=update.coverage_id, number=update.version).select_related("author").first()
    )
    return found


def first_words_of(update: Update) -> Wording | None:
    """The words with which it was posted."""
    found: Wording | None = (
        Wording.objects.filter(coverage=update.coverage_id, number=update.number).select_related("author").first()
    )
    return found


def summary_of(coverage: Coverage) -> Wording | None:
    """The summary's words; None where there is none."""
    return coverage.wordings.filter(number=coverage.summary_at).first() if coverage.summary_at else None


def earlier_summaries(coverage: Coverage) -> QuerySet[Wording]:
    """The words of summaries that it has no more."""
    return coverage.wordings.filter(update_number=None).exclude(number=coverage.summary_at).exclude(body=[])


def waiting_in(coverage: Coverage, *, after: int = 0, most: int = NEWEST) -> list[Waits]:
    """What was sent in or waits for its time, the first to come first, so many of each; one query.

    However much is sent in, what could not go out at its time stands there. Of what was sent in, so many `after` that
    place.
    """
    place = Window(RowNumber(), partition_by="reached", order_by=["due_at", "received_at", "pk"])
    of_all = Window(Count("pk"), partition_by="reached")
    rows = coverage.waiting.select_related("author", "by").annotate(place=place, of_all=of_all)
    sent = Q(reached=Reached.SENT, place__gt=after, place__lte=after + most)
    rows = rows.filter(sent | Q(reached=Reached.SCHEDULED, place__lte=most))
    return [_waits(row) for row in rows.order_by("place")]


def own_author(user: Any) -> Author | None:
    """Under whom somebody posts: the author they last gave with words of their own, or who is called as they are."""
    last = Update.objects.filter(by=user).exclude(key__startswith=TAKEN).order_by("-pk").first()
    words = first_words_of(last) if last else None
    if words and words.author_id:
        author: Author = words.author
        return author
    return author_called(user.get_full_name())


def author_called(name: str) -> Author | None:
    """The author of that name, however it is capitalised."""
    return Author.objects.filter(name__iexact=name).order_by("pk").first() if name else None


def picture_kept(*, file_hash: str, credit: str, by: Any) -> Picture | None:
    """The picture that somebody uploaded before with the same bytes and credit."""
    found: Picture | None = Picture.objects.filter(file_hash=file_hash, uploaded_by_user=by, credit=credit).first()
    return found


def authors_offered(coverage: Coverage) -> list[str]:
    """The names of who wrote in the coverage lately."""
    recent = coverage.wordings.order_by("-number").values("author")[:RECENT_WORDINGS]
    return list(Author.objects.filter(pk__in=list({row["author"] for row in recent})).values_list("name", flat=True))


def coverages_by_state(user: Any, *, start: int = 0) -> tuple[list[Coverage], int]:
    """The coverages that somebody may know of, those that go on first, from `start` on; and where the next begin, or 0.

    One query; each has in `sent_in` how much was sent in.
    """
    place = Case(*(When(state=state, then=at) for state, at in ORDER.items()), output_field=IntegerField())
    sent = Count("waiting", filter=Q(waiting__reached=Reached.SENT))
    stories = visible_pages(Story.objects.all(), user=user).order_by().values("pk")
    found = Coverage.objects.filter(pk__in=stories).select_related("story").defer("story__body").annotate(sent_in=sent)
    rows: list[Any] = list(found.order_by(place, "-pk")[start : start + MOST_COVERAGES + 1])
    return rows[:MOST_COVERAGES], start + MOST_COVERAGES if len(rows) > MOST_COVERAGES else 0


def stories_to_cover(user: Any, *, looked_for: str = "", number: int | None = None) -> list[Story]:
    """Stories that somebody may cover and that are not covered yet, the last changed first, or the one meant."""
    uncovered = Story.objects.filter(coverage=None, alias_of=None, withdrawn_at=None)
    found = coverable(visible_pages(uncovered, user=user), user=user)
    if number is not None:
        found = found.filter(pk=number)
    if looked_for:
        found = found.filter(title__icontains=looked_for)
    return list(found.defer("body").order_by("-latest_revision_created_at", "-pk")[:MOST_STORIES])


def _brief(update: Any, words: Wording | None) -> Brief:
    """`update` is one, with whether it `has_words`."""
    raw = words.body.get_prep_value() if words else []
    text = _text_of(raw)
    author: Any = words.author if words else None
    return Brief(
        number=update.number,
        version=update.version,
        posted_at=update.posted_at,
        edited_at=update.edited_at,
        heading=words.heading if words else "",
        text=text[:BRIEF],
        is_cut=len(text) > BRIEF,
        has_words=update.has_words,
        author=author.name if author else "",
        by_id=update.by_id,
        is_key=update.is_key,
        is_pinned=bool(update.pinned_at),
        is_gone=update.retracted_at is not None,
    )


def _waits(row: Any) -> Waits:
    """`row` is what waits, with its `place` and `of_all`."""
    raw = row.body.get_prep_value()
    return Waits(
        pk=row.pk,
        reached=row.reached,
        at=row.due_at or row.received_at,
        heading=row.heading,
        text=_text_of(raw)[:LONGER],
        pictures=len(picture_ids(raw)),
        author=row.author.name if row.author else "",
        by=row.by,
        by_id=row.by_id,
        failed=row.failed,
        place=row.place,
        of_all=row.of_all,
    )


def _text_of(raw: list[dict[str, Any]]) -> str:
    return " ".join(text_in([block["value"] for block in raw]).split())
