"""The top of a page: section, headline, what stands between them and the text. What it cannot explain stays text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gazeti.archive.formats.bylines import DESKS
from gazeti.archive.formats.dates import is_update
from gazeti.archive.formats.found import Byline, Confidence, Dated, Found, LeftOut, Recent
from gazeti.archive.formats.shapes import is_headline_like, is_prose, is_section_like
from gazeti.archive.formats.top import Line, read_top
from gazeti.plain.words import normalised

MOST_TITLES = 5
"""Section, headline, standfirst and two lines more: a byline below more text closes the story, it does not open it."""

LONGEST_STANDFIRST = 300
TRAIL = (" » ", " › ", " > ", " / ")


@dataclass(slots=True)
class Head:
    """What the top gave. `start` is the number of the first line after it; `text` is text that came before that."""

    section: Found[str] | None = None
    headline: Found[str] | None = None
    standfirst: Found[str] | None = None
    byline: Found[Byline] | None = None
    date: Found[Dated] | None = None
    start: int = 0
    is_marked: bool = False
    text: list[str] = field(default_factory=list)
    recent: list[Recent] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_head(lines: Sequence[str], *, sections: Collection[str], section_given: bool) -> Head:
    """Reads a page's top. `sections` are names its first line may be; if one was given, a lone line is the headline."""
    known = frozenset(normalised(section) for section in sections)
    top = read_top(lines)
    mark = _mark(top.lines)
    above = top.lines[: _titles_by_shape(top.lines, known) if mark is None else mark]
    beside = [] if mark is None else _beside(top.lines[mark:])
    head = Head(recent=top.recent, is_marked=mark is not None)
    head.start = max((line.place + 1 for line in [*above, *beside]), default=0)
    _read_titles(head, [line.text for line in above if line.is_text], known=known, section_given=section_given)
    _read_byline(head, beside)
    _read_date(head, above, beside)
    head.left_out = [left for place, left in top.furniture.items() if place < head.start]
    head.left_out += [*_frames(beside), *_strays(beside)]
    return head


def _mark(lines: Sequence[Line]) -> int | None:
    """The number of the byline, or else the date, that parts the titles from the text; None if none does."""
    bylines = [(place, "byline") for place, line in enumerate(lines) if line.byline is not None]
    dates = [(place, "date") for place, line in enumerate(lines) if line.date is not None]
    marks = (place for place, kind in [*bylines, *dates] if _parts(lines[:place], lines[place + 1 :], kind))
    return next(marks, None)


def _parts(above: Sequence[Line], below: Sequence[Line], kind: str) -> bool:
    """Whether a byline or date with these lines around it stands between titles and text."""
    titles = [line.text for line in above if line.is_text]
    texts = [line.text for line in below if line.is_text]
    if not titles or not texts or len(titles) > MOST_TITLES or any(map(is_prose, titles[:-1])):
        return False
    # A date may also stand between the section's name and the headline.
    lone_section = kind == "date" and len(titles) == 1 and is_section_like(titles[0])
    return not (lone_section and is_headline_like(texts[0]) and not is_prose(texts[0]))


def _titles_by_shape(lines: Sequence[Line], known: frozenset[str]) -> int:
    """How many of the first lines are titles, on a page where nothing parts them from the text."""
    texts = [place for place, line in enumerate(lines) if line.is_text]
    if not texts:
        return 0
    first, *others = texts
    if _is_section(lines[first].text, known) and others and _is_title(lines[others[0]].text):
        return others[0] + 1
    return first + 1 if _is_title(lines[first].text) else 0


def _is_title(text: str) -> bool:
    return is_headline_like(text) and not is_prose(text)


def _is_section(text: str, known: frozenset[str]) -> bool:
    name = _trail_end(text)
    return is_section_like(name) or normalised(name) in known


def _trail_end(text: str) -> str:
    """The last step of a trail such as "Home > News > City Affairs"."""
    for sign in TRAIL:
        text = text.rpartition(sign)[2]
    return text


