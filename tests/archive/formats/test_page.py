"""Whole pages, read into section, headline, standfirst, byline, date, text and the other stories they list."""

import textwrap
from pathlib import Path

import pytest

from gazeti.archive.formats.found import Byline, Confidence, Dated
from gazeti.archive.formats.page import parse_page
from tests.archive import pages
from tests.archive.formats.reading import FOURTH, body, left_out, values


class TestSeed:
    """The page of the seed, as it was saved from a site."""

    pytestmark = pytest.mark.material

    @pytest.fixture
    def text(self, shared: Path) -> str:
        return (shared / "seed" / "page.txt").read_text(encoding="utf-8")

    def test_it_has_section_headline_and_standfirst_and_neither_byline_nor_date(self, text: str) -> None:
        assert values(parse_page(text)) == (
            "City Affairs",
            "Al-Shabaab, global peace feature in Duale meeting with US counterpart Austin",
            "Austin expressed condolences for the recent gas explosion tragedy in Nairobi.",
            None,
            None,
        )

    def test_its_text_is_every_paragraph_in_order_and_nothing_else(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line]
        assert body(parse_page(text)) == tuple(lines[4 : lines.index("Reader comments")])

    def test_its_twenty_headlines_come_once_each_as_printed_with_their_day(self, text: str) -> None:
        recent = parse_page(text).recent
        lines = [line for line in text.splitlines() if line]
        printed = [line for line in lines[lines.index("Recent Stories") + 1 : -1] if "July 4, 2024" not in line]
        assert [each.headline for each in recent] == list(dict.fromkeys(printed))
        assert len(recent) == 20
        assert {each.date.value for each in recent if each.date} == {Dated(FOURTH)}
        assert all(each.date for each in recent)

    def test_its_furniture_is_named_and_left_out(self, text: str) -> None:
        assert left_out(parse_page(text)) == ["By |", "Reader comments", "Recent Stories", "Live Updates"]


def test_a_page_with_everything_is_read_whole() -> None:
    parsed = parse_page(pages.BRIDGE)
    byline = Byline(("Wanjiku Otieno",), "KNA")
    assert values(parsed) == ("Transport", pages.HEADLINE, pages.STANDFIRST, byline, Dated(FOURTH))
    assert body(parsed) == pages.PARAGRAPHS
    assert parsed.language is not None
    assert parsed.language.value == "en"


def test_what_readers_commented_is_no_text() -> None:
    assert "First! Good work." in left_out(parse_page(pages.BRIDGE))


def test_two_printings_of_a_headline_in_other_marks_are_one_and_the_link_is_kept() -> None:
    headlines = [each.headline for each in parse_page(pages.BRIDGE).recent]
    assert headlines == [
        "Tea prices rise for a third week at the Mombasa auction",
        "Governor's car park is ‘nobody’s land’, court hears",
    ]


def test_a_swahili_page_is_read_with_its_byline_date_and_furniture() -> None:
    parsed = parse_page(pages.SWAHILI)
    byline = Byline(("Amina Hassan", "Juma Ali"))
    headline = "Hospitali mpya ya Garissa yafunguliwa kwa wagonjwa wote"
    assert values(parsed) == ("Afya", headline, None, byline, Dated(FOURTH))
    assert len(body(parsed)) == 2
    assert [each.headline for each in parsed.recent] == ["Bei ya mahindi yapanda kwa wiki ya pili mfululizo"]
    assert parsed.language is not None
    assert parsed.language.value == "sw"


def test_a_somali_page_is_read_with_its_byline_date_and_furniture() -> None:
    parsed = parse_page(pages.SOMALI)
    byline = Byline(("Axmed Cali", "Faadumo Nuur"), "SONNA")
    assert values(parsed) == ("Bulsho", "Buundo cusub oo laga furay magaalada Baydhabo", None, byline, Dated(FOURTH))
    assert len(body(parsed)) == 2
    assert parsed.language is not None
    assert parsed.language.value == "so"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\n \t\u00a0\n\n\n"),
        lambda text: text.replace("\n", "  \n  "),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: text.replace("Reader comments", "READER COMMENTS").replace("Recent Stories", "RECENT STORIES"),
        lambda text: text.replace("Reader comments", "Reader comments (1)"),
        lambda text: text.replace("Transport", "Home\n\nMenu\n\nSearch\n\nTransport"),
        lambda text: text.replace("Transport", "Home > News > Transport"),
        lambda text: text.replace("Thursday, July 4", "3 min read\n\nShare\n\nThursday, July 4"),
        lambda text: text.replace("KNA\n\nThursday,", "KNA | Thursday,"),
        lambda text: text.replace("July 4, 2024", "July 4, 2024\n\nShare\n\nWhatsApp\n\n2 comments"),
        lambda text: text.replace("Live Updates", "Live Updates\n\n12:30 The bridge is open."),
        lambda text: text.rstrip().removesuffix("Live Updates"),
    ],
)
def test_the_same_page_saved_otherwise_is_the_same(change: object) -> None:
    changed = parse_page(change(pages.BRIDGE))  # type: ignore[operator]
    plain = parse_page(pages.BRIDGE)
    assert values(changed) == values(plain)
    assert body(changed) == body(plain)
    assert [each.headline for each in changed.recent] == [each.headline for each in plain.recent]


