"""Comments in their threads, page by page: as few rows as are shown, whatever stands under the story.

A page begins anywhere in a thread, so none is longer for a thread of thousands. What is asked goes by the indexes
(root, branch, number), (respect, number) and (published, number), which hold only comments that have a place.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

from django.db.models import OuterRef, QuerySet

from gazeti.comments.models import Comment
from gazeti.comments.queries import cursors
from gazeti.comments.queries.cursors import Place
from gazeti.comments.queries.expressions import Beyond, Size
from gazeti.comments.queries.gathered import gathered
from gazeti.comments.queries.shown import COLUMNS, Shown, beside_each_other, shown_from, shown_in
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from gazeti.stories.queries.prepared import Prepared, Row

UNDER_STORY, ON_PAGE, AFTER_ONE = 20, 50, 20
MOST_PICKS = 3
"""Picks that are pinned; the newest of them."""
FIRST = 2_147_483_647
"""More than any number."""


class Order(StrEnum):
    """How threads follow each other; inside one it is always by branch and number."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RESPECTED = "respected"


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a discussion, and the cursor of what comes after it, empty at the end."""

    comments: list[Shown]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """A comment with those above it in its thread and the next below."""

    above: list[Shown]
    one: Shown
    below: list[Shown]
    after: str = ""

    @property
    def comments(self) -> list[Shown]:
        """All of them as they stand."""
        return beside_each_other([*self.above, self.one, *self.below])


def _heads(story: int, respect: int, number: int) -> QuerySet[Any, Any]:
    """The first comments of threads, the most respected first, and how many stand in each, counted up to a page."""
    heads = Comment.objects.filter(Beyond("<", respect=respect, number=number), story=story, branch=0, is_shown=True)
    thread = Comment.objects.filter(story=story, root=OuterRef("number"), is_shown=True).order_by()
    size = Size(thread.values("pk")[: ON_PAGE + 1])
    return heads.order_by("-respect", "-number").annotate(size=size).values_list("number", "respect", "size")


def _threads(story: int, whole: Sequence[int], last: int) -> QuerySet[Any, Any]:
    """Whole threads, and of the last one no more than fill a page; in no order."""
    thread = Comment.objects.filter(story=story, root=last, is_shown=True).order_by(*IN_ORDER)
    rest = shown_in(story).filter(pk__in=thread.values("pk")[: ON_PAGE + 1])
    return shown_in(story).filter(root__in=whole).union(rest, all=True)


IN_ORDER = ("root", "branch", "number")
LATEST = Prepared(
    lambda story: shown_in(story).filter(state=State.PUBLISHED).order_by("-published_at", "-number"),
)
NEWEST = Prepared(lambda story, root: shown_in(story).filter(root__lt=root).order_by("-root", "branch", "number"))
OLDEST = Prepared(lambda story, **at: shown_in(story).filter(Beyond(">", **at)).order_by(*IN_ORDER))
REST = Prepared(lambda story, root, **at: shown_in(story).filter(Beyond(">", **at), root=root).order_by(*IN_ORDER))
THREADS = Prepared(_threads)
HEADS = Prepared(_heads)
NUMBERED = Prepared(lambda story, numbers: shown_in(story).filter(number__in=numbers))
PICKS = Prepared(lambda story: shown_in(story).filter(is_pick=True, state=State.PUBLISHED).order_by("-number"))


def newest(story: Story, *, most: int = UNDER_STORY, besides: Collection[int] = ()) -> list[Shown]:
    """What was published last, replies counted: so many with those `besides`, which stand elsewhere; one query.

    By when it was published, so that what had waited for a moderator is seen once it is out.
    """
    rows = [row for row in LATEST.rows(story=story.pk, limit=most) if row[NUMBER] not in besides]
    return gathered(shown_from(rows[: most - len(besides)], discussion=_address(story)))


def picks(story: Story) -> list[Shown]:
    """What the newsroom picked, the newest first; one query."""
    return _shown(PICKS.rows(story=story.pk, limit=MOST_PICKS), story=story)


def page(story: Story, *, order: Order = Order.NEWEST, after: str | None = None, most: int = ON_PAGE) -> Page:
    """So many comments, 50 at most, from a cursor on, from the start without one; four queries. Raises BadCursor."""
    at = cursors.read(after, story=story.pk, order=order) if after is not None else None
    rows, respects = WALKS[order](story.pk, at, most)
    found = _shown(rows[:most], story=story)
    if len(rows) <= most:
        return Page(found)
    last = found[-1]
    end = Place(last.root, last.branch, last.number, respects.get(last.root, 0))
    return Page(found, after=cursors.written(end, story=story.pk, order=order))


def around(story: Story, *, number: int) -> Around | None:
    """A comment in its thread; None where none of that number has a place. Three queries."""
    one = next(iter(_numbered(story, {number})), None)
    if one is None:
        return None
    above = {one.root, one.branch, one.answers or 0} - {0, number}
    place = {"root": one.root, "branch": one.branch, "number": number}
    rows = REST.rows(story=story.pk, limit=AFTER_ONE + 1, **place)
    below = shown_from(rows[:AFTER_ONE], discussion=_address(story))
    last = below[-1] if below else one
    end = Place(last.root, last.branch, last.number)
    return Around(
        above=_numbered(story, above),
        one=one,
        below=below,
        after=cursors.written(end, story=story.pk, order=Order.OLDEST) if len(rows) > AFTER_ONE else "",
    )


def _numbered(story: Story, numbers: set[int]) -> list[Shown]:
    rows = NUMBERED.rows(story=story.pk, numbers=sorted(numbers)) if numbers else []
    return shown_from(sorted(rows), discussion=_address(story))


def _address(story: Story) -> str:
    return f"{story.address}comments/"


def _shown(rows: Sequence[Row], *, story: Story) -> list[Shown]:
    return beside_each_other(shown_from(rows, discussion=_address(story)))


Walked = tuple[list[Row], dict[int, int]]
"""One row more than were asked for, if there are; how much respect the first comment of each thread has."""


def _rest(story: int, at: Place | None, most: int) -> list[Row]:
    """What is left of the thread in which the page before ended."""
    if at is None:
        return []
    return REST.rows(story=story, root=at.root, branch=at.branch, number=at.number, limit=most + 1)


def _walk_back(story: int, at: Place | None, most: int) -> Walked:
    rows = _rest(story, at, most)
    if len(rows) <= most:
        rows += NEWEST.rows(story=story, root=at.root if at else FIRST, limit=most + 1 - len(rows))
    return rows, {}


def _walk_on(story: int, at: Place | None, most: int) -> Walked:
    start = at or Place(0, 0, 0)
    return OLDEST.rows(story=story, root=start.root, branch=start.branch, number=start.number, limit=most + 1), {}


def _walk_by_respect(story: int, at: Place | None, most: int) -> Walked:
    rows, respects = _rest(story, at, most), {at.root: at.respect} if at else {}
    lacking = most + 1 - len(rows)
    if not lacking:
        return rows, respects
    start = at or Place(root=FIRST, branch=0, number=0, respect=FIRST)
    heads = HEADS.rows(story=story, respect=start.respect, number=start.root, limit=lacking)
    respects |= {root: respect for root, respect, _size in heads}
    return rows + _fill(story, heads, lacking), respects


def _fill(story: int, heads: Sequence[Row], lacking: int) -> list[Row]:
    """So many comments of these threads, as far as there are; one query, whether or not the last is cut."""
    before = list(accumulate((size for _root, _respect, size in heads), initial=0))
    roots = [root for (root, *_), place in zip(heads, before, strict=False) if place < lacking]
    if not roots:
        return []
    # As many as are counted may be thousands: of the last no more are read than fill the page.
    rows = THREADS.rows(story=story, whole=roots[:-1], last=roots[-1])
    places = {root: place for place, root in enumerate(roots)}
    rows.sort(key=lambda row: (places[row[ROOT]], row[BRANCH], row[NUMBER]))
    return rows[:lacking]


NUMBER, ROOT, BRANCH = (COLUMNS.index(name) for name in ("number", "root", "branch"))
WALKS = {Order.NEWEST: _walk_back, Order.OLDEST: _walk_on, Order.RESPECTED: _walk_by_respect}
