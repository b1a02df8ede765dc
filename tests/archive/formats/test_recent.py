"""Lists of other stories, however a site prints them."""

import datetime

import pytest

from gazeti.archive.formats.recent import MOST_HEADLINES, recent_list

TEA = "Tea prices rise for a third week"
RAIN = "Long rains to start a week late"
DAY, NEXT = "Wednesday, July 3, 2024", "July 4, 2024"


def read(*lines: str) -> list[tuple[str, int | None]]:
    headlines = recent_list(lines).headlines
    return [(each.headline, each.date.value.day.day if each.date else None) for each in headlines]


@pytest.mark.parametrize(
    "lines",
    [
        (TEA, TEA, DAY, RAIN, RAIN, NEXT),
        (TEA, DAY, RAIN, NEXT),
        (DAY, TEA, NEXT, RAIN),
        (DAY, TEA, TEA, NEXT, RAIN, RAIN),
        ("Business", TEA, TEA, DAY, "Weather", RAIN, RAIN, NEXT),
        ("Business", TEA, DAY, "Weather", RAIN, NEXT),
        (TEA, "By Jane Doe", DAY, RAIN, "By Ali Noor", NEXT),
        (TEA, "Brokers in Mombasa say that buyers from Egypt are back at the auction.", DAY, RAIN, NEXT),
        (TEA, TEA, DAY, RAIN, RAIN, NEXT, TEA, TEA, DAY),
        (TEA, TEA, DAY, RAIN, RAIN, NEXT, TEA.upper(), NEXT),
        (TEA, TEA.upper(), DAY, RAIN, RAIN.replace(" ", "  "), NEXT),
    ],
)
def test_a_list_is_each_headline_once_with_its_day(lines: tuple[str, ...]) -> None:
    assert [(headline.casefold().replace("  ", " "), day) for headline, day in read(*lines)] == [
        (TEA.casefold(), 3),
        (RAIN.casefold(), 4),
    ]


def test_a_list_without_dates_is_its_headlines_without_a_day() -> None:
    assert read(TEA, TEA, RAIN, RAIN) == [(TEA, None), (RAIN, None)]


def test_in_a_list_without_dates_links_of_few_words_are_no_headlines() -> None:
    assert read(TEA, RAIN, "About us", "Contact") == [(TEA, None), (RAIN, None)]


def test_what_stands_below_the_last_date_is_no_part_of_the_list() -> None:
    listed = recent_list([TEA, TEA, DAY, "About us", "Contact the editors of this paper here"])
    assert listed.length == 3
    assert len(listed.headlines) == 1


def test_an_empty_list_is_empty() -> None:
    assert recent_list([]).headlines == ()


def test_a_list_without_end_is_cut_and_the_rest_named() -> None:
    listed = recent_list([f"Headline number {number} of a very long list" for number in range(MOST_HEADLINES + 5)])
    assert len(listed.headlines) == MOST_HEADLINES
    assert len(listed.others) == 5


def test_the_date_of_a_list_is_the_newsrooms_day() -> None:
    (only,) = recent_list([TEA, DAY]).headlines
    assert only.date is not None
    assert only.date.value.day == datetime.date(2024, 7, 3)
