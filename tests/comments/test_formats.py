"""A comment's words: as they are kept, and as the HTML that readers are shown."""

import json
import time
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gazeti.comments.formats import cleaned, comment_html, folded, links_in
from gazeti.comments.rules import LONGEST_BODY
from gazeti.plain.letters import cleaned_name
from tests import needs

ALLOWED = {"p": {"dir"}, "a": {"href", "rel"}, "em": set(), "blockquote": set(), "br": set()}
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LONG = 50_000


class Page(HTMLParser):
    """What a browser makes of a comment: its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def naughty() -> list[str]:
    """Return the strings of others, and each once more inside a link, an emphasis and a quotation."""
    material = Path(needs.SHARED) / "material"
    files = [material / "xss-sample" / "payloads.json", material / "blns" / "blns.json"]
    strings = [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))]
    return [
        shape.format(one)
        for one in strings
        for shape in ("{}", "http://a.example/{}", "http://{}", "*{}*", "> {}\nNo.")
    ]


@pytest.mark.material
def test_whatever_is_sent_becomes_text_and_nothing_else() -> None:
    for text in naughty():
        kept = cleaned(text)
        page = Page(comment_html(kept))
        assert all(set(given) <= ALLOWED[tag] for tag, given in page.tags), text
        links = [given for tag, given in page.tags if tag == "a"]
        assert all(given["href"].lower().startswith(("http://", "https://")) for given in links), text
        assert all(given["rel"] == "ugc nofollow" for given in links)


@pytest.mark.material
def test_no_word_is_lost_on_the_way() -> None:
    signs = str.maketrans("", "", "*> \n")
    for text in naughty():
        kept = cleaned(text)
        if "xn--" not in comment_html(kept):
            assert Page(comment_html(kept)).text.translate(signs) == kept.translate(signs)


@pytest.mark.material
def test_what_is_kept_can_be_kept_and_is_kept_once() -> None:
    for text in naughty():
        kept, name = cleaned(text), cleaned_name(text)
        kept.encode("utf-8")
        assert cleaned(kept) == kept == unicodedata.normalize("NFC", kept)
        assert cleaned_name(name) == name
        assert "\n" not in name
        assert not set(kept + name) & {*TURNING, "\x00", "\x1b", "\ufeff", "\u200b", "\r"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("  one  \t two \n\n\n\n\n\nthree \n\n", "one two\n\n\nthree"),
        ("cafe\u0301", "café"),
        ("a\u202eb\u2066c\u200b\x00\x07d\ud800", "abcd"),
        ("Z" + "\u0301\u0316" * 500, unicodedata.normalize("NFC", "Z\u0301\u0316\u0301")),
        ("क्\u200dष \u200d\u200d x\u200dy 👩\u200d👧", "क्\u200dष x\u200dy 👩\u200d👧"),
        ("👍", "👍"),
        ("\u3164\u2800\u200d \u115f", ""),
        (" \n ", ""),
    ],
)
def test_a_comment_is_cleaned(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Asha\n Juma\t", "Asha Juma"),
        ("Ali\u202e ilA\u200f", "Ali ilA"),
        ("\u200b\u2060", ""),
        ("\u3164", ""),
        ("\u2800 \u034f", ""),
        ("---", ""),
        ("7", "7"),
    ],
)
def test_a_name_is_on_one_line_and_never_nothing(typed: str, kept: str) -> None:
    assert cleaned_name(typed) == kept


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("> they said\n>> this\nNo.", "<blockquote><p>they said<br>this</p></blockquote><p>No.</p>"),
        ("> one\n>\n> two", "<blockquote><p>one</p><p>two</p></blockquote>"),
        (">", ""),
        ("a *b c* d", "<p>a <em>b c</em> d</p>"),
        ("2*3*4 * x * **y** *", "<p>2*3*4 * x * **y** *</p>"),
        ("<b>&amp;'\"", "<p>&lt;b&gt;&amp;amp;&#x27;&quot;</p>"),
        (
            "See http://a.example/?a=1&b=.",
            '<p>See <a href="http://a.example/?a=1&amp;b=" rel="ugc nofollow">http://a.example/?a=1&amp;b=</a>.</p>',
        ),
        ("שלום\n\nhi", '<p dir="auto">שלום</p><p>hi</p>'),
        ("", ""),
    ],
)
def test_a_comment_is_shown(text: str, html: str) -> None:
    assert comment_html(text) == html


@pytest.mark.parametrize(
    "piece",
    [
        *("*", "*a ", " *a", "> ", ">", "\n>", "http://", "http://a.b/(", ")", "a.", ".-", "&"),
        *("\u200d", "e\u0301\u0316", "\u0316\u0301"),
    ],
)
def test_hostile_texts_take_time_in_proportion(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    for work in (cleaned, cleaned_name, comment_html, links_in, folded):
        began = time.process_time()
        work(text)
        assert time.process_time() - began < 2, work.__name__


def test_the_longest_comment_grows_to_few_bytes_of_html() -> None:
    assert len(comment_html("<" * LONGEST_BODY)) < 5 * LONGEST_BODY
