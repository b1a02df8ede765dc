"""Markup of templates: nothing inline that a strict CSP refuses, every attribute's value in quotes."""

import re
from html.parser import HTMLParser

import pytest

from tests.conventions.tree import in_each, refuse, templates

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
UNQUOTED = re.compile(r"""\s[\w:@.-]+=(?!["'])""")
QUOTED = re.compile(r"""(["']).*?\1""", re.DOTALL)
# A block of data is not run, so the CSP lets it stand.
DATA = {"application/ld+json", "application/json"}


class Reader(HTMLParser):
    """Reads a template as HTML and notes what it must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given, text = dict(attrs), self.get_starttag_text() or ""
        self.found += [f"<{tag} {name}>: inline" for name in given if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") not in DATA:
            self.found.append("<script> without src: inline")
        if str(given.get("href", "")).lower().startswith("javascript:"):
            self.found.append(f"<{tag} href>: script")
        if UNQUOTED.search(QUOTED.sub('""', text)):
            self.found.append(f"{text}: a value without quotes")


def breaches(text: str) -> list[str]:
    """Return what a template's markup does against the style; template tags count as nothing, variables as a word."""
    reader = Reader()
    reader.feed(VARIABLE.sub("x", TAG.sub(" ", COMMENT.sub("", text))))
    return reader.found


def test_markup_has_nothing_inline_and_quotes_every_value() -> None:
    pages = [path for path in templates() if path.suffix == ".html"]
    refuse(in_each(lambda path: breaches(path.read_text(encoding="utf-8")), pages))


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        '<a href="/" onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "<a href=/recent/>",
        "<a href={{ address }}>",
        "<input {% if on %}value={{ value }}{% endif %}>",
    ],
)
def test_a_breach_is_seen(text: str) -> None:
    assert breaches(text)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/search/?q={{ words }}&amp;page=2">',
        '<script src="a.js" type="module"></script>',
        '<script type="application/ld+json">{{ data }}</script>',
        '<input {% if on %}checked{% endif %} name="a">',
        '{# <p style="x"> #}<img alt="{{ alt }}" src="a.webp">',
    ],
)
def test_good_markup_passes(text: str) -> None:
    assert breaches(text) == []
