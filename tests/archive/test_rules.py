"""What is decided about a page, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gazeti.archive.rules import (
    Facts,
    Standing,
    Verdict,
    body_key,
    decide,
    headline_key,
    match,
    missing_fields,
)
from gazeti.plain.words import normalised

NOW = datetime(2024, 7, 5, tzinfo=UTC)
LONG = "Engineers opened the footbridge at Kona Mbaya on Thursday morning after two years."
FACTS = Facts(headline="Bridge opens", section="Transport", paragraphs=(LONG, "Second."))
SAID = "It took two years and a flood."
WHOLE = replace(
    FACTS,
    standfirst=SAID,
    names=("Jane Doe",),
    day=date(2024, 7, 4),
    published_at=datetime(2024, 7, 4, 9, tzinfo=UTC),
)
STORY = Standing(
    story=1,
    headline="Bridge opens",
    section="Transport",
    words=normalised(f"{LONG} Second."),
    body_key=body_key(FACTS.paragraphs),
    filled=frozenset({"section", "headline", "language", "text"}),
)
LIVE = replace(STORY, standfirst=SAID, byline=("Jane Doe",), day=date(2024, 7, 4), is_live=True, was_public=True)


def verdict(facts: Facts, *standings: Standing, publish: bool = False) -> Verdict:
    return decide(facts, standings, publish=publish, now=NOW).verdict


def reasons(facts: Facts, *standings: Standing, publish: bool = False) -> str:
    return " ".join(decide(facts, standings, publish=publish, now=NOW).reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kenya’s trade", "Kenya's trade"),
        ("Kenya's trade", "KENYA'S  TRADE"),
        ("“Kenya” trades", '"Kenya" trades'),
        ("Kenya’s trade", "Kenya`s trade"),
        ("Tea–coffee", "Tea-coffee"),
    ],
)
def test_a_headline_in_other_marks_has_the_same_key(one: str, other: str) -> None:
    assert headline_key(one) == headline_key(other)


@pytest.mark.parametrize(("one", "other"), [("Tea rises", "Tea falls"), ("😀", "👾"), ("!", "?"), ("٣", "3")])
def test_another_headline_has_another_key(one: str, other: str) -> None:
    assert headline_key(one) != headline_key(other)


def test_a_missing_text_has_no_key() -> None:
    assert body_key([]) == ""


def test_a_new_page_is_made() -> None:
    decision = decide(FACTS, [], publish=False, now=NOW)
    assert (decision.verdict, decision.publish) == (Verdict.MADE, False)
    assert decision.fields == {"section", "headline", "language", "text"}


def test_the_same_page_changes_nothing() -> None:
    assert verdict(FACTS, STORY) is Verdict.UNCHANGED


def test_a_fact_that_was_missing_completes_the_story() -> None:
    decision = decide(WHOLE, [STORY], publish=True, now=NOW)
    assert decision.verdict is Verdict.COMPLETED
    assert decision.fields == {"standfirst", "byline", "date"}
    assert decision.publish


def test_a_live_story_is_not_published_again() -> None:
    assert decide(WHOLE, [LIVE], publish=True, now=NOW).publish is False


def test_what_an_editor_took_away_stays_away() -> None:
    taken = replace(STORY, filled=frozenset({*STORY.filled, "byline", "standfirst"}))
    facts = replace(FACTS, names=("Jane Doe",), standfirst="It took two years.")
    assert missing_fields(facts, taken) == frozenset()


def test_what_a_person_gives_again_comes_back() -> None:
    taken = replace(STORY, filled=frozenset({*STORY.filled, "byline"}))
    facts = replace(FACTS, names=("Jane Doe",), given=frozenset({"byline"}))
    assert missing_fields(facts, taken) == {"byline"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"headline": ""}, "no headline"),
        ({"headline": "x" * 111}, "111 characters and at most 110"),
        ({"paragraphs": ()}, "no text"),
        ({"section": ""}, "--section"),
        ({"section": "x" * 101}, "100 characters"),
        ({"section": "Live"}, "address that Gazeti itself needs"),
        ({"section": "recovered"}, "kept for headlines"),
        ({"names": ("x" * 101,)}, "100 characters"),
        ({"credit": "x" * 121}, "120 characters"),
    ],
)
def test_what_makes_no_story_is_refused_with_its_reason(change: dict[str, object], reason: str) -> None:
    assert verdict(replace(FACTS, **change)) is Verdict.REFUSED
    assert reason in reasons(replace(FACTS, **change))


def test_a_headline_of_110_characters_fits() -> None:
    assert verdict(replace(FACTS, headline="x" * 110)) is Verdict.MADE


def test_publishing_without_standfirst_byline_and_date_is_refused_with_all_reasons() -> None:
    told = reasons(FACTS, publish=True)
    assert "standfirst" in told
    assert "--byline" in told
    assert "--date" in told


def test_publishing_with_standfirst_byline_and_date_is_not_refused() -> None:
    assert decide(WHOLE, [], publish=True, now=NOW).publish


def test_a_credit_alone_is_a_byline() -> None:
    assert decide(replace(WHOLE, names=(), credit="KNA"), [], publish=True, now=NOW).publish


def test_what_the_story_has_need_not_be_said_again() -> None:
    ready = replace(STORY, standfirst=SAID, byline=("Jane Doe",), day=date(2024, 7, 4))
    decision = decide(FACTS, [ready], publish=True, now=NOW)
    assert (decision.verdict, decision.publish) == (Verdict.COMPLETED, True)


def test_a_date_to_come_is_not_published() -> None:
    later = replace(WHOLE, published_at=datetime(2024, 7, 6, tzinfo=UTC), day=date(2024, 7, 6))
    assert "still to come" in reasons(later, publish=True)
    assert verdict(later) is Verdict.MADE


def test_a_story_that_was_taken_down_is_not_published_by_an_import() -> None:
    withdrawn = replace(LIVE, is_live=False)
    assert "taken down" in reasons(WHOLE, withdrawn, publish=True)
    assert verdict(WHOLE, withdrawn) is Verdict.UNCHANGED


def test_a_story_that_is_being_changed_is_left_alone() -> None:
    busy = replace(STORY, is_busy=True)
    assert "being changed" in reasons(WHOLE, busy)
    assert verdict(FACTS, busy) is Verdict.UNCHANGED


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"names": ("Ali Noor",), "given": frozenset({"byline"})}, "byline"),
        ({"day": date(2024, 7, 1), "given": frozenset({"date"})}, "date"),
        ({"section": "Sport", "given": frozenset({"section"})}, "section"),
    ],
)
def test_what_a_person_gives_against_the_story_is_refused(change: dict[str, object], name: str) -> None:
    assert f"another {name}" in reasons(replace(WHOLE, **change), LIVE)


def test_what_the_page_prints_against_the_story_is_left() -> None:
    printed = replace(WHOLE, names=("Ali Noor",), section="Sport", day=date(2024, 7, 1))
    assert verdict(printed, LIVE) is Verdict.UNCHANGED


def test_the_same_given_in_other_letters_is_no_conflict() -> None:
    given = frozenset({"byline", "section", "date"})
    again = replace(WHOLE, names=("JANE DOE",), section="TRANSPORT", given=given)
    assert verdict(again, LIVE) is Verdict.UNCHANGED


def test_another_text_under_the_same_headline_that_shares_a_paragraph_is_refused() -> None:
    changed = replace(FACTS, paragraphs=(LONG, "Another end."))
    assert "not the one imported" in reasons(changed, STORY)


def test_another_text_under_the_same_headline_that_shares_nothing_is_another_story() -> None:
    other = replace(FACTS, paragraphs=("It rained on the coast for the whole of the week, the weather office said.",))
    assert match(other, [STORY]) is None
    assert verdict(other, STORY) is Verdict.MADE


def test_a_page_completes_the_draft_of_its_headline_and_gives_it_a_section() -> None:
    bare = Standing(story=2, headline="Bridge opens", section="Recovered", day=date(2024, 7, 4), is_recovered=True)
    decision = decide(FACTS, [bare], publish=False, now=NOW)
    assert decision.verdict is Verdict.COMPLETED
    assert {"section", "text"} <= decision.fields
    assert "date" not in decision.fields


def test_a_person_may_correct_the_date_of_a_recovered_headline() -> None:
    bare = Standing(story=2, headline="Bridge opens", section="Recovered", day=date(2024, 7, 1), is_recovered=True)
    given = replace(WHOLE, given=frozenset({"date", "section"}))
    decision = decide(given, [bare], publish=False, now=NOW)
    assert (decision.verdict, "date" in decision.fields) == (Verdict.COMPLETED, True)


def test_the_date_of_a_recovered_headline_is_enough_to_publish() -> None:
    bare = Standing(story=2, headline="Bridge opens", section="Recovered", day=date(2024, 7, 4), is_recovered=True)
    assert decide(replace(FACTS, standfirst=SAID, names=("Jane Doe",)), [bare], publish=True, now=NOW).publish


def test_the_same_text_is_found_before_a_bare_headline() -> None:
    bare = Standing(story=2, headline="Bridge opens", is_recovered=True)
    assert match(FACTS, [bare, STORY]) is STORY
