"""The sample edition's data is whole: every name is known, every block is shown, no text grows old."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gazeti.cli.edition.contents import MORNING, contents, edition_day, moment
from gazeti.cli.edition.drawings import DRAWINGS, drawn, drawn_jpeg
from gazeti.cli.edition.sheets import sheet_pdf
from gazeti.cli.edition.typeset import Named, paragraphs, typeset
from gazeti.stories import rules
from gazeti.stories.blocks import Body
from gazeti.stories.models import Story

EDITION = contents()
STORIES = EDITION.stories
NAIROBI = ZoneInfo("Africa/Nairobi")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
AGES = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d"
    r"|\b(?:yesterday|today|tomorrow|jana|kesho|shalay|maanta|berri)\b",
    re.IGNORECASE,
)
NEAR = 0.6
"""Two sentences more alike than this say the same."""


def words_of(value: Any) -> Iterator[str]:
    """Give every string in a value of the data, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words_of(part)


def pictures_in(facts: Any) -> Iterator[dict[str, Any]]:
    """Give each place of a story that shows a picture: its name, alt text, caption."""
    if "lead_picture" in facts:
        yield {"picture": facts["lead_picture"], "alt": facts["lead_alt"], "caption": facts["lead_caption"]}
    for block in facts["body"]:
        yield from [block] if block["type"] == "picture" else block.get("pictures", [])


