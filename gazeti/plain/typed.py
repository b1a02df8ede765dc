"""Typed text as HTML: *emphasis*, links of web addresses, line ends; of escaped pieces, no other markup is known."""

import re
from html import escape

from gazeti.plain.addresses import undeceiving, web_addresses

EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]++)(?<!\s)\*(?![\w*])")


def inline_html(text: str, *, emphasis: str, line_end: str, attributes: str = "") -> str:
    """One paragraph's HTML: `emphasis` is the element for what stands between asterisks, `line_end` the tag between
    lines, `attributes` what links carry besides their address, with a space before it.
    """

    def words(part: str) -> str:
        return EMPHASIS.sub(rf"<{emphasis}>\1</{emphasis}>", escape(part)).replace("\n", line_end)

    parts, end = [], 0
    for found in web_addresses(text):
        shown = escape(undeceiving(found.text))
        parts += [words(text[end : found.start]), f'<a href="{shown}"{attributes}>{shown}</a>']
        end = found.end
    return "".join([*parts, words(text[end:])])
