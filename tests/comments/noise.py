"""Text that does not compress: random letters, the same each time, so that what a page weighs is the worst it may."""

import random
import sys
import unicodedata
from functools import cache


@cache
def _letters(kind: str) -> str:
    if kind == "signs":
        return "".join(map(chr, range(33, 127)))
    ends = {"chinese": (0x4E00, 0x9FFF), "every script": (0x41, sys.maxunicode), "pictures": (0x1F300, 0x1FAFF)}
    first, last = ends[kind]
    return "".join(one for one in map(chr, range(first, last + 1)) if _is_kept(one))


def _is_kept(one: str) -> bool:
    return unicodedata.category(one) in ("Lu", "Ll", "Lo", "So") and unicodedata.is_normalized("NFC", one)


KINDS = ("every script", "chinese", "signs", "pictures")


def noise(kind: str, length: int, *seed: object) -> str:
    """So many random letters of a kind, in words of twelve; others for each seed."""
    chance = random.Random(repr((kind, length, seed)))
    letters = chance.choices(_letters(kind), k=length)
    return "".join(" " if place % 13 == 12 else one for place, one in enumerate(letters)).strip().ljust(length, "x")