def _read_titles(head: Head, texts: list[str], *, known: frozenset[str], section_given: bool) -> None:
    if not texts:
        return
    first, *others = texts
    name = _trail_end(first)
    if _names_section(name, others, known=known, section_given=section_given):
        is_known = normalised(name) in known
        because = "a section of this newsroom" if is_known else "the short line above the headline"
        head.section = Found(name, Confidence.HIGH if head.is_marked or is_known else Confidence.FAIR, because)
        texts = others
    if texts:
        sure = Confidence.HIGH if head.is_marked and is_headline_like(texts[0]) else Confidence.FAIR
        because = "the line above the byline or date" if head.is_marked else "the first line that is no sentence"
        head.headline = Found(texts[0], sure, because)
    if texts[1:] and len(texts[1]) <= LONGEST_STANDFIRST:
        head.standfirst = Found(texts[1], Confidence.HIGH, "it stands between headline and byline")
    head.text = texts[2:] if head.standfirst else texts[1:]


def _names_section(name: str, others: list[str], *, known: frozenset[str], section_given: bool) -> bool:
    """Whether the first title is the section: by its name, or by being short where what follows can be a headline."""
    if normalised(name) in known:
        return True
    if not is_section_like(name):
        return False
    if not others:
        return not section_given
    # "Ruto resigns" / "He spoke on Monday." is a headline with its standfirst.
    return len(others) > 1 or not others[0].endswith(".")


def _beside(lines: Sequence[Line]) -> list[Line]:
    """The bylines and dates that follow each other from a mark on, with a short line between two of them."""
    taken = 0
    while taken < len(lines) and (not lines[taken].is_text or _is_stray(lines[taken : taken + 2])):
        taken += 1
    return list(lines[:taken])


def _is_stray(pair: Sequence[Line]) -> bool:
    return len(pair) == 2 and is_section_like(pair[0].text) and pair[1].date is not None


def _read_byline(head: Head, beside: Sequence[Line]) -> None:
    """The first byline with a name or credit, and a desk printed on a line of its own as its credit."""
    for line in beside:
        read = line.byline
        if read is not None and not read.byline.is_empty and head.byline is None:
            head.byline = Found(read.byline, read.confidence, "printed as a byline")
    desks = [line.text for line in beside if line.is_text and normalised(line.text) in DESKS]
    if head.byline is not None and desks and not head.byline.value.credit:
        head.byline = replace(head.byline, value=replace(head.byline.value, credit=desks[0]))


def _read_date(head: Head, above: Sequence[Line], beside: Sequence[Line]) -> None:
    """The day of publication if it is printed, else that of an update, else a day printed above everything."""
    dates = list(_dates(above, beside))
    head.date = next((date for date, is_sure in dates if is_sure), dates[0][0] if dates else None)


def _dates(above: Sequence[Line], beside: Sequence[Line]) -> Iterator[tuple[Found[Dated], bool]]:
    """Every date with whether it is surely that of the story."""
    has_text = False
    for line in above:
        has_text = has_text or line.is_text
        if line.date is not None and has_text:
            yield line.date, not is_update(line.text)
    for line in beside:
        date = line.date or (line.byline.date if line.byline else None)
        if date is not None:
            yield date, not is_update(line.text)
    first = above[0].date if above else None
    if first is not None:
        because = "printed above the headline, so it may be the day on which the page was saved"
        yield Found(first.value, Confidence.LOW, because), False


def _frames(beside: Sequence[Line]) -> Iterator[LeftOut]:
    for line in beside:
        if line.byline is not None and line.byline.byline.is_empty:
            yield LeftOut(line.text, "byline without a name")


def _strays(beside: Sequence[Line]) -> Iterator[LeftOut]:
    for line in beside:
        if line.is_text and normalised(line.text) not in DESKS:
            yield LeftOut(line.text, "place or role beside the byline")
