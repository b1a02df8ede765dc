"""A page's text as clean lines, one a paragraph: line ends, spaces and characters that are no text are mended."""

import re
import unicodedata
from itertools import pairwise

EDGE = " \u200b\u2060"
"""Spaces without width, left over at a line's ends by web pages; inside a word they may be needed."""

WRAP = 120
"""Nobody wraps text at more columns than this; longer lines are paragraphs."""

SPACES = re.compile(r"\s+")
INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Cn"})
NONCHARACTERS = [0xFDD0 + step for step in range(32)] + [
    plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)
]
# Not allowed in XML (1.0, section 2.2) or in PostgreSQL, and nothing that a reader would see.
DROPPED = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFEFF, *NONCHARACTERS]
)


def lines_of(text: str) -> list[str]:
    """The lines that hold something, cleaned, in order; lines that were broken to fit a width are joined again."""
    blocks: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = clean(raw)
        if line:
            blocks[-1].append(line)
        else:
            blocks.append([])
    width = max((len(line) for block in blocks for line in block), default=0)
    return [line for block in blocks for line in (_unwrapped(block, width) if width <= WRAP else block)]


def clean(line: str) -> str:
    """One line without control characters, its runs of any space made one, empty if nothing in it can be seen."""
    text = SPACES.sub(" ", line.translate(DROPPED)).strip(EDGE)
    return text if any(unicodedata.category(sign) not in INVISIBLE for sign in text) else ""


def _unwrapped(block: list[str], width: int) -> list[str]:
    """The block's lines, joined to one if every break was forced: the next word would not have fitted."""
    forced = all(len(line) + 1 + len(after.split()[0]) > width for line, after in pairwise(block))
    return [" ".join(block)] if len(block) > 1 and forced else block
