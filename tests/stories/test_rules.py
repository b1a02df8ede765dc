"""The preflight's table: each rule is met by a story that fails only it. No database, no clock."""

from dataclasses import replace
from datetime import date

import pytest

from gazeti.stories.rules import (
    CHECKS,
    OVERRIDABLE,
    Facts,
    Finding,
    Paragraph,
    Quoted,
    Severity,
    ShownPicture,
    findings,
    html_language,
    reason_faults,
)
from gazeti.stories.rules.facts import BrokenLink
from gazeti.stories.rules.likeness import is_alike, is_file_name, without_opening

PICTURE = ShownPicture(
    number=12,
    title="The ferry",
    file_name="ferry-at-noon.jpg",
    block="b7",
    alt="Forty passengers step from a ferry onto a wooden jetty",
    caption="The first boat of the morning.",
    credit="Amina Farah",
    rights_end=date(2024, 7, 4),
)
WHOLE = Facts(
    headline="The ferry is back",
    section="City Affairs",
    is_signed=True,
    is_dated=True,
    is_filled=True,
    standfirst="After three weeks at the yard.",
    day=date(2024, 7, 4),
    text="Juma Baraka steered it out at six.",
    pictures=(PICTURE,),
    paragraphs=(Paragraph("b1", "word " * 120),),
    quoted=(Quoted("b2", "Captain Juma Baraka"),),
    first_view=14_000,
)
FAILING = {
    "headline": {"headline": " "},
    "section": {"section": ""},
    "byline": {"is_signed": False},
    "date": {"is_dated": False},
    "body": {"is_filled": False},
    "standfirst": {"standfirst": "\n"},
    "alt": {"pictures": (replace(PICTURE, alt=" "),)},
    "credit": {"pictures": (replace(PICTURE, credit=""),)},
    "alt_adds": {"pictures": (replace(PICTURE, alt="The ferry is back!"),)},
    "rights": {"day": date(2024, 7, 5)},
    "long_headline": {"headline": "Ferry " * 11 + "again"},
    "broken_link": {"broken": (BrokenLink("b3", "the timetable"),)},
    "speaker": {"text": "The captain steered it out at six."},
    "long_paragraph": {"paragraphs": (Paragraph("b1", "word " * 121),)},
    "first_view": {"first_view": 14_001},
}
SENTENCE_ENDS = (".", "?")


def found_in(facts: Facts) -> list[Finding]:
    return list(findings(facts))


def with_alt(alt: str, **facts: object) -> list[str]:
    """What the table says of a story whose one picture has this alt text."""
    picture = replace(PICTURE, alt=alt, **{name: facts.pop(name) for name in ("caption", "file_name") if name in facts})
    return [finding.rule for finding in findings(replace(WHOLE, pictures=(picture,), **facts))]


def test_a_whole_story_passes_every_rule() -> None:
    assert found_in(WHOLE) == []


def test_every_rule_has_a_story_that_fails_it() -> None:
    assert set(FAILING) == {check.name for check in CHECKS}


@pytest.mark.parametrize("rule", FAILING)
def test_a_story_fails_one_rule_and_no_other(rule: str) -> None:
    (found,) = found_in(replace(WHOLE, **FAILING[rule]))
    (check,) = [check for check in CHECKS if check.name == rule]
    assert (found.rule, found.severity) == (rule, check.severity)
    assert found.field
    assert found.sentence.endswith(SENTENCE_ENDS)
    assert "%" not in found.sentence


INVISIBLE = (*"\u200b\u00ad\u2060\ufeff\u2800\u3164\uffa0\u034f\ue000—", "\u200b \u00a0\u3000")


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    picture = replace(PICTURE, alt=text, credit=text)
    found = found_in(replace(WHOLE, headline=text, standfirst=text, pictures=(picture,)))
    assert [one.rule for one in found] == ["headline", "standfirst", "alt", "credit"]
    assert reason_faults(f"{text} {text} {text}")


