"""The top of a page: what stands above the text, present or not."""

from gazeti.archive.formats.found import Byline, Confidence, Dated
from gazeti.archive.formats.page import parse_page
from tests.archive import pages
from tests.archive.formats.reading import FOURTH, body, left_out, values


def test_a_page_without_byline_and_date_has_section_and_headline_by_their_shape() -> None:
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}"))
    assert values(parsed) == ("Transport", pages.HEADLINE, None, None, None)
    assert body(parsed) == pages.PARAGRAPHS
    assert parsed.section is not None
    assert parsed.section.confidence is Confidence.FAIR


def test_a_page_without_a_section_has_a_headline() -> None:
    assert values(parse_page(pages.page(head=f"{pages.HEADLINE}\n\nBy |")))[:2] == (None, pages.HEADLINE)


def test_a_page_without_a_headline_has_a_section() -> None:
    parsed = parse_page(pages.page(head="City Affairs\n\nBy |"))
    assert values(parsed)[:2] == ("City Affairs", None)
    assert body(parsed) == pages.PARAGRAPHS


def test_a_lone_short_line_is_the_headline_where_the_section_was_given() -> None:
    parsed = parse_page(pages.page(head="Bridge opens\n\nBy |"), section_given=True)
    assert values(parsed)[:2] == (None, "Bridge opens")


def test_a_lone_line_that_names_a_section_of_the_newsroom_is_no_headline() -> None:
    parsed = parse_page(pages.page(head="City affairs\n\nBy |"), sections=["City Affairs"], section_given=True)
    assert values(parsed)[:2] == ("City affairs", None)


def test_a_short_headline_above_a_standfirst_is_no_section() -> None:
    head = "Bridge opens\n\nIt took the county two years to build.\n\nBy |"
    assert values(parse_page(pages.page(head=head)))[:3] == (
        None,
        "Bridge opens",
        "It took the county two years to build.",
    )


def test_a_standfirst_above_the_byline_is_one() -> None:
    head = f"Transport\n\n{pages.HEADLINE}\n\n{pages.STANDFIRST}\n\nBy Wanjiku Otieno"
    parsed = parse_page(pages.page(head=head))
    assert parsed.standfirst is not None
    assert parsed.standfirst.value == pages.STANDFIRST
    assert body(parsed) == pages.PARAGRAPHS


def test_a_first_paragraph_as_long_as_the_others_is_no_standfirst() -> None:
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |"))
    assert parsed.standfirst is None
    assert body(parsed) == pages.PARAGRAPHS


def test_a_first_paragraph_that_the_text_says_again_is_a_standfirst_though_nothing_parts_it() -> None:
    again = "The county says that a second bridge will follow at the market before the long rains."
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}", text=(again, *pages.PARAGRAPHS)))
    assert parsed.standfirst is not None
    assert (parsed.standfirst.value, parsed.standfirst.confidence) == (again, Confidence.HIGH)
    assert body(parsed) == pages.PARAGRAPHS


def test_a_first_paragraph_of_usual_length_above_long_ones_is_no_standfirst() -> None:
    first, others = pages.PARAGRAPHS[0], [" ".join([paragraph] * 4) for paragraph in pages.PARAGRAPHS[1:]]
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", text=(first, *others)))
    assert parsed.standfirst is None
    assert body(parsed) == (first, *others)


def test_a_byline_below_six_short_lines_does_not_make_them_titles() -> None:
    lines = tuple(f"Line {number} of the verse" for number in ("one", "two", "three", "four", "five", "six"))
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}", text=(*lines, "By Jane Doe", "The end.")))
    assert body(parsed) == (*lines, "By Jane Doe", "The end.")


def test_a_date_between_section_and_headline_dates_the_story() -> None:
    parsed = parse_page(pages.page(head=f"Transport\n\n4 July 2024\n\n{pages.HEADLINE}"))
    assert values(parsed) == ("Transport", pages.HEADLINE, None, None, Dated(FOURTH))


def test_a_date_above_everything_is_doubted() -> None:
    head = f"Friday, 5 July 2024\n\nTransport\n\n{pages.HEADLINE}\n\nBy |"
    parsed = parse_page(pages.page(head=head))
    assert parsed.date is not None
    assert (parsed.date.value.day.day, parsed.date.confidence) == (5, Confidence.LOW)


def test_the_day_of_publication_beats_that_of_an_update() -> None:
    head = f"Transport\n\n{pages.HEADLINE}\n\nUpdated: July 6, 2024\n\nPublished: July 4, 2024"
    parsed = parse_page(pages.page(head=head))
    assert values(parsed)[4] == Dated(FOURTH)


def test_a_section_called_opinion_in_swahili_is_no_link_to_comments() -> None:
    parsed = parse_page(pages.page(head="Maoni\n\nKwa nini daraja limechelewa hivi\n\nNa Juma Ali"))
    assert values(parsed)[:2] == ("Maoni", "Kwa nini daraja limechelewa hivi")


def test_a_role_beside_the_byline_is_left_out() -> None:
    head = f"Transport\n\n{pages.HEADLINE}\n\nBy Wanjiku Otieno\n\nNairobi\n\nJuly 4, 2024"
    parsed = parse_page(pages.page(head=head))
    assert values(parsed)[3:] == (Byline(("Wanjiku Otieno",)), Dated(FOURTH))
    assert body(parsed) == pages.PARAGRAPHS
    assert "Nairobi" in left_out(parsed)


def test_byline_and_date_below_the_text_are_found() -> None:
    foot = "By Wanjiku Otieno\n\nPublished July 4, 2024"
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}", foot=foot))
    assert values(parsed)[3:] == (Byline(("Wanjiku Otieno",)), Dated(FOURTH))
    assert body(parsed) == pages.PARAGRAPHS


def test_a_story_that_its_own_list_dates_has_that_date() -> None:
    foot = f"Recent Stories\n\n{pages.HEADLINE}\n\n{pages.HEADLINE}\n\nJuly 4, 2024"
    parsed = parse_page(pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |", foot=foot))
    assert values(parsed)[4] == Dated(FOURTH)
    assert parsed.recent == ()


def test_a_headline_that_opens_with_by_is_no_byline() -> None:
    parsed = parse_page(pages.page(head="By Land And Sea\n\nBy Wanjiku Otieno"), section_given=True)
    assert values(parsed)[1] == "By Land And Sea"
