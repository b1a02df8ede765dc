"""A comment, or a name, cut to a number of characters, so that what is left means what it meant."""

import unicodedata

from gazeti.plain.addresses import web_addresses
from gazeti.plain.typed import EMPHASIS

MORE = "…"
JOINER = "\u200d"
LEAST_FILLED = 0.6
"""The part of the room that whole words fill; where they fill less, a long one is cut too."""


def cut(text: str, *, most: int) -> str:
    """A cleaned comment of so many characters at most, and a sign for the rest: whole words, whole links.

    A quotation goes on as far as it is left, and emphasis ends with it.
    """
    if len(text) <= most:
        return text
    end = _end_of_words(text, most)
    end = next((one.start for one in web_addresses(text) if one.start < end < one.end), end)
    words = text[:end].rstrip()
    lines, _, last = words.rpartition("\n")
    if not last.strip("> "):
        words = lines.rstrip()
    opened = _emphasis_around(text, len(words))
    if opened == len(words) - 1:
        return words[:-1].rstrip() + MORE
    return f"{words}{MORE}" if opened is None else f"{words}{MORE}*"


def cut_name(name: str, *, most: int) -> str:
    """A name of so many characters at most, and a sign for the rest."""
    return name if len(name) <= most else name[: _end_of_letter(name, most)].rstrip() + MORE


def _end_of_words(text: str, most: int) -> int:
    """Where the last word ends that is whole before there; a letter, in one that is too long."""
    spaces = [place for place in (text.rfind(" ", 0, most + 1), text.rfind("\n", 0, most + 1)) if place >= 0]
    end = max(spaces, default=0)
    return end if end >= most * LEAST_FILLED else _end_of_letter(text, most)


def _end_of_letter(text: str, most: int) -> int:
    """The same place, or before a letter whose marks, or parts of whose sign, would be left behind (UAX 29)."""
    end = most
    while end and (unicodedata.category(text[end])[0] == "M" or JOINER in text[end - 1 : end + 1] or _tints(text[end])):
        end -= 1
    return end


def _tints(one: str) -> bool:
    """Whether a character gives the sign before it the colour of a skin."""
    return "\U0001f3fb" <= one <= "\U0001f3ff"


def _emphasis_around(text: str, end: int) -> int | None:
    """Where the emphasis begins that is still open there."""
    found = next((one for one in EMPHASIS.finditer(text) if one.start() < end < one.end()), None)
    return found.start() if found and not any(web_addresses(found[0])) else None
