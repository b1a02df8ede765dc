"""What follows from a page and what the newsroom has of it: make, complete, leave alone, or refuse with reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from gazeti.base.rules import RESERVED_SLUGS
from gazeti.plain.words import normalised, slug_of
from gazeti.stories.rules import HEADLINE_LENGTH

RECOVERED = "Recovered"
"""The section that holds headlines whose text is missing, and only drafts."""

LONGEST_NAME = 100
LONGEST_CREDIT = 120
LONGEST_SECTION = 100
SHARED_WORDS = 8
"""A paragraph of so many words does not stand in two stories by chance."""

ALWAYS = frozenset({"section", "headline", "language", "text"})
"""What a story is made with, and a bare headline completed with, whatever else is known."""

COMPARED = 50
"""Paragraphs enough to know a text again."""


class Verdict(StrEnum):
    """What an import did, or would do, with one page or one headline."""

    MADE = "made"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a story from its page and the person who imports it; `given` names what that person said."""

    headline: str = ""
    section: str = ""
    standfirst: str = ""
    names: tuple[str, ...] = ()
    credit: str = ""
    published_at: datetime | None = None
    day_only: bool = False
    day: date | None = None
    language: str = ""
    paragraphs: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()

    @property
    def byline(self) -> tuple[str, ...]:
        return (*self.names, *filter(None, [self.credit]))


