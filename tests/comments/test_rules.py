"""The policy: each step finds what is its own and nothing else, and the first that finds decides."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gazeti.comments.rules import HOLDS, REFUSALS, SENTENCES, STEPS, Facts, Finding, Mode, Rule, Said, State, judged
from tests.newsroom import NOW

SAID = Said("I would like to know what this means for traders at the port.", "A reader", "reader@paper.example")
FACTS = Facts(NOW, approved=3, has_worked=True, staff_names=frozenset({"asha juma"}))
REJECTED, HELD, SPAM = State.REJECTED, State.HELD, State.SPAM

Case = tuple[State, dict[str, Any], dict[str, Any], tuple[str, ...]]
CASES: dict[Rule, Case] = {
    Rule.CLOSED: (REJECTED, {"is_open": False}, {"is_open": True}, ()),
    Rule.BANNED: (REJECTED, {"is_banned": True}, {"is_banned": False}, ()),
    Rule.SUSPENDED: (REJECTED, {"suspended_until": NOW + timedelta(seconds=1)}, {"suspended_until": NOW}, ()),
    Rule.REPEATED: (REJECTED, {"is_repeated": True}, {"is_repeated": False}, ()),
    Rule.TRAP_FILLED: (SPAM, {"trapped": ("filled",)}, {"trapped": ("something new",)}, ()),
    Rule.TRAP_FORGED: (SPAM, {"trapped": ("forged",)}, {"trapped": ()}, ()),
    Rule.BANNED_WORDS: (
        REJECTED,
        {"body": "Sema TWIGA-nne, sema twiga nne!", "banned_words": ("twiga nne",)},
        {"body": "Sema twiga tatu na twigannee.", "banned_words": ("twiga nne",)},
        ("TWIGA-nne", "twiga nne"),
    ),
    Rule.MUTED: (HELD, {"is_muted": True}, {"is_muted": False}, ()),
    Rule.NEWSROOM_NAME: (HELD, {"name": "A\u0455ha J\u00fcma"}, {"name": "Asha Jumanne"}, ("A\u0455ha J\u00fcma",)),
    Rule.LINKS: (
        HELD,
        {"body": "http://a.example/1 and www.b.example"},
        {"body": "http://a.example/1 alone"},
        ("http://a.example/1", "www.b.example"),
    ),
    Rule.ADVERTISING: (
        HELD,
        {"body": "Nice. Check out my new channel!"},
        {"body": "Check out the new channel they dug to the sea."},
        ("Check out my new channel",),
    ),
    Rule.SUSPECT_WORDS: (
        HELD,
        {"body": "What a tw1ga.", "suspect_words": ("twiga",)},
        {"body": "What a twigaa.", "suspect_words": ("twiga",)},
        ("tw1ga",),
    ),
    Rule.TOO_FAST: (HELD, {"is_too_fast": True}, {"is_too_fast": False}, ()),
    Rule.TRAP_FALLEN: (HELD, {"trapped": ("fallen",)}, {"trapped": ()}, ()),
    Rule.FORM_FAST: (HELD, {"trapped": ("fast",)}, {"trapped": ()}, ()),
    Rule.FORM_STALE: (HELD, {"trapped": ("stale",)}, {"trapped": ()}, ()),
    Rule.FORM_UNSTAMPED: (HELD, {"trapped": ("unstamped",)}, {"trapped": ()}, ()),
    Rule.NO_WORK: (HELD, {"has_worked": False}, {"has_worked": False, "is_signed_in": True}, ()),
    Rule.FIRST_TIME: (HELD, {"approved": 0}, {"approved": 1}, ()),
    Rule.MODE: (HELD, {"mode": Mode.HOLD}, {"mode": Mode.OPEN}, ()),
}


def situation(*changes: dict[str, Any]) -> tuple[Said, Facts]:
    """Return a good comment and what is known of it, with these changes."""
    changed = {name: value for change in changes for name, value in change.items()}
    said = {name: value for name, value in changed.items() if name in Said.__slots__}
    return replace(SAID, **said), replace(FACTS, **{name: changed[name] for name in set(changed) - set(said)})


def test_a_good_comment_passes_every_step() -> None:
    assert [step(SAID, FACTS) for step in STEPS] == [None] * len(STEPS)
    assert judged(SAID, FACTS) == (State.PUBLISHED, Rule.PASSED, ())


@pytest.mark.parametrize("rule", CASES)
def test_a_comment_that_breaks_one_rule_is_found_by_that_step_alone(rule: Rule) -> None:
    state, broken, _, words = CASES[rule]
    said, facts = situation(broken)
    assert [found for step in STEPS if (found := step(said, facts))] == [Finding(state, rule, words)]
    assert judged(said, facts) == (state, rule, words)


@pytest.mark.parametrize("rule", CASES)
def test_a_near_miss_passes(rule: Rule) -> None:
    assert judged(*situation(CASES[rule][2])) == (State.PUBLISHED, Rule.PASSED, ())


def test_every_rule_is_tried_here() -> None:
    assert {*CASES, Rule.NEWSROOM, Rule.PASSED} == set(Rule)


def test_where_several_rules_are_broken_the_first_decides_and_every_word_is_the_writers() -> None:
    die = random.Random(5)
    order = list(Rule)
    for _ in range(300):
        broken = die.sample(sorted(CASES, key=order.index), k=die.randint(2, 6))
        said, facts = situation(*(CASES[rule][1] for rule in broken))
        found = judged(said, facts)
        assert found.state in (REJECTED, SPAM, HELD)
        assert found == next(one for step in STEPS if (one := step(said, facts)))
        assert order.index(Rule(found.rule)) <= max(map(order.index, broken))
        assert all(word in said.body or word == said.name for word in found.words)


def test_every_refusal_comes_before_every_hold() -> None:
    refused, held = situation(*(case[1] for case in CASES.values() if case[0] != HELD)), SAID
    assert {found.state for step in REFUSALS if (found := step(*refused))} == {REJECTED, SPAM}
    everything = situation(*(case[1] for case in CASES.values()))
    assert {found.state for step in HOLDS if (found := step(*everything))} == {HELD}
    assert held == SAID


@pytest.mark.parametrize("rule", [rule for rule in CASES if rule not in (Rule.CLOSED, Rule.BANNED, Rule.SUSPENDED)])
def test_the_newsrooms_own_people_are_published_at_once(rule: Rule) -> None:
    said, facts = situation(CASES[rule][1], {"is_staff": True})
    assert judged(said, facts) == (State.PUBLISHED, Rule.NEWSROOM, ())


def test_not_even_the_newsroom_adds_to_a_closed_discussion() -> None:
    assert judged(*situation({"mode": Mode.CLOSED, "is_staff": True})).rule == Rule.CLOSED


@pytest.mark.parametrize(
    ("rule", "switch"),
    [
        (Rule.NO_WORK, {"asks_for_work": False}),
        (Rule.FIRST_TIME, {"first_time_waits": False}),
        (Rule.LINKS, {"links_allowed": 2}),
    ],
)
def test_what_the_newsroom_switches_off_holds_nothing(rule: Rule, switch: dict[str, Any]) -> None:
    assert judged(*situation(CASES[rule][1], switch)).rule == Rule.PASSED


def test_our_own_words_are_used_as_long_as_the_newsroom_wants_them() -> None:
    words = {"body": "Oh bullsh1t."}
    assert judged(*situation(words)) == (HELD, Rule.SUSPECT_WORDS, ("bullsh1t",))
    assert judged(*situation(words, {"uses_starter_words": False})).rule == Rule.PASSED


def test_the_name_is_looked_through_as_well() -> None:
    assert judged(*situation({"name": "Sh1t Head"})) == (HELD, Rule.SUSPECT_WORDS, ("Sh1t",))
    assert judged(*situation({"name": "cheap.example/pills"})) == (HELD, Rule.LINKS, ("cheap.example/pills",))


def test_each_rule_has_a_sentence_for_all_for_its_writer_and_for_moderators_in_the_order_of_the_steps() -> None:
    assert list(SENTENCES) == list(Rule)
    found = [judged(*situation(CASES[rule][1])).rule for rule in CASES]
    assert found == sorted(found, key=list(Rule).index)
    places = [next(at for at, step in enumerate(STEPS) if step(*situation(CASES[rule][1]))) for rule in CASES]
    assert places == sorted(places)
    assert all(sentence.strip().endswith((".", "!")) for three in SENTENCES.values() for sentence in three)


def test_a_rules_name_fits_into_its_column() -> None:
    assert max(map(len, Rule)) <= 30


def test_the_document_names_every_rule_in_its_order_with_what_becomes_of_the_comment() -> None:
    states = {rule: case[0] for rule, case in CASES.items()}
    rows = [f"| `{rule}` | {states.get(rule, State.PUBLISHED)} | {SENTENCES[rule].policy} |" for rule in Rule]
    text = (Path(__file__).parents[2] / "docs" / "comments-policy.md").read_text(encoding="utf-8")
    assert "\n".join(rows) in text
