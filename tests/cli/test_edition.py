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
from gazeti.cli.edition.threads import told
from gazeti.cli.edition.typeset import Named, paragraphs, typeset
from gazeti.comments.rules import State
from gazeti.comments.rules.names import LEVELS
from gazeti.comments.rules.told import Told
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


def comments_of(slug: str) -> list[Told]:
    since = moment(STORIES[slug], day=edition_day(datetime(2024, 7, 4, 12, tzinfo=UTC), time_zone=NAIROBI))
    story = STORIES[slug]
    return told(EDITION.discussions[slug], story=f"/a/{slug}/", language=story["language"], since=since)


def all_comments() -> list[Told]:
    return [one for slug in EDITION.discussions for one in comments_of(slug)]


def test_readers_speak_under_stories_that_are_there_in_three_languages() -> None:
    assert set(EDITION.discussions) <= set(STORIES)
    assert {one.language for one in all_comments() if one.state is State.PUBLISHED} == {"en", "sw", "so"}
    assert EDITION.front["lead"] in EDITION.discussions


def test_what_they_say_is_in_every_state_and_waits_by_several_rules() -> None:
    said = all_comments()
    assert {one.state for one in said} == set(State)
    held = {one.decisions[0].rule for one in said if one.state is State.HELD}
    assert held >= {"first-time", "links", "suspect-words", "no-work", "form-fast"}
    rejected = [one.decisions[-1] for one in said if one.state is State.REJECTED]
    assert any(one.reason and one.note for one in rejected)
    assert any(one.badge for one in said)
    assert any(one.is_pick for one in said)
    assert any(one.respect for one in said)


@pytest.mark.parametrize("language", ["en", "sw", "so"])
def test_threads_go_deeper_than_they_are_shown(language: str) -> None:
    said = [comments_of(slug) for slug in EDITION.discussions if STORIES[slug]["language"] == language]
    assert max(depth(one, among=thread) for thread in said for one in thread) > LEVELS


def depth(comment: Told, *, among: list[Told]) -> int:
    return 1 + (depth(among[comment.reply_to - 1], among=among) if comment.reply_to else 0)


def test_a_comment_that_is_gone_is_answered() -> None:
    gone = [(one.story, one.number) for one in all_comments() if one.state is State.DELETED]
    assert gone
    assert set(gone) <= {(one.story, one.reply_to) for one in all_comments() if one.state is State.PUBLISHED}


def test_reports_are_open_and_answered_and_a_notice_of_illegal_content_waits() -> None:
    reports = [report for one in all_comments() for report in one.reports]
    assert {(one.closed_at is None, one.is_illegal) for one in reports} >= {(True, False), (False, False), (True, True)}
    assert all(one.name and one.email.endswith(".example") for one in reports if one.is_illegal)


def test_the_words_that_a_rule_found_stand_in_the_comment() -> None:
    found = [(one, word) for one in all_comments() for made in one.decisions for word in made.words]
    assert len(found) >= 5
    assert all(word in (one.body or "") for one, word in found)


@pytest.mark.parametrize("slug", EDITION.discussions)
def test_no_comment_names_a_date_that_grows_old_or_comes_after_the_morning(slug: str) -> None:
    assert [text for text in words_of(list(EDITION.discussions[slug])) if AGES.search(text)] == []
    last = datetime(2024, 7, 4, 9, tzinfo=NAIROBI)
    said = comments_of(slug)
    happened = {one.number: [*(made.at for made in one.decisions), *(made.at for made in one.reports)] for one in said}
    assert max(max(moments) for moments in happened.values()) <= last
    assert all(min(happened[one.number]) == one.sent_at for one in said)


@pytest.mark.parametrize("slug", EDITION.discussions)
def test_comments_are_numbered_as_they_came(slug: str) -> None:
    sent = [one.sent_at for one in comments_of(slug)]
    assert sent == sorted(set(sent))


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
