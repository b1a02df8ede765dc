"""Lines that say who wrote a story: "By Jane Doe and Ali Noor | KNA", "Na Amina Hassan", "Waxaa qoray Axmed Cali"."""

import re
from dataclasses import dataclass

from gazeti.archive.formats.dates import date_of, is_calendar_word
from gazeti.archive.formats.found import Byline, Confidence, Dated, Found
from gazeti.plain.words import normalised

LONGEST = 120
MOST_PEOPLE = 8
MOST_WORDS = 5
OPENING = re.compile(
    r"(?P<how>written by|reported by|posted by|by|imeandikwa na|mwandishi|na|waxaa? qor(?:ay|tay)|qoraaga|qor(?:ay|tay)"
    r"|w/q|author)(?=\W|$)\s*[:–—-]?\s*",
    re.I,
)
UNSURE = frozenset({"na"})
BETWEEN_PEOPLE = re.compile(r"\s*(?:,|;|&|\band\b|\bna\b|\biyo\b)\s*", re.I)
BETWEEN_PARTS = re.compile(r"\s*[|•·]\s*")
# Small words inside names, and what follows a name without being one.
PARTICLES = "al|bin|binti|bint|ibn|de|da|del|della|der|di|dos|du|el|la|le|van|von|wa|ole|ya".split("|")
# One word after a comma is no person where the others have two: an agency or a town.
BESIDE = re.compile(r"(?P<names>.+ [^,]+), *(?P<credit>[^\s,]+)")
PLACE = re.compile(r"\s+(?:in|mjini|huko|jijini)\s+\S.*$")
DESKS = frozenset((
    "staff writer|staff reporter|staff correspondent|our reporter|our correspondent|our correspondents|correspondent"
    "|reporter|agencies|agency|newsroom|the newsroom|news desk|web desk|editor|the editor|admin|reuters|afp|ap"
    "|associated press|xinhua|kna|kenya news agency|bbc|bbc swahili|bbc somali|mwandishi wetu|waandishi wetu|mashirika"
    "|wariye|tifaftiraha"
).split("|"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class BylineLine:
    """A byline as printed, empty where the site printed only its frame ("By |"), with a date if one stood beside it."""

    byline: Byline
    confidence: Confidence
    date: Found[Dated] | None = None


def byline_of(line: str) -> BylineLine | None:
    """The byline that a line is; None if it does not open like one or what follows is no list of names."""
    opening = OPENING.match(line) if len(line) <= LONGEST else None
    if opening is None:
        return None
    first, *others = BETWEEN_PARTS.split(line[opening.end() :])
    if alone := BESIDE.fullmatch(first):
        first, others = alone["names"], [alone["credit"], *others]
    byline = _people(first)
    if byline is None:
        return None
    dates = [date for part in others if (date := date_of(part))]
    beside = [part for part in others if part and "@" not in part and not date_of(part)]
    sure = Confidence.FAIR if opening["how"].casefold() in UNSURE else Confidence.HIGH
    credit = ", ".join([*filter(None, [byline.credit]), *beside])
    return BylineLine(Byline(byline.names, credit), sure, dates[0] if dates else None)


def byline_given(text: str) -> Byline | None:
    """A byline that a person typed, with or without "By": names, and a credit after "|"; None if no name is in it."""
    whole = " ".join(text.split())
    read = byline_of(whole) or byline_of(f"By {whole}")
    if read is not None and not read.byline.is_empty:
        return read.byline
    names = tuple(name for name in BETWEEN_PEOPLE.split(whole) if normalised(name))
    return Byline(names) if names else None


def _people(text: str) -> Byline | None:
    """The names in a list, or the desk as a credit; empty if there are none, None if a part cannot be a name."""
    names = [PLACE.sub("", part) for part in BETWEEN_PEOPLE.split(text) if part]
    if len(names) > MOST_PEOPLE or not all(is_name(name) for name in names):
        return None
    desks = [name for name in names if normalised(name) in DESKS]
    return Byline(tuple(name for name in names if name not in desks), ", ".join(desks))


def is_name(text: str) -> bool:
    """Whether a text can be a person's or a desk's name: few words, each with a capital, no figure, no full stop."""
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS or (text[-1] in ".!?:…" and len(words[-1]) > 3):
        return False
    if any(sign.isdigit() for sign in text) or all(is_calendar_word(word) for word in words):
        return False
    return normalised(text) in DESKS or all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    bare = word.strip("'’‘\"“”().")
    return bare.casefold().removesuffix("-") in PARTICLES or (
        bool(bare) and bare[0].isalpha() and not bare[0].islower()
    )