def test_lines_broken_to_fit_a_width_are_paragraphs_again() -> None:
    blocks = pages.BRIDGE.replace("2024\nGov", "2024\n\nGov").split("\n\n")
    wrapped = "\n\n".join(textwrap.fill(block, 72) for block in blocks)
    assert body(parse_page(wrapped)) == pages.PARAGRAPHS


def test_short_lines_below_each_other_stay_lines() -> None:
    verse = ("The river is high and brown,", "the bridge is a rumour of planks,", "and we wait for the morning boat.")
    parsed = parse_page("\n\n".join(["Poems", "Waiting at the river", "By Jane Doe", "\n".join(verse)]))
    assert body(parsed) == verse


def test_a_narrow_list_without_blank_lines_stays_a_list() -> None:
    listed = [pages.HEADLINE.replace("Kona", town) for town in ("Kona", "Kisi", "Meru", "Lamu")]
    foot = "\n".join(["Recent Stories", *(f"{line}\n{line}\nThursday, July 4, 2024" for line in listed)])
    wrapped = textwrap.fill(" ".join(pages.PARAGRAPHS), 72)
    parsed = parse_page(f"Transport\n\nTea prices rise again\n\nBy |\n\n{wrapped}\n\n{foot}")
    assert [each.headline for each in parsed.recent] == listed
    assert body(parsed) == (" ".join(pages.PARAGRAPHS),)


def test_prose_that_speaks_of_furniture_is_text() -> None:
    spoken = (
        "Reader comments are closed on this story because the court has asked for it, the paper's editor said today.",
        "Live updates from the square stopped at noon when the network failed in most of the county, residents said.",
    )
    parsed = parse_page(pages.page(head="Courts\n\nCourt hears the case of the square\n\nBy |", text=spoken))
    assert body(parsed) == spoken


def test_an_advertisement_between_paragraphs_is_left_out() -> None:
    text = (pages.PARAGRAPHS[0], "ADVERTISEMENT", *pages.PARAGRAPHS[1:])
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=text))
    assert body(parsed) == pages.PARAGRAPHS
    assert "ADVERTISEMENT" in left_out(parsed)


def test_text_below_a_list_in_its_middle_is_kept_and_called_doubtful() -> None:
    middle = "Recent Stories\n\nTea prices rise again\n\nTea prices rise again\n\nJuly 3, 2024"
    text = (*pages.PARAGRAPHS[:2], middle, *pages.PARAGRAPHS[2:])
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=text))
    assert body(parsed) == pages.PARAGRAPHS
    assert parsed.body is not None
    assert parsed.body.confidence is Confidence.LOW
    assert [each.headline for each in parsed.recent] == ["Tea prices rise again"]


def test_a_list_above_the_story_is_no_part_of_its_head() -> None:
    above = "Latest stories\n\nTea prices rise again\n\nTea prices rise again\n\nJuly 3, 2024\n\n"
    parsed = parse_page(above + pages.BRIDGE)
    assert values(parsed) == values(parse_page(pages.BRIDGE))
    assert parsed.recent[0].headline == "Tea prices rise again"


def test_prose_below_the_comments_and_a_list_is_no_text() -> None:
    foot = f"Reader comments\n\nRecent Stories\n\nTea prices rise again\n\nJuly 3, 2024\n\n{pages.PARAGRAPHS[2]}"
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=pages.PARAGRAPHS[:2], foot=foot))
    assert body(parsed) == pages.PARAGRAPHS[:2]
    assert pages.PARAGRAPHS[2] in left_out(parsed)


def test_the_foot_of_the_site_is_no_text() -> None:
    foot = (
        "Recent Stories\n\nTea prices rise again\n\nJuly 3, 2024\n\n© 2024 The paper. All rights reserved. " + "x " * 40
    )
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", foot=foot + "."))
    assert body(parsed) == pages.PARAGRAPHS
