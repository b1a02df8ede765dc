"""Letters as an eye takes them."""

import pytest

from gazeti.plain.letters import folded, likeness, visible


@pytest.mark.parametrize(
    "text",
    [
        "SPAM",
        "spám",
        "ѕраm",  # Cyrillic
        "ｓｐａｍ",
        "𝓼𝓹𝓪𝓶",
        "ⓢⓟⓐⓜ",
        "🅢🅟🅐🅜",
        "🆂🅿🅰🅼",
        "ꜱᴘᴀᴍ",
        "s\u200bp\u00ada\u2060m",
        "s\u0336p\u0336a\u0336m\u0336",
    ],
)
def test_what_looks_alike_is_alike(text: str) -> None:
    assert likeness(text) == "spam"


def test_a_capital_is_taken_for_what_it_looks_like_and_not_for_what_its_small_letter_does() -> None:
    assert likeness("ΗΟΡΕ") == "hope"  # Greek
    assert likeness("η") == "n"


def test_each_folded_character_tells_where_it_stood() -> None:
    found = folded("Aﬁ\u200bÉ")
    assert found.text == "afie"
    assert found.places == (0, 1, 1, 3)


def test_other_spaces_and_signs_between_words_make_no_difference() -> None:
    assert likeness("  Maji,\n\nmaji -- na_UMEME! ") == "maji maji na umeme"


def test_texts_without_words_are_alike_only_if_they_are_the_same() -> None:
    assert likeness("👍 👍") == likeness("👍👍") != likeness("❤")


def test_what_is_drawn_as_nothing_is_not_seen() -> None:
    assert visible("a\u200b\u3164\u2800\U000e0041b") == "ab"
