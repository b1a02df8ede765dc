"""The text of a story and what a page prints after it: comments of readers, lists of other stories, live updates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gazeti.archive.formats.found import LeftOut, Recent
from gazeti.archive.formats.furniture import HEADS_A_LIST, Furniture, furniture_of
from gazeti.archive.formats.recent import recent_list
from gazeti.archive.formats.shapes import is_foot, is_prose


@dataclass(slots=True)
class Text:
    """The paragraphs in order, the other stories' headlines, and the lines that are neither."""

    paragraphs: list[str] = field(default_factory=list)
    recent: list[Recent] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    end: str = ""
    """The heading at which the text stopped; empty if it ran to the page's end."""

    is_interrupted: bool = False
    """Whether paragraphs followed after such a heading, so that a person should look at them."""


@dataclass(frozen=True, slots=True)
class Run:
    """The lines under one heading of furniture; the first run has none."""

    kind: Furniture | None
    lines: Sequence[str]


def read_text(lines: Sequence[str], *, begun: bool) -> Text:
    """Reads what stands below a page's head. `begun`: text stood above already, so a link to comments ends it."""
    text = Text()
    closed = False
    for run in _runs(lines, text, begun=begun):
        if run.kind is None or (run.kind is Furniture.LIVE and not closed):
            _read_paragraphs(run, text)
        elif run.kind is Furniture.RECENT:
            _read_recent(run, text, closed=closed)
        else:
            text.left_out += [LeftOut(line, f"below the {run.kind.value}") for line in run.lines]
        closed = closed or run.kind in {Furniture.COMMENTS, Furniture.RECENT}
    return text


def _runs(lines: Sequence[str], text: Text, *, begun: bool) -> Iterator[Run]:
    """Cuts the lines at headings; each heading is left out, the first one is remembered as the text's end."""
    kind, start = None, 0
    for place, line in enumerate(lines):
        heading = _heading(line, begun=begun)
        begun = begun or furniture_of(line) is None
        if heading is None:
            continue
        yield Run(kind, lines[start:place])
        text.left_out.append(LeftOut(line, heading.value))
        text.end = text.end or line
        kind, start = heading, place + 1
    yield Run(kind, lines[start:])


def _heading(line: str, *, begun: bool) -> Furniture | None:
    """The heading that a line is; a link to the comments is their heading once there is text above it."""
    kind = furniture_of(line)
    if kind is Furniture.COMMENT_LINK and begun:
        return Furniture.COMMENTS
    return kind if kind in HEADS_A_LIST else None


def _read_paragraphs(run: Run, text: Text) -> None:
    for line in run.lines:
        kind = furniture_of(line)
        is_menu = kind in {Furniture.MENU, Furniture.COMMENT_LINK} and not text.paragraphs
        if kind is not None and (kind is Furniture.SCRAP or is_menu):
            text.left_out.append(LeftOut(line, kind.value))
            continue
        text.is_interrupted = text.is_interrupted or run.kind is not None
        text.paragraphs.append(line)


def _read_recent(run: Run, text: Text, *, closed: bool) -> None:
    """Takes the list's headlines. Prose below a list that stood in the middle of the text is text again."""
    listed = recent_list(run.lines)
    text.recent += listed.headlines
    text.left_out += [LeftOut(line, "no headline, in a list of other stories") for line in listed.others]
    for line in run.lines[listed.length :]:
        if is_prose(line) and not closed and not is_foot(line):
            text.paragraphs.append(line)
            text.is_interrupted = True
        else:
            text.left_out.append(LeftOut(line, "below a list of other stories"))
