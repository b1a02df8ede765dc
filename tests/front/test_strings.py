"""Every word that readers see goes through gettext: templates hold no words of their own."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "gazeti" / "templates"
READERS = [
    path
    for app in ("base", "media", "stories", "front", "accounts", "live")
    for path in (TEMPLATES / app).rglob("*.html")
]
TRANSLATED = re.compile(
    r"{% blocktranslate.*?%}.*?{% endblocktranslate %}|{% translate [^%]*%}|{% comment.*?endcomment %}", re.DOTALL
)
NAMES = {"Gazeti"}
SAID = re.compile(r"\b(?:alt|title|placeholder|aria-label)=\"([^\"{]*[A-Za-z][^\"{]*)\"")


def words_of_its_own(source: str) -> list[str]:
    """What a template says without gettext, in text or in an attribute that is read out."""
    source = TRANSLATED.sub("", source)
    source = re.sub(r"<style>.*?</style>", "", source, flags=re.DOTALL)
    said = SAID.findall(source)
    text = re.sub(r"<[^>]*>", " ", re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", source))
    found = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))
    return said + [word for word in found if word not in NAMES]


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_says_nothing_without_gettext(path: Path) -> None:
    assert words_of_its_own(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<img alt="A bridge">', ["A bridge"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ('<a href="/recent/" class="x">{{ name }}</a> – ', []),
    ],
)
def test_words_are_found_where_they_stand(source: str, words: list[str]) -> None:
    assert words_of_its_own(source) == words
