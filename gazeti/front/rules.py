"""How many of what readers are shown, and which page of a list an address means."""

from collections.abc import Sequence
from dataclasses import dataclass

RECENT_UNDER_STORY = 20
RECENT_ON_PAGE = 20
FRONT_SLOTS = 8
"""Cards under the lead: two rows of four on a desk, one column on a phone."""
EACH_SECTION = 4
LONGEST_SEARCH = 200
MOST_FOUND = 200
BUNDLES = {
    "story": ("tokens", "elements", "masthead", "lists", "story", "blocks", "footer", "print"),
    "front": ("tokens", "elements", "masthead", "lists", "front", "footer", "print"),
}
"""Which parts of the style each kind of page inlines."""


def arranged(chosen: Sequence[int], *, newest: Sequence[int], lead: int | None, room: int) -> list[int]:
    """Which stories stand at the top of the front, in order, each once: ids in, ids out.

    First the lead, or the newest where none is chosen; then the editor's slots; the newest fill what is left.
    """
    first = [lead] if lead in chosen else list(newest[:1])
    return list(dict.fromkeys(pk for pk in (*first, *chosen, *newest) if pk is not None))[:room]


class NoSuchPage(Exception):
    """A page number that the list does not have."""


@dataclass(frozen=True)
class Window:
    """One page of a list: its number from 1, how many there are, and which rows it holds."""

    number: int
    pages: int
    start: int
    end: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The number of the page after."""
        return self.number + 1 if self.number < self.pages else None


def window(asked: str | None, *, total: int, each: int) -> Window:
    """The page of a list that `?page=` asks for; none given is the first. Raises NoSuchPage for anything else."""
    pages = max(1, -(-total // each))
    if asked is None:
        number = 1
    elif asked.isascii() and asked.isdigit() and not asked.startswith("0") and len(asked) < 10:
        number = int(asked)
    else:
        raise NoSuchPage(asked)
    if number > pages:
        raise NoSuchPage(asked)
    return Window(number=number, pages=pages, start=(number - 1) * each, end=number * each)
