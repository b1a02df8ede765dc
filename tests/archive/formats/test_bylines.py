"""Bylines as sites print them and as people type them."""

import pytest

from gazeti.archive.formats.bylines import byline_given, byline_of
from gazeti.archive.formats.found import Byline, Confidence


@pytest.mark.parametrize(
    ("line", "names", "credit"),
    [
        ("By Jane Doe |", ("Jane Doe",), ""),
        ("By Jane Doe", ("Jane Doe",), ""),
        ("BY JANE DOE", ("JANE DOE",), ""),
        ("By: Jane Doe", ("Jane Doe",), ""),
        ("By Jane Doe and Ali Noor | KNA", ("Jane Doe", "Ali Noor"), "KNA"),
        ("By Jane Doe, Ali Noor and A. B. Ouma", ("Jane Doe", "Ali Noor", "A. B. Ouma"), ""),
        ("By Jane Doe & Ali Noor", ("Jane Doe", "Ali Noor"), ""),
        ("By Jane Doe in Isiolo", ("Jane Doe",), ""),
        ("By Jane Doe | jane@paper.example", ("Jane Doe",), ""),
        ("By Fatuma bin Said", ("Fatuma bin Said",), ""),
        ("By Jean-Paul O'Neill", ("Jean-Paul O'Neill",), ""),
        ("By April Otieno", ("April Otieno",), ""),
        ("By Jane Doe, NMG", ("Jane Doe",), "NMG"),
        ("By Jane Doe, Ali Noor, NMG", ("Jane Doe", "Ali Noor"), "NMG"),
        ("By Madonna, Prince", ("Madonna", "Prince"), ""),
        ("By Reuters", (), "Reuters"),
        ("By Our Correspondent", (), "Our Correspondent"),
        ("By Jane Doe and Agencies", ("Jane Doe",), "Agencies"),
        ("Written by Jane Doe", ("Jane Doe",), ""),
        ("Na Amina Hassan", ("Amina Hassan",), ""),
        ("Na Amina Hassan na Juma Ali", ("Amina Hassan", "Juma Ali"), ""),
        ("Imeandikwa na Amina Hassan", ("Amina Hassan",), ""),
        ("NA MWANDISHI WETU", (), "MWANDISHI WETU"),
        ("Waxaa qoray Axmed Cali", ("Axmed Cali",), ""),
        ("Waxaa qoray: Axmed Cali iyo Faadumo Nuur", ("Axmed Cali", "Faadumo Nuur"), ""),
        ("W/Q: Axmed Cali", ("Axmed Cali",), ""),
        ("By |", (), ""),
        ("By", (), ""),
        ("By:", (), ""),
    ],
)
def test_a_byline_is_its_people_and_its_credit(line: str, names: tuple[str, ...], credit: str) -> None:
    read = byline_of(line)
    assert read is not None
    assert read.byline == Byline(names, credit)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By Wednesday evening the police had left the square.",
        "By Wednesday",
        "By 2030",
        "By hook or by crook",
        "By the river",
        "Bypass opens",
        "Na sasa wakazi wanauliza nani atalipa.",
        "Nairobi",
        "Byline",
        "By " + "Very Long Name " * 20,
        "Jane Doe",
    ],
)
def test_prose_is_no_byline(line: str) -> None:
    assert byline_of(line) is None


def test_a_word_that_also_means_and_makes_a_byline_less_sure() -> None:
    swahili, english = byline_of("Na Amina Hassan"), byline_of("By Amina Hassan")
    assert swahili is not None
    assert english is not None
    assert (swahili.confidence, english.confidence) == (Confidence.FAIR, Confidence.HIGH)


def test_a_date_beside_the_names_is_a_date() -> None:
    read = byline_of("By Jane Doe | July 4, 2024")
    assert read is not None
    assert read.date is not None
    assert read.byline == Byline(("Jane Doe",))


@pytest.mark.parametrize(
    ("text", "names", "credit"),
    [
        ("Jane Doe", ("Jane Doe",), ""),
        ("By Jane Doe", ("Jane Doe",), ""),
        ("Jane Doe and Ali Noor | KNA", ("Jane Doe", "Ali Noor"), "KNA"),
        ("jane doe", ("jane doe",), ""),
        ("| Reuters", (), "Reuters"),
        ("Reuters", (), "Reuters"),
        ("田中さん", ("田中さん",), ""),
    ],
)
def test_what_a_person_typed_is_taken_at_their_word(text: str, names: tuple[str, ...], credit: str) -> None:
    assert byline_given(text) == Byline(names, credit)


@pytest.mark.parametrize("text", ["", "   ", "|", "..."])
def test_no_name_is_no_byline(text: str) -> None:
    assert byline_given(text) is None
