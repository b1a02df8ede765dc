"""Where a page of a discussion begins: after which comment, signed, so that no other address is kept than we gave."""

import hmac
import re
from dataclasses import dataclass

from gazeti.guard.marks import mark

CURSOR = re.compile(r"([0-9]{1,10})-([0-9]{1,10})-([0-9]{1,10})-([0-9]{1,10})-([0-9a-f]{12})")
SIGNS = 12
"""Of the mark, 48 bits: enough that nobody finds one by asking."""


class BadCursor(ValueError):
    """No cursor of ours for this story and order."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comment's place: its thread, with how much respect its first comment had, its branch, its number."""

    root: int
    branch: int
    number: int
    respect: int = 0


def written(place: Place, *, story: int, order: str) -> str:
    """The cursor after this place."""
    numbers = f"{place.root}-{place.branch}-{place.number}-{place.respect}"
    return f"{numbers}-{_signed(numbers, story=story, order=order)}"


def read(cursor: str, *, story: int, order: str) -> Place:
    """The place that a cursor names. Raises BadCursor."""
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor
    numbers, signature = cursor.rpartition("-")[::2]
    if not hmac.compare_digest(signature, _signed(numbers, story=story, order=order)):
        raise BadCursor
    root, branch, number, respect = map(int, found.groups()[:4])
    return Place(root=root, branch=branch, number=number, respect=respect)


def _signed(numbers: str, *, story: int, order: str) -> str:
    return mark("comments after", story, order, numbers)[:SIGNS]
