"""The Big List of Naughty Strings as a page, and in every place of one: nothing raises, and no text is lost."""

import json
import unicodedata

import pytest

from gazeti.archive.formats.bylines import byline_given
from gazeti.archive.formats.decoding import UnreadableError, decoded
from gazeti.archive.formats.lines import DROPPED, lines_of
from gazeti.archive.formats.page import parse_page
from tests.archive import pages

pytestmark = pytest.mark.material
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn"}


@pytest.fixture(scope="module")
def strings() -> list[str]:
    from tests.needs import SHARED

    return json.loads((SHARED / "material" / "blns" / "blns.json").read_text(encoding="utf-8"))


def seen(text: str) -> str:
    """Return the signs of a text that a reader sees, without the spaces between them."""
    kept = text.translate(DROPPED)
    return "".join(sign for sign in kept if unicodedata.category(sign) not in INVISIBLE)


def test_the_list_is_the_one_we_know(strings: list[str]) -> None:
    assert len(strings) > 500


def refused(string: str) -> str:
    """Return the sentence with which a file of this string is refused; empty if it is read."""
    try:
        decoded(string.encode())
    except UnreadableError as error:
        return str(error)
    return ""


def test_each_as_a_file_is_read_as_it_is_or_refused_in_a_sentence(strings: list[str]) -> None:
    refusals = {string: refused(string) for string in strings}
    assert {refusal.split(":")[0] for refusal in refusals.values() if refusal} <= {
        "is empty",
        "is binary data, not plain text",
    }
    assert all(decoded(string.encode()).value for string, refusal in refusals.items() if not refusal)


def test_each_as_a_page_holds_its_text_once_or_is_no_story(strings: list[str]) -> None:
    for string in strings:
        parsed = parse_page(string)
        read = [parsed.headline.value if parsed.headline else "", *(parsed.body.value if parsed.body else ())]
        assert len(seen("".join(read))) <= len(seen(string)), repr(string)


def test_each_between_two_paragraphs_stays_there(strings: list[str]) -> None:
    first, *others = pages.PARAGRAPHS
    for string in strings:
        parsed = parse_page(pages.BRIDGE.replace(first, f"{first}\n\n{string}"))
        assert parsed.body is not None
        assert seen("".join(parsed.body.value)) == seen("".join([first, string, *others])), repr(string)


def test_each_inside_a_paragraph_stays_there(strings: list[str]) -> None:
    for string in strings:
        parsed = parse_page(pages.BRIDGE.replace("Halima Abdi", f"Halima {string} Abdi"))
        assert parsed.body is not None
        assert seen(f"Halima {string} Abdi") in seen("".join(parsed.body.value)), repr(string)


def test_each_as_a_headline_is_the_headline_as_printed(strings: list[str]) -> None:
    for string in strings:
        lines = lines_of(string)
        parsed = parse_page(pages.BRIDGE.replace(pages.HEADLINE, string))
        assert parsed.body is not None
        assert seen("".join(pages.PARAGRAPHS)) in seen("".join(parsed.body.value)), repr(string)
        if len(lines) == 1 and len(lines[0]) <= 250:
            assert parsed.headline is not None, repr(string)
            assert parsed.headline.value in {lines[0], "Transport"}, repr(string)


@pytest.mark.parametrize(
    "place", ["Transport", "Wanjiku Otieno", "Thursday, July 4, 2024", "First! Good work.", "Tea prices rise"]
)
def test_each_elsewhere_leaves_the_text_alone(strings: list[str], place: str) -> None:
    for string in strings:
        parsed = parse_page(pages.BRIDGE.replace(place, string))
        assert parsed.body is not None
        assert seen("".join(pages.PARAGRAPHS)) in seen("".join(parsed.body.value)), repr(string)


def test_each_as_a_byline_that_a_person_gave_is_a_byline_or_none(strings: list[str]) -> None:
    for string in strings:
        given = byline_given(string)
        assert given is None or not given.is_empty
