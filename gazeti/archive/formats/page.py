"""A page's plain text as the story it prints: titles, byline, date and every paragraph in order."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from gazeti.archive.formats.bylines import byline_of
from gazeti.archive.formats.dates import date_of
from gazeti.archive.formats.found import Confidence, Dated, Found, LeftOut, ParsedPage, Recent
from gazeti.archive.formats.head import Head, read_head
from gazeti.archive.formats.language import language_of
from gazeti.archive.formats.lines import lines_of
from gazeti.archive.formats.recent import MOST_HEADLINES, key_of
from gazeti.archive.formats.shapes import ends_a_sentence
from gazeti.archive.formats.text import Text, read_text
from gazeti.plain.words import normalised

LONGEST_STANDFIRST = 200
LONGEST_UNSURE_STANDFIRST = 100
LOOKED_AT = 5
LEAST_ECHO = 6


def parse_page(text: str, *, sections: Collection[str] = (), section_given: bool = False) -> ParsedPage:
    """Reads a page; never raises.

    `sections` are the newsroom's own; `section_given` says that the page need not name one.
    """
    lines = lines_of(text)
    head = read_head(lines, sections=sections, section_given=section_given)
    below = read_text(lines[head.start :], begun=bool(head.text))
    below.paragraphs[:0] = head.text
    _read_foot(head, below)
    _read_standfirst(head, below)
    own_date, recent = _parted([*head.recent, *below.recent], head)
    paragraphs = tuple(below.paragraphs)
    return ParsedPage(
        section=head.section,
        headline=head.headline,
        standfirst=head.standfirst,
        byline=head.byline,
        date=head.date or own_date,
        language=language_of(paragraphs),
        body=_body(below) if paragraphs else None,
        recent=recent,
        left_out=(*head.left_out, *below.left_out),
    )


def read_page(text: Found[str], *, sections: Collection[str] = (), section_given: bool = False) -> ParsedPage:
    """Reads a page from a file's text; where the file's encoding is not sure, the story's text is not either."""
    parsed = parse_page(text.value, sections=sections, section_given=section_given)
    body = parsed.body
    if body is None or text.confidence is Confidence.HIGH:
        return parsed
    weaker = text.confidence if body.confidence is Confidence.HIGH else body.confidence
    return replace(parsed, body=Found(body.value, weaker, f"{body.because}; {text.because}"))


def _body(below: Text) -> Found[tuple[str, ...]]:
    """The paragraphs; a heading after them shows where they end, more text after such a heading makes that doubtful."""
    count = f"{len(below.paragraphs)} paragraphs"
    paragraphs = tuple(below.paragraphs)
    if below.is_interrupted:
        return Found(paragraphs, Confidence.LOW, f"{count}, some of them below “{below.end}”")
    if below.end:
        return Found(paragraphs, Confidence.HIGH, f"{count} up to “{below.end}”")
    return Found(paragraphs, Confidence.FAIR, f"{count} to the end of the page")


def _read_foot(head: Head, below: Text) -> None:
    """Takes byline and date from the last lines of the text if they stand there and nowhere above."""
    while len(below.paragraphs) > 1:
        last = below.paragraphs[-1]
        written, date = byline_of(last), date_of(last)
        if written is not None and head.byline is None and (written.byline.is_empty or written.byline.names):
            below.left_out += [LeftOut(last, "byline without a name")] if written.byline.is_empty else []
            head.byline = Found(written.byline, Confidence.FAIR, "printed below the text")
        elif date is not None and head.date is None:
            head.date = Found(date.value, Confidence.FAIR, "printed below the text")
        else:
            return
        below.paragraphs.pop()


def _read_standfirst(head: Head, below: Text) -> None:
    """Takes the first paragraph as the standfirst if the page has none above and it reads like one."""
    if head.standfirst is None and len(below.paragraphs) > 1:
        first, *others = below.paragraphs
        head.standfirst = _standfirst(first, others, is_marked=head.is_marked)
        below.paragraphs[:1] = [] if head.standfirst else [first]


def _standfirst(first: str, others: Sequence[str], *, is_marked: bool) -> Found[str] | None:
    if len(first) > LONGEST_STANDFIRST:
        return None
    if _is_echoed(first, others):
        return Found(first, Confidence.HIGH, "the text says it again")
    usual = median(len(paragraph) for paragraph in others[:LOOKED_AT])
    if not is_marked or not ends_a_sentence(first) or len(first) > LONGEST_UNSURE_STANDFIRST:
        return None
    if 3 * len(first) <= 2 * min(usual, len(others[0])):
        return Found(first, Confidence.FAIR, "one short sentence above longer paragraphs")
    return None


def _is_echoed(first: str, others: Sequence[str]) -> bool:
    """Whether one paragraph of the text has nearly every word of it."""
    words = set(normalised(first).split())
    needed = 0.9 * len(words)
    return len(words) >= LEAST_ECHO and any(
        len(words & set(normalised(paragraph).split())) >= needed for paragraph in others
    )


def _parted(recent: Sequence[Recent], head: Head) -> tuple[Found[Dated] | None, tuple[Recent, ...]]:
    """The date that a list of other stories gives this one, if it stands there; and the rest of the list, each once."""
    own = key_of(head.headline.value) if head.headline else None
    once = {key_of(each.headline): each for each in reversed(recent)}
    mine = once.pop(own, None) if own else None
    order = list(dict.fromkeys(key_of(each.headline) for each in recent))
    date = replace(mine.date, because="a list of stories on the page has it") if mine and mine.date else None
    return date, tuple(once[key] for key in order if key in once)[:MOST_HEADLINES]
