"""What the pages of a coverage show: as it stands with its newest updates, older ones, what is new since an event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString, mark_safe

from gazeti import log
from gazeti.base.models import bodies_as_html
from gazeti.edge.tags import named
from gazeti.live.models import Coverage, Update
from gazeti.live.queries.articles import article_of, flag_of, gone_article, key_item, when_of
from gazeti.live.queries.updates import Shown, shown_of, wordings_of
from gazeti.live.rules import BECOMES, MOST_KEYS, Kind, State, stream_of

EACH = 30
"""Updates on a page, those among them counted that are pinned or were taken back."""
MOST_NEW = 200
"""Events that are looked through for what is new; whoever missed more reads the coverage from its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a coverage stands, read no later than what it shows: who goes on from its head misses no event."""

    story: int
    state: State
    head: int
    summary_at: int
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def flag(self) -> SafeString:
        """The state in a word."""
        return flag_of(self.state)

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.state is State.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Updates as a page shows them, each a whole article, the newest first."""

    updates: list[SafeString]
    pinned: list[SafeString] = field(default_factory=list)
    keys: list[SafeString] = field(default_factory=list)
    summary: str = ""
    last: str = ""
    """When the newest that is there was posted."""
    floor: int = 0
    """The lowest number of the window, where the next older page begins; pinned ones stand elsewhere."""
    has_older: bool = False
    tags: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """What happened since an event: the updates that it concerns as they stand, and how the state changed."""

    updates: list[SafeString]
    summary: SafeString
    has_no_summary_now: bool
    """Whether the one that stood there was taken away."""
    became: list[tuple[datetime, SafeString]]
    has_more: bool
    tags: set[str]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing happened that readers see."""
        return not (self.updates or self.summary or self.has_no_summary_now or self.became)


@dataclass(frozen=True, slots=True)
class Worded:
    """Updates by their number, with the words that they have; those that were taken back have none."""

    rows: dict[int, Update]
    shown: dict[int, Shown]
    summary: SafeString
    tags: set[str]

    @property
    def keys(self) -> list[Shown]:
        """The key events among them, the newest first."""
        return [one for one in self.shown.values() if one.is_key][:MOST_KEYS]

    def articles(self, numbers: Iterable[int]) -> list[SafeString]:
        """The articles of these, and what stands in place of those that are gone."""
        return [
            gone_article(number) if self.rows[number].retracted_at else article_of(self.shown[number])
            for number in numbers
            if number in self.shown or self.rows[number].retracted_at
        ]


def coverage_standing(story: int) -> Standing:
    """How a covered story's coverage stands; one query."""
    return _standing(Coverage.objects.get(pk=story))


def as_it_stands(story: int, *, said: str) -> tuple[Standing, Part]:
    """The newest updates with the pinned ones, the key events and the summary; two queries and those of the bodies.

    Where it stands is read in one with the updates, so both are of the same moment.
    """
    rows = list(_at_the_top(story))
    standing = _standing(rows[0].coverage) if rows else coverage_standing(story)
    found = _worded(standing, rows, said=said, has_summary=True)
    numbers = list(found.rows)
    pinned_first = sorted(rows, key=lambda one: one.pinned_at, reverse=True)
    above = [one.number for one in pinned_first if one.pinned_at and not one.retracted_at]
    # Whatever is newer than the last of the newest is one of them, however it was found.
    window = numbers[:EACH]
    part = Part(
        updates=found.articles(number for number in window if number not in above),
        pinned=found.articles(above),
        keys=[key_item(one, is_here=one.number in {*window, *above}) for one in found.keys],
        summary=found.summary,
        last=next((when_of(found.shown[number]) for number in numbers if number in found.shown), ""),
        floor=window[-1] if window else 0,
        has_older=len(numbers) > EACH,
        tags=found.tags,
    )
    return standing, part


def _at_the_top(story: int) -> QuerySet[Update]:
    """The newest updates and one more, the newest key events, and those that are pinned, the newest first."""
    ours = Update.objects.filter(coverage=story)
    there = ours.filter(retracted_at=None)
    newest = ours.order_by("-number").values("number")[: EACH + 1]
    keys = there.filter(is_key=True).order_by("-number").values("number")[:MOST_KEYS]
    pinned = there.exclude(pinned_at=0).values("number")
    found = ours.filter(Q(number__in=newest) | Q(number__in=keys) | Q(number__in=pinned))
    return found.select_related("coverage").order_by("-number")


def _standing(coverage: Coverage) -> Standing:
    return Standing(
        story=coverage.pk,
        state=State(coverage.state),
        head=coverage.head,
        summary_at=coverage.summary_at,
        starts_at=coverage.starts_at,
        ends_at=coverage.ends_at,
    )


def is_at_the_top(update: Update) -> bool:
    """Whether an update stands on the coverage's first page; one query at most. What is pinned does."""
    ours = Update.objects.filter(coverage=update.coverage_id)
    return bool(update.pinned_at) or ours.filter(number__gt=update.number)[:EACH].count() < EACH


def older_than(standing: Standing, *, number: int, said: str) -> Part:
    """The updates before one, as many as a page holds, whether pinned or not."""
    rows = Update.objects.filter(coverage=standing.story, number__lt=number).order_by("-number")[: EACH + 1]
    found = _worded(standing, rows, said=said)
    window = list(found.rows)[:EACH]
    return Part(
        updates=found.articles(window),
        floor=window[-1] if window else 0,
        has_older=len(found.rows) > EACH,
        tags=found.tags,
    )


def new_since(standing: Standing, *, number: int, said: str) -> New:
    """What was posted, edited, pinned or taken back after an event, as it stands now, and what became of the coverage.

    Raises nothing for a number that is not reached: nothing is new then.
    """
    entries = log.read(number, stream=stream_of(standing.story), limit=MOST_NEW)
    numbers = {entry.data["update"] for entry in entries} - {None}
    rows = Update.objects.filter(coverage=standing.story, number__in=numbers).order_by("-number")
    has_summary = any(entry.kind == Kind.SUMMARY for entry in entries)
    found = _worded(standing, rows, said=said, has_summary=has_summary)
    became = [(entry.at, flag_of(BECOMES[Kind(entry.kind)])) for entry in entries if entry.kind in BECOMES]
    return New(
        updates=found.articles(list(found.rows)[:EACH]),
        summary=found.summary,
        has_no_summary_now=has_summary and not standing.summary_at,
        became=became,
        has_more=len(entries) == MOST_NEW or len(found.rows) > EACH,
        tags=found.tags,
    )


def _worded(standing: Standing, rows: Iterable[Update], *, said: str, has_summary: bool = False) -> Worded:
    updates = list(rows)
    there = [one for one in updates if one.retracted_at is None]
    summed = [standing.summary_at] if has_summary and standing.summary_at else []
    words = wordings_of(standing.story, numbers=[*summed, *(one.version for one in there)])
    worded = [(one, words[one.version]) for one in there if one.version in words]
    summaries = [words[number] for number in summed if number in words]
    raws = [one.body.get_prep_value() for one in (*summaries, *(wording for _update, wording in worded))]
    bodies, tags = bodies_as_html(raws, said=said)
    shown = [
        shown_of(update, words=wording, html=html, said=said)
        for (update, wording), html in zip(worded, bodies[len(summaries) :], strict=True)
    ]
    return Worded(
        rows={one.number: one for one in updates},
        shown={one.number: one for one in shown},
        summary=mark_safe("".join(bodies[: len(summaries)])),  # noqa: S308 (what bodies are rendered to)
        tags=tags | named("author", (wording.author_id for _update, wording in worded if wording.author_id)),
    )