@pytest.mark.parametrize("text", ["Soko", "ገበያ", "市場", "سوق", "می\u200cخواهم"], ids=ascii)
def test_a_word_of_any_script_says_something(text: str) -> None:
    pictures = (replace(PICTURE, alt=text), replace(PICTURE, number=13, credit=text))
    assert found_in(replace(WHOLE, headline=f"{text} {text} {text}", standfirst=text, pictures=pictures)) == []


def test_invisible_characters_make_no_three_words_of_one() -> None:
    assert reason_faults("why\u200bnot\u2060now")
    assert reason_faults("because we must") == []


def test_five_blocks_can_never_be_overridden_and_five_can() -> None:
    always = [check.name for check in CHECKS if check.severity is Severity.ALWAYS]
    assert always == ["headline", "section", "byline", "date", "body"]
    assert {"standfirst", "alt", "credit", "alt_adds", "rights"} == OVERRIDABLE


def test_all_reasons_are_given_at_once() -> None:
    worst = Facts(
        headline="", section="", is_signed=False, is_dated=False, is_filled=False, standfirst="", day=WHOLE.day
    )
    assert [one.rule for one in findings(worst)] == ["headline", "section", "byline", "date", "body", "standfirst"]


def test_each_picture_is_told_of_by_itself_and_in_each_place_what_is_mended_there() -> None:
    other = replace(PICTURE, number=13, title="The jetty", block="b8", credit="", alt="")
    twice = (replace(PICTURE, credit=""), other, replace(other, block="b9"))
    told = found_in(replace(WHOLE, pictures=twice))
    assert [(one.rule, one.about, one.block) for one in told] == [
        ("alt", "picture:13", "b8"),
        ("alt", "picture:13", "b9"),
        ("credit", "picture:12", "b7"),
        ("credit", "picture:13", "b8"),
    ]
    assert "“The jetty”" in told[0].sentence


def test_a_lead_picture_is_mended_at_its_own_field() -> None:
    (found,) = found_in(replace(WHOLE, pictures=(replace(PICTURE, block="", credit=""),)))
    assert (found.field, found.block) == ("lead_picture", "")


def test_a_decorative_picture_needs_a_credit_and_no_alt_text() -> None:
    decorative = replace(PICTURE, alt="", is_decorative=True)
    assert found_in(replace(WHOLE, pictures=(decorative,))) == []
    assert [one.rule for one in findings(replace(WHOLE, pictures=(replace(decorative, credit=""),)))] == ["credit"]


@pytest.mark.parametrize(
    ("alt", "headline"),
    [
        ("the  FERRY is back", "The ferry is back"),
        ("Photo of the ferry is back", "The ferry is back"),
        ("“The ferry is back”", "The ferry is back"),
        ("Traders open bridge to Mukuru at last", "At last, traders open bridge to Mukuru"),
        ("Wavuvi wa Kilifi wapumzisha miamba", "Wavuvi wa Kilifi wapumzisha miamba ya matumbawe"[:36]),
        ("Picha ya wavuvi wa Kilifi wapumzisha miamba", "Wavuvi wa Kilifi wapumzisha miamba"),
        ("Suuqa xoolaha ee Wajir oo miisaan helay", "Suuqa xoolaha Wajir oo miisaan helay"),
        ("L'ecole de Kibera rouvre ses portes", "L’école de Kibera rouvre ses portes"),
        ("የአዲስ አበባ ድልድይ ተከፈተ", "የአዲስ አበባ ድልድይ ተከፈተ።"),
        ("Mana barumsaa haaraan ba'eera", "Mana barumsaa haaraan baʼeera"),
    ],
)
def test_alt_text_that_repeats_the_headline_or_the_caption_in_nearly_its_words_is_refused(
    alt: str, headline: str
) -> None:
    assert with_alt(alt, headline=headline) == ["alt_adds"]
    assert with_alt(alt, caption=headline) == ["alt_adds"]


