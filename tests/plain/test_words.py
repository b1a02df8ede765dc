"""Words are counted, compared and made into addresses."""

import json
from pathlib import Path

import pytest

from gazeti.plain import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Bridge, open!", "the bridge open"),
        ("Kenya’s trade", "Kenya s trade"),
        ("bridge_open.jpg", "Bridge open JPG"),
    ],
)
def test_texts_of_the_same_words_are_the_same_normalised(one: str, other: str) -> None:
    assert words.normalised(one) == words.normalised(other)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kenya’s trade deficit up by Sh20.7 billion", "kenyas-trade-deficit-up-by-sh20-7-billion"),
        ("Élan über alles", "elan-uber-alles"),
        ("…", "story"),
        ("新しい橋", "story"),
    ],
)
def test_a_slug_is_plain_ascii(text: str, slug: str) -> None:
    assert words.slug_of(text) == slug


def test_a_long_slug_ends_with_a_whole_word() -> None:
    slug = words.slug_of("bridge " * 30)
    assert len(slug) <= words.SLUG_LENGTH
    assert set(slug.split("-")) == {"bridge"}


def test_a_single_word_longer_than_a_slug_is_cut() -> None:
    assert words.slug_of("x" * 100) == "x" * words.SLUG_LENGTH


def test_a_taken_slug_gets_the_next_free_number() -> None:
    assert words.free_slug("bridge", taken={"bridge", "bridge-2"}) == "bridge-3"
    assert words.free_slug("bridge", taken=set()) == "bridge"


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (220, 1), (221, 2), (700, 4)])
def test_reading_takes_whole_minutes(count: int, minutes: int) -> None:
    assert words.minutes_to_read(count) == minutes


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_listed_as_in_a_sentence(names: list[str], text: str) -> None:
    assert words.joined(names, last="and") == text


@pytest.mark.material
def test_any_naughty_string_becomes_a_slug(shared: Path) -> None:
    for text in json.loads((shared / "material/blns/blns.json").read_text(encoding="utf-8")):
        slug = words.slug_of(text)
        assert slug.isascii()
        assert 1 <= len(slug) <= words.SLUG_LENGTH
        assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
