"""A comment's words cut into pieces, so that a moderator sees what a rule found where it stands."""

import re
from collections.abc import Iterable
from typing import NamedTuple

NAMED = 8
"""Words that are named of all that a rule found: a comment may be nothing but links."""
LONGEST_NAMED = 60


class Named(NamedTuple):
    """Some of the words that a rule found, shortened, and how many more there are."""

    first: list[str]
    more: int


class Piece(NamedTuple):
    """Some of the text, and whether a rule found it."""

    text: str
    is_found: bool


def marked(text: str, *, words: Iterable[str]) -> list[Piece]:
    """The text in order: joined, the pieces are the text again."""
    found = [re.escape(word) for word in sorted(set(words), key=len, reverse=True) if word]
    if not found or not text:
        return [Piece(text, is_found=False)] if text else []
    parts = re.split(f"({'|'.join(found)})", text)
    return [Piece(part, is_found=place % 2 == 1) for place, part in enumerate(parts) if part]


def named(words: Iterable[str]) -> Named:
    """The first of them, each once."""
    each = list(dict.fromkeys(words))
    return Named([_shortened(word) for word in each[:NAMED]], max(0, len(each) - NAMED))


def _shortened(word: str) -> str:
    return word if len(word) <= LONGEST_NAMED else f"{word[: LONGEST_NAMED - 1]}…"
