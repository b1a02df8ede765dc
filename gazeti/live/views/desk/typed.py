"""An update's text as typed, with *emphasis* and web addresses: into rich text, and back where nothing is lost."""

import re
from html import escape, unescape

from gazeti.live.queries.cleaning import plain
from gazeti.plain.typed import inline_html

LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""Control characters, and those that turn the line."""
GAP = re.compile(r"\n[ \t]*\n\s*")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
TAG = re.compile(r"(<[^>]+>)")
KEY = re.compile(r' data-block-key="[^"]*"')
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
ALIKE = {"<em>": "<i>", "</em>": "</i>", "<br>": "<br/>", "<br />": "<br/>"}
"""What other editors write for the same."""


def cleaned(text: str) -> str:
    """Typed text without what no eye sees, its lines ended alike."""
    return plain(LINE_END.sub("\n", text)).strip()


def html_of(text: str) -> str:
    """The rich text of what was typed: an empty line ends a paragraph, a web address is a link."""
    return "".join(f"<p>{_inline(part)}</p>" for part in GAP.split(cleaned(text)) if part.strip())


def text_of(html: str) -> str | None:
    """What one would type to get this rich text; None where typing cannot say it, such as a link with other words."""
    alike = _alike(html)
    parts = [_typed(part) for part in PARAGRAPH.findall(alike)]
    text = "\n\n".join(parts)
    return text if html_of(text) == alike else None


def _inline(text: str) -> str:
    return inline_html(text, emphasis="i", line_end="<br/>")


def _typed(inner: str) -> str:
    inner = LINK.sub(r"\2", inner).replace("<br/>", "\n").replace("<i>", "*").replace("</i>", "*")
    return unescape(inner)


def _alike(html: str) -> str:
    """The same rich text, written one way."""
    pieces = TAG.split(KEY.sub("", html))
    return "".join(ALIKE.get(one, one) if one.startswith("<") else escape(unescape(one)) for one in pieces).strip()
