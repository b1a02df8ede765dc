"""What no story goes out without, and which language its page says."""

from dataclasses import replace

import pytest

from gazeti.stories.rules import Essentials, html_language, missing

WHOLE = Essentials(headline="The bridge", section="City Affairs", byline=["Amina Farah"], dated=True, filled=True)


def test_a_whole_story_misses_nothing() -> None:
    assert missing(WHOLE) == []


@pytest.mark.parametrize(
    ("without", "word"),
    [
        ({"headline": " "}, "headline"),
        ({"section": ""}, "section"),
        ({"byline": []}, "byline"),
        ({"dated": False}, "date"),
        ({"filled": False}, "body"),
    ],
)
def test_each_essential_is_missed_by_itself(without: dict[str, object], word: str) -> None:
    reasons = missing(replace(WHOLE, **without))
    assert len(reasons) == 1
    assert word in reasons[0]


def test_all_reasons_are_given_at_once() -> None:
    assert len(missing(Essentials(headline="", section="", byline=[], dated=False, filled=False))) == 5


@pytest.mark.parametrize(
    ("story", "site", "tag"), [("en", "en-KE", "en-KE"), ("sw", "en-KE", "sw"), ("en", "sw", "en"), ("sw", "sw", "sw")]
)
def test_a_story_in_the_papers_language_says_its_region_too(story: str, site: str, tag: str) -> None:
    assert html_language(story, site_language=site) == tag