def blocks_of(kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [(slug, block) for slug, facts in STORIES.items() for block in facts["body"] if block["type"] == kind]


def names(things: Any, key: str = "slug") -> set[str]:
    return {thing[key] for thing in things}


def test_it_has_thirty_stories_or_more_and_three_or_more_in_each_of_eight_sections() -> None:
    counts = Counter(facts["section"] for facts in STORIES.values())
    assert len(STORIES) >= 30
    assert set(counts) == names(EDITION.sections)
    assert len(counts) == 8
    assert min(counts.values()) >= 3


def test_it_speaks_three_languages_and_translates_into_two() -> None:
    counts = Counter(facts["language"] for facts in STORIES.values())
    translated = Counter(facts["language"] for facts in STORIES.values() if "translation_of" in facts)
    assert counts["sw"] >= 4
    assert counts["so"] >= 3
    assert set(counts) == {"en", "sw", "so"}
    assert set(translated) == {"sw", "so"}


def test_it_shows_every_kind_of_story_and_every_block_twice() -> None:
    kinds = Counter(facts["kind"] for facts in STORIES.values())
    blocks = Counter(block["type"] for facts in STORIES.values() for block in facts["body"])
    assert set(kinds) == set(Story.Kind.values)
    assert {name for name in Body().child_blocks if blocks[name] < 2} == set()
    assert set(blocks) <= set(Body().child_blocks)


def test_headlines_fit() -> None:
    assert [slug for slug, facts in STORIES.items() if len(facts["headline"]) > rules.HEADLINE_LENGTH] == []
    short = {slug: facts.get("short_headline", "") for slug, facts in STORIES.items()}
    assert [slug for slug, text in short.items() if len(text) > rules.SHORT_HEADLINE_LENGTH] == []


@pytest.mark.parametrize("slug", STORIES)
def test_a_story_names_only_what_there_is(slug: str) -> None:
    facts = STORIES[slug]
    assert facts["section"] in names(EDITION.sections)
    assert set(facts["authors"]) <= names(EDITION.authors)
    assert facts["authors"] or facts["credit"]
    assert set(facts["topics"]) <= names(EDITION.topics, "name")
    assert {shown["picture"] for shown in pictures_in(facts)} <= names(EDITION.pictures, "name")


def test_documents_front_and_other_stories_are_there() -> None:
    assert {block["document"] for _slug, block in blocks_of("document")} == names(EDITION.documents, "name")
    chosen = [EDITION.front["lead"], *EDITION.front["slots"]]
    assert set(chosen) <= set(STORIES)
    assert len(set(chosen)) == len(chosen)


def test_a_story_points_only_to_older_ones_so_that_each_is_there_when_it_is_named() -> None:
    order = list(STORIES)
    points = [(slug, block["story"]) for slug, block in blocks_of("related")]
    points += [(slug, facts["translation_of"]) for slug, facts in STORIES.items() if "translation_of" in facts]
    assert [(one, other) for one, other in points if order.index(other) >= order.index(one)] == []


def test_every_picture_has_a_drawing_and_every_drawing_is_shown() -> None:
    leads = {facts["lead_picture"] for facts in STORIES.values() if "lead_picture" in facts}
    assert names(EDITION.pictures, "name") == set(DRAWINGS) == leads
    assert sum("lead_picture" in facts for facts in STORIES.values()) >= 24


@pytest.mark.parametrize("slug", STORIES)
def test_alt_text_adds_to_headline_and_caption(slug: str) -> None:
    facts = STORIES[slug]
    for shown in pictures_in(facts):
        assert 20 < len(shown["alt"]) <= 255
        for said in (facts["headline"], shown["caption"]):
            assert SequenceMatcher(None, shown["alt"].casefold(), said.casefold()).ratio() < NEAR


@pytest.mark.parametrize("slug", STORIES)
def test_no_text_names_a_date_that_grows_old(slug: str) -> None:
    assert [text for text in words_of(STORIES[slug]) if AGES.search(text)] == []


def test_an_ageing_text_is_seen() -> None:
    assert all(AGES.search(text) for text in ("on 4 July", "in 2024", "July 4", "he said yesterday", "Alifika jana."))
    assert not any(AGES.search(text) for text in ("by the end of June", "Sh2,024", "on Sundays"))


def test_no_story_and_no_update_of_the_day_is_later_than_its_morning() -> None:
    timed = [*STORIES.values(), *(facts["updated"] for facts in STORIES.values() if "updated" in facts)]
    assert [facts for facts in timed if not facts["days_ago"] and time.fromisoformat(facts["at"]) > MORNING] == []


@pytest.mark.parametrize("hours", range(0, 24, 3))
def test_nothing_is_dated_after_the_moment_of_printing(hours: int) -> None:
    now = datetime(2024, 7, 4, tzinfo=UTC) + timedelta(hours=hours)
    day = edition_day(now, time_zone=NAIROBI)
    assert max(moment(facts, day=day) for facts in STORIES.values()) < now
    assert now - day < timedelta(hours=33, minutes=1)


def test_an_update_is_later_than_the_story() -> None:
    updated = [facts for facts in STORIES.values() if "updated" in facts]
    day = edition_day(datetime(2024, 7, 4, 12, tzinfo=UTC), time_zone=NAIROBI)
    assert len(updated) >= 2
    assert all(moment(facts["updated"], day=day) > moment(facts, day=day) for facts in updated)


def test_a_drawing_is_the_same_every_time_and_no_other() -> None:
    assert drawn_jpeg("rain-over-hills") == drawn_jpeg("rain-over-hills")
    assert drawn("rain-over-hills").size == (1600, 1067)
    assert len({drawn(name).resize((16, 11)).tobytes() for name in DRAWINGS}) == len(DRAWINGS)


def test_a_sheet_says_where_each_of_its_objects_begins() -> None:
    pdf = sheet_pdf("Eight questions (a sheet)", ["1. Who pays? ’", "x" * 100])
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    places = [int(line[:10]) for line in pdf[start:].splitlines()[3:10]]
    assert [pdf[place:].split(b" ", 1)[0] for place in places] == [b"%d" % number for number in range(1, 8)]
    assert rb"(Eight questions \(a sheet\)) Tj" in pdf
    assert pdf.startswith(b"%PDF-1.4")


def test_paragraphs_stand_between_empty_lines() -> None:
    assert paragraphs("\nOne\nline.\n\nTwo.\n") == "<p>One line.</p><p>Two.</p>"


def test_a_body_that_names_what_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        typeset([{"type": "related", "story": "never-written"}], named=Named())
