"""A page's text as clean lines, one a paragraph: line ends, spaces and characters that are no text are mended."""

import re
import unicodedata
from itertools import pairwise

from gazeti.archive.formats.dates import date_of

EDGE = " \u200b\u2060"
"""Spaces without width, left over at a line's ends by web pages; inside a word they may be needed."""

WIDTHS = range(50, 121)
"""The columns at which text is broken; longer lines are paragraphs, shorter ones verse or links."""

SURELY = 3
"""So many breaks that all stand where the next word would not fit are no chance."""

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
        elif blocks[-1]:
            blocks.append([])
    width = max((len(line) for block in blocks for line in block), default=0)
    broken = [width in WIDTHS and _is_broken(block, width) for block in blocks]
    breaks = sum(len(block) - 1 for block, is_broken in zip(blocks, broken, strict=True) if is_broken)
    paragraphs = (
        [" ".join(block)] if is_broken and breaks >= SURELY else block
        for block, is_broken in zip(blocks, broken, strict=True)
    )
    return [line for paragraph in paragraphs for line in paragraph]


def clean(line: str) -> str:
    """One line without control characters, its runs of any space made one, empty if nothing in it can be seen."""
    text = SPACES.sub(" ", line.translate(DROPPED)).strip(EDGE)
    return text if any(unicodedata.category(sign) not in INVISIBLE for sign in text) else ""


def _is_broken(block: list[str], width: int) -> bool:
    """Whether each break of a block was forced: the next word would not have fitted. Lists and dates are none."""
    pairs = list(pairwise(block))
    forced = all(len(line) + 1 + len(after.split()[0]) > width for line, after in pairs)
    listed = any(line == after for line, after in pairs) or any(map(date_of, block))
    return bool(pairs) and forced and not listed
