"""Where each comment of a whole discussion stands, and whether it has a place for readers."""

from collections.abc import Iterable
from typing import NamedTuple


class Said(NamedTuple):
    """A comment as far as its place goes."""

    number: int
    reply_to: int | None
    is_published: bool


class Place(NamedTuple):
    """Its thread, the branch of that, and whether it is published or answered by what is."""

    root: int
    branch: int
    is_shown: bool


def places(comments: Iterable[Said]) -> dict[int, Place]:
    """The place of each, by number; whatever is answered is among them, with a smaller number."""
    said = sorted(comments)
    shown: set[int] = set()
    for one in reversed(said):
        if one.is_published or one.number in shown:
            shown |= {one.number, one.reply_to or one.number}
    found: dict[int, Place] = {}
    for one in said:
        above = found[one.reply_to] if one.reply_to else Place(one.number, 0, is_shown=False)
        branch = (above.branch or one.number) if one.reply_to else 0
        found[one.number] = Place(above.root, branch, one.number in shown)
    return found
