"""What an import did with a page, or would do, as it is told to the person who ran it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from gazeti.archive.formats.found import Confidence, Found, LeftOut, ParsedPage
from gazeti.archive.queries.plan import Plan, RecentPlan
from gazeti.archive.rules import Verdict
from gazeti.plain.words import joined


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


def outcome_of(plan: Plan, *, parsed: ParsedPage) -> Outcome:
    """What the plan would do, without a story's id and address: those are known once it is done."""
    decision = plan.decision
    return Outcome(
        verdict=decision.verdict,
        reasons=decision.reasons,
        is_live=decision.publish or bool(decision.standing and decision.standing.is_live),
        fields=dict(_fields(plan, parsed=parsed)),
        filled=decision.fields,
        recent=plan.recent,
        left_out=parsed.left_out,
    )


def _fields(plan: Plan, *, parsed: ParsedPage) -> Iterator[tuple[str, Found[str]]]:
    """Each fact in words: what the story keeps, or what a person gave, or what is printed on the page."""
    facts = plan.facts
    printed: dict[str, tuple[str, Found[object] | None]] = {
        "section": (facts.section, parsed.section),
        "headline": (facts.headline, parsed.headline),
        "standfirst": (facts.standfirst, parsed.standfirst),
        "byline": (" | ".join(filter(None, [joined(list(facts.names), last="and"), facts.credit])), parsed.byline),
        "date": (str(facts.day or ""), parsed.date),
        "language": (facts.language, parsed.language),
        "text": (f"{len(facts.paragraphs)} paragraphs" if facts.paragraphs else "", parsed.body),
    }
    kept = _kept(plan)
    for name, (value, found) in printed.items():
        if name in kept:
            yield name, Found(kept[name], Confidence.HIGH, "the story has it")
        elif name in facts.given:
            yield name, Found(value, Confidence.GIVEN, f"given with --{name}")
        elif value and found is not None:
            yield name, Found(value, found.confidence, found.because)


def _kept(plan: Plan) -> dict[str, str]:
    """What the story has and the import leaves as it is."""
    standing = plan.decision.standing
    if standing is None or "section" in plan.decision.fields:
        return {}
    has = {
        "section": standing.section,
        "headline": standing.headline,
        "standfirst": standing.standfirst,
        "byline": ", ".join(standing.byline),
        "date": str(standing.day or ""),
    }
    return {name: value for name, value in has.items() if value and name not in plan.decision.fields}
