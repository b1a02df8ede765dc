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
COUNTED = 100
"""Stories of a list that are counted, from the page on that is shown; of more, no number of pages is told."""
BUNDLES = {
    "story": ("tokens", "elements", "masthead", "lists", "story", "blocks", "flag", "thread", "footer", "print"),
    "live": ("tokens", "elements", "masthead", "story", "blocks", "flag", "live", "thread", "footer", "print"),
    "front": ("tokens", "elements", "masthead", "lists", "front", "flag", "footer", "print"),
    "frame": ("tokens", "elements", "masthead", "thread", "comments", "account", "trap", "footer", "print"),
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
    """One page of a list: its number from 1, how many there are, and which rows it holds.

    `pages` is None where there are so many that nobody counted them.
    """

    number: int
    pages: int | None
    start: int
    end: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The number of the page after."""
        return self.number + 1 if self.pages is None or self.number < self.pages else None


def page_number(asked: str | None) -> int:
    """The number that `?page=` gives; none given is the first. Raises NoSuchPage for what is no number of a page."""
    if asked is None:
        return 1
    if asked.isascii() and asked.isdigit() and not asked.startswith("0") and len(asked) < 10:
        return int(asked)
    raise NoSuchPage(asked)


def window(asked: str | None, *, total: int, each: int) -> Window:
    """The page of a list of so many that `?page=` asks for. Raises NoSuchPage where there is none of that number."""
    number = page_number(asked)
    return _window(number, pages=max(1, -(-total // each)), each=each)


def window_at(number: int, *, more: int, each: int) -> Window:
    """The page of that number where so many rows stand from its first on, counted up to COUNTED.

    Raises NoSuchPage where none stand there, unless it is the first.
    """
    pages = None if more >= COUNTED else number - 1 + -(-more // each)
    return _window(number, pages=pages if pages is None else max(1, pages), each=each)


def _window(number: int, *, pages: int | None, each: int) -> Window:
    if pages is not None and number > pages:
        raise NoSuchPage(str(number))
    return Window(number=number, pages=pages, start=(number - 1) * each, end=number * each)
