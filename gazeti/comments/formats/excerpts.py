"""The beginning of a text, bounded in bytes: what letters of other scripts weigh is told by no number of characters."""

from gazeti.comments.formats.cutting import cut_name

LONGEST = 400
"""Characters of an excerpt."""
SIZES = (1_200, 800, 560, 400, 280, 200, 140, 100, 70, 48)
"""Bytes of UTF-8 that each text of a page may have, the first at which the page weighs what it may."""


def excerpt(text: str, *, most: int, longest: int = LONGEST) -> str:
    """Of a text so many bytes of UTF-8 and characters at most, and a sign for the rest; whole words where they fit."""
    return cut_name(text, most=min(longest, len(text.encode()[:most].decode(errors="ignore"))))
