"""The updates of a coverage as they stand, and its events after a number, ready to be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.text import Truncator

from gazeti import log
from gazeti.base.models import bodies_as_html
from gazeti.edge.tags import named
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.queries.key_events import Listed, listed_after, listed_before
from gazeti.live.rules import MOST_EVENTS, Kind, stream_of
from gazeti.stories.rules import html_language

MOST_WORDS = 12
"""Of an update without a heading, in the list of key events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An update as some event left it: `html` is its body, `version` the event that gave it its words."""

    number: int
    version: int
    posted_at: datetime
    edited_at: datetime | None
    heading: str
    html: str
    author_name: str
    author_slug: str
    is_key: bool
    is_pinned: bool
    correction: str
    language: str = ""
    """For `lang`, empty where the words are in the paper's own language."""

    @property
    def label(self) -> str:
        """What the list of key events calls it: its heading, or else its first words."""
        return self.heading or Truncator(unescape(strip_tags(self.html)).strip()).words(MOST_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as readers are told of it. `update` is None where it is about the coverage; `shown` where the kind
    gives an update words or a place; `summary` is the summary's HTML; of a retracted update only `is_gone`.
    """

    number: int
    kind: Kind
    at: datetime
    update: int | None
    shown: Shown | None = None
    summary: str = ""
    is_gone: bool = False
    keys: Sequence[Shown] = ()
    """The list of key events after an event that took a row out of it, or may have."""


def shown_updates(updates: Sequence[Update], *, said: str = "") -> tuple[list[Shown], set[str]]:
    """These updates of one coverage with their words as they stand, and the cache tags of what they show."""
    if not updates:
        return [], set()
    wordings = wordings_of(updates[0].coverage_id, numbers=(one.version for one in updates))
    worded = [(one, wordings[one.version]) for one in updates if one.version in wordings]
    return _shown(worded, said=said)


def events_after(coverage: Coverage, *, number: int, most: int = MOST_EVENTS, said: str = "") -> list[Event]:
    """At most `most` events after a number, in order; four queries and those of the bodies."""
    return told_after(coverage.pk, number=number, most=most, said=said)[0]


def told_after(story: int, *, number: int, most: int = MOST_EVENTS, said: str = "") -> tuple[list[Event], set[str]]:
    """The same, with the cache tags of what they show."""
    return events_shown(story, entries=log.read(number, stream=stream_of(story), limit=most), said=said)


def events_shown(story: int, *, entries: Sequence[log.Entry], said: str = "") -> tuple[list[Event], set[str]]:
    """These entries of a coverage's stream as readers are told of them, and the cache tags of what they show."""
    before = listed_before(story, entries=entries)
    numbers = {entry.data["update"] for entry in entries} - {None}
    updates = {one.number: one for one in Update.objects.filter(coverage=story, number__in=numbers | before.keys())}
    wordings = wordings_of(story, numbers=[*(entry.data.get("words") for entry in entries), *before.values()])
    worded: dict[int, tuple[Update, Wording]] = {}
    summed: dict[int, Wording] = {}
    for entry in entries:
        update, words = updates.get(entry.data["update"]), wordings.get(entry.data.get("words") or 0)
        if words and update and not update.retracted_at:
            worded[entry.number] = (update, words)
        elif words and entry.kind == Kind.SUMMARY:
            summed[entry.number] = words
    shown, tags = _shown(list(worded.values()), said=said)
    html, others = bodies_as_html([one.body.get_prep_value() for one in summed.values()], said=said)
    by_event, summaries = dict(zip(worded, shown, strict=True)), dict(zip(summed, html, strict=True))
    gone = {number for number, update in updates.items() if update.retracted_at}
    listed = listed_after(entries, before=before, updates=updates, wordings=wordings)
    rows, beside = _rows(listed.values(), updates=updates, wordings=wordings, said=said)
    told = [_told(one, by_event.get(one.number), summaries.get(one.number, ""), gone=gone) for one in entries]
    told = [replace(one, keys=[rows[at] for at in listed.get(one.number, {}).items() if at in rows]) for one in told]
    return told, tags | others | beside


def _told(entry: log.Entry, shown: Shown | None, summary: str, *, gone: set[int]) -> Event:
    """One event: an update as this event left it, since what later ones made of it is not told yet."""
    update = entry.data["update"]
    return Event(
        number=entry.number,
        kind=Kind(entry.kind),
        at=entry.at,
        update=update,
        shown=replace(shown, is_pinned=entry.kind == Kind.PIN) if shown else None,
        summary=summary,
        is_gone=update in gone,
    )


def _rows(
    lists: Iterable[Listed], *, updates: Mapping[int, Update], wordings: Mapping[int, Wording], said: str
) -> tuple[dict[tuple[int, int], Shown], set[str]]:
    """The key events of these lists, each with its heading or, without one, with its body for the first words."""
    wanted = sorted({at for one in lists for at in one.items()})
    worded = {at: (updates[at[0]], wordings[at[1]]) for at in wanted if at[0] in updates and at[1] in wordings}
    bare = {at: one for at, one in worded.items() if not one[1].heading}
    shown, tags = _shown(list(bare.values()), said=said)
    headed = {
        at: shown_of(update, words=words, html="", said=said) for at, (update, words) in worded.items() if words.heading
    }
    return headed | dict(zip(bare, shown, strict=True)), tags


def wordings_of(story: int, *, numbers: Iterable[int | None]) -> dict[int, Wording]:
    """The words that these events of a coverage gave, by the event's number, with who wrote them."""
    wanted = {one for one in numbers if one}
    found = Wording.objects.filter(coverage=story, number__in=wanted).select_related("author")
    return {one.number: one for one in found}


def _shown(worded: Sequence[tuple[Update, Wording]], *, said: str) -> tuple[list[Shown], set[str]]:
    bodies, tags = bodies_as_html([words.body.get_prep_value() for _update, words in worded], said=said)
    shown = [
        shown_of(update, words=words, html=html, said=said)
        for (update, words), html in zip(worded, bodies, strict=True)
    ]
    return shown, tags | named("author", (words.author_id for _update, words in worded if words.author_id))


def shown_of(update: Update, *, words: Wording, html: str, said: str) -> Shown:
    """An update in the words of one event, whose body is this HTML."""
    author: Any = words.author
    return Shown(
        number=update.number,
        version=words.number,
        posted_at=update.posted_at,
        edited_at=words.at if words.number != update.number else None,
        heading=words.heading,
        html=html,
        author_name=author.name if author else "",
        author_slug=author.slug if author else "",
        is_key=words.is_key,
        is_pinned=bool(update.pinned_at),
        correction=words.correction,
        language=_other_language(said),
    )


def _other_language(said: str) -> str:
    """For `lang`: empty where it is the paper's own."""
    language = html_language(said, site_language=settings.GAZETI_LANGUAGE) if said else settings.GAZETI_LANGUAGE
    return "" if language == settings.GAZETI_LANGUAGE else language
