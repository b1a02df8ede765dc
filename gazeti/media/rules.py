"""What pictures must be, in which sizes and under which names readers get them: plain decisions."""

import re
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import NamedTuple

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""


class Size(NamedTuple):
    """A rendition's width in pixels and the most bytes it may weigh."""

    width: int
    most_bytes: int


class Wanted(NamedTuple):
    """One rendition to make: the part of the picture that it shows, its size in pixels, the most bytes."""

    box: Box
    width: int
    height: int
    most_bytes: int
    is_cut: bool


SIZES = (Size(480, 30_000), Size(720, 60_000), Size(1200, 120_000))
"""The phone's is the promise: a lead picture costs at most 30 kB at 360 px."""
THUMBNAIL = (160, 120)
"""Pixels of the small cut in lists: 4:3, twice the size it is shown at."""
THUMBNAIL_BYTES = 6_000
FORMATS = ("avif", "webp")
TALLEST = 4
"""How many times its width a rendition may be high; a taller picture is fitted into that."""
WORTH_A_FILE = 1.1
"""A rendition that is not this much wider than the one before it is left out."""
FOLDER = "pictures/"
SERVED_PATH = re.compile(r"pictures/([0-9a-z]{1,13})/[0-9a-z]{8}-[0-9]{1,4}c?(?:_[0-9A-Za-z]{7})?\.(?:avif|webp)")
"""`pictures/<id in base 36>/<hash>-<width>.<format>`, `c` for a cut; a storage adds `_…` where a name is taken."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Access(Enum):
    """What the public is told of a picture's file: the status of the answer."""

    OPEN = 200
    CLOSED = 403
    """It is there, for the desk; readers are told that it is not."""
    ABSENT = 404
    ENDED = 410


def access(*, is_open: bool, rights_over: bool) -> Access:
    """Whether a file that is there may be had: what nobody is shown is closed, whatever its rights."""
    if not is_open:
        return Access.CLOSED
    return Access.ENDED if rights_over else Access.OPEN


def fitted(width: int, height: int, *, most_width: int) -> tuple[int, int]:
    """The size of a picture fitted into a width and TALLEST times that height; never larger than it is."""
    scale = min(1.0, most_width / width, most_width * TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def cut_box(width: int, height: int, *, shape: tuple[int, int], centre: tuple[float, float]) -> Box:
    """The largest box of a shape inside a picture, as near as it can be to a point given in fractions of its sides."""
    across = max(1, min(width, round(height * shape[0] / shape[1])))
    down = max(1, min(height, round(width * shape[1] / shape[0])))
    left = min(max(0, round(centre[0] * width - across / 2)), width - across)
    top = min(max(0, round(centre[1] * height - down / 2)), height - down)
    return left, top, left + across, top + down


def wanted(width: int, height: int, *, centre: tuple[float, float] = (0.5, 0.5)) -> list[Wanted]:
    """What to make of a picture of this size, the cut about its focal point first, then the narrowest."""
    box = cut_box(width, height, shape=THUMBNAIL, centre=centre)
    small = fitted(box[2] - box[0], box[3] - box[1], most_width=THUMBNAIL[0])
    chosen = [Wanted(box, *small, THUMBNAIL_BYTES, is_cut=True)]
    last = 0.0
    for size in SIZES:
        across, down = fitted(width, height, most_width=size.width)
        if across >= last * WORTH_A_FILE:
            chosen.append(Wanted((0, 0, width, height), across, down, size.most_bytes, is_cut=False))
            last = across
    return chosen


def rights_are_over(end: date | None, *, today: date) -> bool:
    """Whether the last day on which a picture may be shown has passed; never where none is known."""
    return end is not None and end < today


def folder_of(number: int) -> str:
    """Where the renditions of the picture with this id lie, a slash at the end."""
    return f"{FOLDER}{_in_base_36(number)}/"


def short_hash(data: bytes) -> str:
    """Eight letters and digits that name a file by its bytes: nobody guesses them who has not seen it."""
    return _in_base_36(int.from_bytes(sha256(data).digest(), "big"))[-8:]


def picture_of(path: str) -> int | None:
    """The id of the picture whose rendition a path names; None where it names none."""
    found = SERVED_PATH.fullmatch(path)
    return int(found[1], 36) if found else None


def _in_base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