@dataclass(frozen=True, slots=True)
class Standing:
    """A story that the newsroom has, as far as an import asks. `filled` are the facts that imports gave it before."""

    story: int
    headline: str
    section: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    day: date | None = None
    words: str = ""
    body_key: str = ""
    filled: frozenset[str] = frozenset()
    is_live: bool = False
    is_recovered: bool = False
    is_busy: bool = False
    was_public: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: the facts to write, whether to publish, or why nothing may be written."""

    verdict: Verdict
    standing: Standing | None = None
    fields: frozenset[str] = frozenset()
    publish: bool = False
    reasons: tuple[str, ...] = ()


def headline_key(headline: str) -> str:
    """What a headline has in common with itself in other quotation marks, spaces and capitals (SHA-256)."""
    return _hashed([headline])


def body_key(paragraphs: Iterable[str]) -> str:
    """The same for a text; a text that is missing has an empty one."""
    texts = list(paragraphs)
    return _hashed(texts) if texts else ""


def _hashed(texts: Iterable[str]) -> str:
    # Words alone would make "😀" and "!" the same: where there are none, the text itself counts.
    return sha256("\n".join(normalised(text) or text for text in texts).encode()).hexdigest()


def spellings(headline: str) -> set[str]:
    """The headline with straight and with curly apostrophes, to find a story that was typed at the desk."""
    return {headline, headline.replace("’", "'"), headline.replace("'", "’")}


def match(facts: Facts, standings: Sequence[Standing]) -> Standing | None:
    """The story that the page is, of those with its headline.

    It has the same text as imported before, or no text yet, or shares a paragraph with the page.
    """
    key = body_key(facts.paragraphs)
    tests = (
        lambda one: one.body_key == key,
        lambda one: one.is_recovered or not one.words,
        lambda one: _shares_text(facts, one),
    )
    return next((one for test in tests for one in standings if test(one)), None)


def _shares_text(facts: Facts, standing: Standing) -> bool:
    texts = (normalised(paragraph) for paragraph in facts.paragraphs[:COMPARED])
    return any(len(text.split()) >= SHARED_WORDS and text in standing.words for text in texts)


def decide(facts: Facts, standings: Sequence[Standing], *, publish: bool, now: datetime) -> Decision:
    """What to do with a page, given the stories that have its headline."""
    standing = match(facts, standings)
    fields = missing_fields(facts, standing)
    wants_publication = publish and (standing is None or not standing.is_live or bool(fields))
    reasons = [*unfit(facts, standing), *(conflicts(facts, standing, fields=fields) if standing else [])]
    if wants_publication:
        reasons += unpublishable(facts, standing, now=now)
    if standing is not None and standing.is_busy and (fields or wants_publication):
        reasons.append("its story is being changed at the desk (publish or discard that first)")
    if reasons:
        return Decision(Verdict.REFUSED, standing, reasons=tuple(reasons))
    if standing is None:
        return Decision(Verdict.MADE, None, fields, wants_publication)
    verdict = Verdict.COMPLETED if fields or wants_publication else Verdict.UNCHANGED
    return Decision(verdict, standing, fields, wants_publication)


def missing_fields(facts: Facts, standing: Standing | None) -> frozenset[str]:
    """The facts that the story lacks and the page or the person has.

    What an import gave once and an editor took away stays away, unless a person gives it again.
    """
    known = _known(facts)
    if standing is None or standing.is_recovered:
        return frozenset(ALWAYS | known)
    has = {"standfirst": standing.standfirst, "byline": standing.byline, "date": standing.day, "text": standing.words}
    lacks = {name for name, value in has.items() if not value}
    return frozenset(known & lacks & (facts.given | (known - standing.filled)))


def _known(facts: Facts) -> set[str]:
    has = {"standfirst": facts.standfirst, "byline": facts.byline, "date": facts.day, "text": facts.paragraphs}
    return {name for name, value in has.items() if value}


def unfit(facts: Facts, standing: Standing | None) -> list[str]:
    """Why no story can be made of these facts, each as the end of "<file> is not imported: …"."""
    length = len(facts.headline)
    section_needed = standing is None or standing.is_recovered
    checks = (
        (not facts.headline, "it has no headline (put one on a line of its own above the text)"),
        (
            length > HEADLINE_LENGTH,
            f"its headline has {length} characters and at most {HEADLINE_LENGTH} fit (shorten it)",
        ),
        (not facts.paragraphs, "it has no text below the headline"),
        (section_needed and not facts.section, "it names no section (give one with --section)"),
        (len(facts.section) > LONGEST_SECTION, f"its section's name has more than {LONGEST_SECTION} characters"),
        (
            section_needed and slug_of(facts.section) in RESERVED_SLUGS,
            f"a section “{facts.section}” would have an address that Gazeti itself needs (give another with --section)",
        ),
        (
            normalised(facts.section) == normalised(RECOVERED),
            f"the section “{RECOVERED}” is kept for headlines without a text (give another with --section)",
        ),
        (
            any(len(name) > LONGEST_NAME for name in facts.names),
            f"a name in its byline has more than {LONGEST_NAME} characters",
        ),
        (len(facts.credit) > LONGEST_CREDIT, f"the credit in its byline has more than {LONGEST_CREDIT} characters"),
    )
    return [reason for fails, reason in checks if fails]


def conflicts(facts: Facts, standing: Standing, *, fields: frozenset[str]) -> list[str]:
    """What a person gave, or the page says, against the story: an import completes, it does not change."""
    said = {"section": facts.section, "byline": facts.byline, "date": facts.day}
    has = {"section": standing.section, "byline": standing.byline, "date": standing.day}
    reasons = [
        f"its story has another {name} already, {_shown(has[name])} (change it at the desk)"
        for name in ("section", "byline", "date")
        if name in facts.given and name not in fields and _plain(said[name]) != _plain(has[name])
    ]
    if standing.body_key not in ("", body_key(facts.paragraphs)) and "text" not in fields:
        reasons.append("its text is not the one imported under this headline before (change the story at the desk)")
    return reasons


def _plain(value: object) -> str:
    return normalised(_shown(value))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def unpublishable(facts: Facts, standing: Standing | None, *, now: datetime) -> list[str]:
    """Why the story may not go out, all reasons at once."""
    has_byline = facts.byline or (standing and standing.byline)
    has_day = facts.day or (standing and standing.day)
    checks = (
        (
            not (facts.standfirst or (standing and standing.standfirst)),
            "its standfirst is missing (import it without --publish and write one at the desk)",
        ),
        (not has_byline, "its byline is missing (give one with --byline)"),
        (not has_day, "its date is missing (give one with --date)"),
        (facts.published_at is not None and facts.published_at > now, "its date is still to come"),
        (
            standing is not None and standing.was_public and not standing.is_live,
            "its story was taken down (publish it at the desk)",
        ),
    )
    return [reason for fails, reason in checks if fails]