@pytest.mark.parametrize(
    ("alt", "headline", "caption"),
    [
        ("Forty passengers step onto a wooden jetty", "The ferry is back", "The ferry at the jetty"),
        ("A ferry", "The ferry is back", "The ferry at six"),
        ("Traders cross the new bridge", "Traders cross the old bridge", "The bridge at noon"),
        ("Photo of two children at a tap in Umoja", "Water is back in Umoja", "Mary and Peter at the tap"),
        ("Wavuvi wawili wanavuta wavu kwenye ufuo wa Kilifi", "Wavuvi wa Kilifi wapumzisha miamba", "Ufuo wa Kilifi"),
        ("Laba niman oo miisaanaya geel suuqa Wajir", "Suuqa xoolaha Wajir oo miisaan helay", "Suuqa Wajir"),
        ("Une élève ouvre la grille de l'école", "L’école de Kibera rouvre ses portes", "La grille, lundi matin"),
        ("ሰዎች በአዲሱ ድልድይ ላይ ይሄዳሉ", "የአዲስ አበባ ድልድይ ተከፈተ", "ድልድዩ ማለዳ"),
        ("A bar chart: 42 of 50 taps ran dry in 2024", "Taps ran dry", "Taps by month, 2024"),
    ],
)
def test_alt_text_that_says_what_is_seen_passes(alt: str, headline: str, caption: str) -> None:
    assert with_alt(alt, headline=headline, caption=caption) == []


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_20240704_091200",
        "DSC01234",
        "PXL_20240704_061233123.MP",
        "IMG-20240704-WA0012",
        "WhatsApp Image 2024-07-04 at 09.12.33",
        "Screenshot 2024-07-04 at 9.12.33 am",
        "20240704_091200",
        "ferry at noon.JPG",
        "ferry_at_noon",
        "Photo 3",
        "P1010045",
    ],
)
def test_a_files_name_is_no_alt_text(alt: str) -> None:
    assert with_alt(alt) == ["alt_adds"]


@pytest.mark.parametrize("text", ["Image of a lion", "Ward 7 clinic at dusk", "Three women at a tap", "", "2 boats"])
def test_words_with_numbers_are_no_files_name(text: str) -> None:
    assert not is_file_name(text, of="lion.jpg")


def test_nothing_is_like_nothing() -> None:
    assert not is_alike("", "")
    assert without_opening("Photo") == "Photo"
    assert without_opening("Image showing a bridge") == "a bridge"


@pytest.mark.parametrize("odd", ["1 " * 2_000, "img " * 2_000, "a" * 20_000, "\u200b", "% %(title)s"])
def test_an_odd_alt_text_is_judged_at_once(odd: str) -> None:
    assert isinstance(with_alt(odd), list)


@pytest.mark.parametrize("text", ["Baraka said so.", "It was Juma, said the mate.", "JUMA BARAKA"])
def test_a_speaker_is_known_by_first_or_last_name(text: str) -> None:
    assert found_in(replace(WHOLE, text=text)) == []


def test_a_speaker_is_not_known_by_a_title() -> None:
    told = found_in(replace(WHOLE, text="The president came.", quoted=(Quoted("b2", "President Halima Noor"),)))
    assert [one.rule for one in told] == ["speaker"]
    assert "President Halima Noor" in told[0].sentence


def test_rights_last_through_their_last_day() -> None:
    assert found_in(replace(WHOLE, day=date(2024, 7, 4))) == []


@pytest.mark.parametrize(("reason", "is_enough"), [("", 0), ("so be it", 1), ("just because", 0), ("a " * 200, 0)])
def test_a_reason_says_something_and_not_too_much(reason: str, is_enough: int) -> None:
    assert (reason_faults(reason) == []) is bool(is_enough)


@pytest.mark.parametrize(
    ("story", "site", "tag"), [("en", "en-KE", "en-KE"), ("sw", "en-KE", "sw"), ("en", "sw", "en"), ("sw", "sw", "sw")]
)
def test_a_story_in_the_papers_language_says_its_region_too(story: str, site: str, tag: str) -> None:
    assert html_language(story, site_language=site) == tag
