"""A comment as HTML: paragraphs, quotations, *emphasis* and links, made of escaped pieces; no other markup is known."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from gazeti.plain.typed import inline_html

QUOTED = re.compile(r"^(?:> ?)+")
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters of Hebrew, Arabic and others that are read from the right: the paragraph then finds its own direction."""


def comment_html(text: str) -> str:
    """A cleaned comment's HTML. Lines that begin with > are quotation, an empty line ends a paragraph."""
    parts = []
    for is_quoted, group in groupby(text.split("\n"), key=lambda line: line.startswith(">")):
        inner = "".join(_paragraphs(QUOTED.sub("", line) if is_quoted else line for line in group))
        parts.append(f"<blockquote>{inner}</blockquote>" if is_quoted and inner else inner)
    return "".join(parts)


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            text = "\n".join(group)
            direction = ' dir="auto"' if FROM_THE_RIGHT.search(text) else ""
            yield f"<p{direction}>{_inline(text)}</p>"


def _inline(text: str) -> str:
    return inline_html(text, emphasis="em", line_end="<br>", attributes=' rel="ugc nofollow"')
