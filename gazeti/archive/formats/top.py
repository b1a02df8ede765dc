"""The first lines of a page, each with what it may be besides text; menus and lists above the story are set aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gazeti.archive.formats.bylines import BylineLine, byline_of
from gazeti.archive.formats.dates import date_of
from gazeti.archive.formats.found import Dated, Found, LeftOut, Recent
from gazeti.archive.formats.furniture import HEADS_A_LIST, Furniture, furniture_of
from gazeti.archive.formats.recent import recent_list

MOST_LINES = 12
"""How far down the byline and date of a story may stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line near the top, its number on the page, and the byline or date that it may be."""

    place: int
    text: str
    byline: BylineLine | None = None
    date: Found[Dated] | None = None

    @property
    def is_text(self) -> bool:
        return self.byline is None and self.date is None


@dataclass(slots=True)
class Top:
    """The first lines, and by their number the lines among them that are furniture."""

    lines: list[Line] = field(default_factory=list)
    furniture: dict[int, LeftOut] = field(default_factory=dict)
    recent: list[Recent] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(line.is_text for line in self.lines)


def read_top(lines: Sequence[str]) -> Top:
    """The first lines up to a dozen or to the heading that ends the story."""
    top, place = Top(), 0
    while place < len(lines) and len(top.lines) < MOST_LINES:
        kind = _furniture(lines[place], top)
        if kind in HEADS_A_LIST and kind is not Furniture.LIVE and top.has_text:
            break
        if kind is Furniture.RECENT:
            place = _set_list_aside(lines, place, top)
            continue
        if kind is None:
            top.lines.append(_line(place, lines[place], top))
        else:
            top.furniture[place] = LeftOut(lines[place], kind.value)
        place += 1
    return top


def _line(place: int, text: str, top: Top) -> Line:
    """A headline may open with "By", so a page's first text is a byline only if it is an empty one."""
    byline = byline_of(text)
    if byline is not None and not top.has_text and not byline.byline.is_empty:
        byline = None
    return Line(place, text, byline, date_of(text))


def _furniture(line: str, top: Top) -> Furniture | None:
    """What the line is; a page's very first line may be a section called "Maoni" (opinion), not a link to comments."""
    kind = furniture_of(line)
    return None if kind is Furniture.COMMENT_LINK and not top.has_text else kind


def _set_list_aside(lines: Sequence[str], place: int, top: Top) -> int:
    """Takes a dated list of other stories that is printed above the story; returns the number of the line after it."""
    top.furniture[place] = LeftOut(lines[place], Furniture.RECENT.value)
    stops = (n for n in range(place + 1, len(lines)) if furniture_of(lines[n]) in HEADS_A_LIST or byline_of(lines[n]))
    below = lines[place + 1 : next(stops, len(lines))]
    if not any(date_of(line) for line in below):
        return place + 1
    listed = recent_list(below)
    top.recent.extend(listed.headlines)
    return place + 1 + listed.length
