"""What an import did with a page, or would do, as it is told to the person who ran it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from gazeti.archive.formats.found import Confidence, Found, LeftOut, ParsedPage
from gazeti.archive.queries.plan import Given, Plan, RecentPlan
from gazeti.archive.rules import Verdict
from gazeti.plain.words import joined

KEPT = "the story has it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a page, its story, each fact with its confidence, and what was left out of the story."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    story: int | None = None
    address: str = ""
    is_live: bool = False
    fields: dict[str, Found[str]] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    recent: tuple[RecentPlan, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def outcome_of(plan: Plan, *, parsed: ParsedPage, given: Given) -> Outcome:
    """What the plan would do, without a story's id and address: those are known once it is done."""
    decision = plan.decision
    return Outcome(
        verdict=decision.verdict,
        reasons=decision.reasons,
        is_live=decision.publish or bool(decision.standing and decision.standing.is_live),
        fields=dict(_fields(plan, parsed=parsed, given=given)),
        filled=decision.fields,
        recent=plan.recent,
        left_out=parsed.left_out,
    )


def _fields(plan: Plan, *, parsed: ParsedPage, given: Given) -> Iterator[tuple[str, Found[str]]]:
    """Each fact as words: given by a person, else printed on the page, else what the story had before."""
    facts, standing = plan.facts, plan.decision.standing
    byline = joined(list(facts.names), last="and")
    yield from _fact("section", facts.section, parsed.section, is_given=bool(given.section))
    yield from _fact("headline", facts.headline, parsed.headline)
    yield from _fact("standfirst", facts.standfirst, parsed.standfirst)
    if facts.byline or standing is None:
        shown = " | ".join(filter(None, [byline, facts.credit]))
        yield from _fact("byline", shown, parsed.byline, is_given=bool(given.byline))
    elif standing.byline:
        yield "byline", Found(", ".join(standing.byline), Confidence.HIGH, KEPT)
    if facts.day or standing is None:
        yield from _fact("date", str(facts.day or ""), parsed.date, is_given=bool(given.date))
    elif standing.day:
        yield "date", Found(str(standing.day), Confidence.HIGH, KEPT)
    yield from _fact("language", facts.language, parsed.language)
    yield from _fact("text", f"{len(facts.paragraphs)} paragraphs" if facts.paragraphs else "", parsed.body)


def _fact(
    name: str, value: str, found: Found[object] | None, *, is_given: bool = False
) -> Iterator[tuple[str, Found[str]]]:
    if is_given:
        yield name, Found(value, Confidence.GIVEN, f"given with --{name}")
    elif value and found is not None:
        yield name, Found(value, found.confidence, found.because)
