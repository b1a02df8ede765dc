"""When two short texts say the same in nearly the same words, and when a text is only a file's name."""

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import PurePath

from gazeti.plain.words import normalised

ALIKE = 0.9
"""The least part of the letters, in their order, that two texts share when they say the same."""
SHARED = 0.85
"""The least part of the words, in any order; one of six may differ, in shorter texts none."""
PICTURE_WORDS = frozenset("photo photograph picture image illustration picha taswira sawir sawirka".split())
LINKING_WORDS = frozenset("of showing shows ya wa inayoonyesha yaonyesha oo ah muujinaya de du montrant suuraa".split())
SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|heic|heif|tiff?|bmp)$", re.IGNORECASE)
CAMERA_WORDS = frozenset(
    "img dsc pxl mvi wa image screen screenshot shot whatsapp photo picture picha sawir at am pm mp copy final".split()
)
CAMERA_NUMBER = re.compile(r"(?:img|dsc[nf]?|pxl|mvi|gopr|wa|p|v)?[0-9]+")
"""What cameras, phones and messengers call a picture, word by word: "IMG_2024", "WhatsApp Image 2024-07-04"."""


def is_alike(one: str, other: str) -> bool:
    """Whether two texts are the same words, or nearly: other signs, another order, a word more or less."""
    first, second = normalised(one), normalised(other)
    if not first or not second:
        return False
    if first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE:
        return True
    words, others = Counter(first.split()), Counter(second.split())
    return (words & others).total() / max(words.total(), others.total()) >= SHARED


def is_file_name(text: str, *, of: str = "") -> bool:
    """Whether a text is a file's name: one of that picture, one with an ending, or what a camera calls its files."""
    text = text.strip()
    if SUFFIX.search(text):
        return True
    plain = normalised(text)
    if plain and plain == normalised(PurePath(of).stem):
        return True
    words = plain.split()
    numbers = [word for word in words if CAMERA_NUMBER.fullmatch(word)]
    return bool(numbers) and all(word in CAMERA_WORDS or word in numbers for word in words)


def without_opening(alt: str) -> str:
    """Alt text without an opening such as "Photo of", which says nothing."""
    words = alt.split()
    for at, word in enumerate(words[:3]):
        if normalised(word) in PICTURE_WORDS:
            rest = words[at + 1 :]
            return " ".join(rest[1:] if rest and normalised(rest[0]) in LINKING_WORDS else rest) or alt
    return alt
