"""A file of comments heard line by line, and put together by story; what is wrong with a line is told by its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gazeti.cli.failures import Failure
from gazeti.comments.formats import lines
from gazeti.comments.rules.told import Told, told_in

NOT_READ = "it is no text (UTF-8)"
TOO_LONG = "it is longer than any comment with all that was decided about it"
LONGEST_LINE = 200_000_000
"""Bytes."""
LONGEST_END = 100
NOWHERE = "(no story)"


@dataclass
class Group:
    """What is told of one story; with a fault none of it may come in."""

    story: str = ""
    told: list[Told] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    """The faults of the last lines, if those did not even tell their story: they may belong to what comes next."""

    def hear(self, story: str, told: Told | None, fault: str) -> None:
        """Take one line in."""
        self.story = self.story or story
        self.told += [told] if told else []
        self.faults += [fault] if fault else []
        self.unplaced = [] if story else [*self.unplaced, fault]


class Heard:
    """The lines of a file, in their order, one story in memory at a time."""

    def __init__(self, told: Iterable[bytes]) -> None:
        """Begin before the first line."""
        self.lines = enumerate(told, start=1)
        self.number = 0
        """Lines of comments that were heard so far."""
        self.said: int | None = None
        """How many the last line counts, once it was heard."""

    def check_header(self, source: str) -> None:
        """Raise Failure unless the first line is the header of a file that can be read."""
        _number, first = next(self.lines, (1, b""))
        try:
            lines.check_header(_text(first))
        except ValueError as error:
            reason = str(error) if isinstance(error, lines.OtherFile) else f"Its first line cannot be read: {error}."
            raise Failure(f"{source} is not imported. {reason}") from error

    def groups(self) -> Iterator[Group]:
        """Each story's comments. A line that does not even tell its story counts against those on both sides of it."""
        group = Group()
        for number, line in self._before_last():
            heard = self._heard(number, line)
            if heard[0] and group.story and heard[0] != group.story:
                yield group
                group = Group(faults=list(group.unplaced))
            group.hear(*heard)
        if group.story or group.faults:
            group.story = group.story or NOWHERE
            yield group

    def end(self) -> str:
        """What is wrong with how the file ends, in a sentence; empty if nothing is."""
        if self.said is None:
            return "The file ends before its last line, which counts the comments: what came after it is not here."
        if self.said != self.number:
            return f"The file's last line counts {self.said} comments, and {self.number} stand before it."
        return ""

    def _before_last(self) -> Iterator[tuple[int, bytes]]:
        for number, line in self.lines:
            self.said = lines.end_in(line.decode(errors="replace")) if len(line) < LONGEST_END else None
            if self.said is not None:
                return
            yield number, line

    def _heard(self, number: int, line: bytes) -> tuple[str, Told | None, str]:
        """The story that a line names, what it tells, and what is wrong with it."""
        self.number += 1
        try:
            text = _text(line)
        except ValueError as error:
            return "", None, f"line {number} is broken ({error})"
        try:
            told = told_in(text)
        except ValueError as error:
            return lines.story_in(text), None, f"line {number} is broken ({error})"
        return told.story, told, ""


def _text(line: bytes) -> str:
    """A line's text. Raises ValueError with a reason."""
    if len(line) >= LONGEST_LINE:
        raise ValueError(TOO_LONG)
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(NOT_READ) from error
