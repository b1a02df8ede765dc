"""The whole plan of an import, read before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import get_default_timezone

from gazeti.archive.formats.found import Byline, Dated, ParsedPage, Recent
from gazeti.archive.models import ImportedPage
from gazeti.archive.queries.standing import standings_of
from gazeti.archive.rules import Decision, Facts, Standing, Verdict, body_key, decide, headline_key, spellings
from gazeti.plain.words import normalised
from gazeti.stories.models import Story
from gazeti.stories.rules import HEADLINE_LENGTH, LANGUAGES


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said of a page, beside the page; empty or None where nothing was."""

    section: str = ""
    byline: Byline | None = None
    date: Dated | None = None


@dataclass(frozen=True, slots=True)
class RecentPlan:
    """What to do with a headline from a list of other stories, and why nothing where that is so."""

    recent: Recent
    verdict: Verdict
    because: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import of one page would do, whole."""

    facts: Facts
    decision: Decision
    recent: tuple[RecentPlan, ...] = ()


def plan_page(
    parsed: ParsedPage,
    *,
    given: Given,
    publish: bool,
    now: datetime,
    rehearsed: Mapping[str, Standing] | None = None,
) -> Plan:
    """What an import of the page would do; `rehearsed` are the stories a dry run would have by now, by their key."""
    facts = facts_of(parsed, given=given, now=now)
    rehearsed = rehearsed or {}
    key = headline_key(facts.headline)
    standings = [*([rehearsed[key]] if key in rehearsed else []), *standings_of(facts.headline)]
    decision = decide(facts, standings, publish=publish, now=now)
    if decision.verdict is Verdict.REFUSED:
        return Plan(facts, decision)
    return Plan(facts, decision, recent_plans(parsed.recent, known=rehearsed))


def would_stand(plan: Plan) -> dict[str, Standing]:
    """The stories that the newsroom would have after this plan, by their key, for a dry run's next page."""
    kept = [each.recent.headline for each in plan.recent if each.verdict is Verdict.MADE]
    stories = {headline_key(headline): Standing(story=0, headline=headline, is_recovered=True) for headline in kept}
    facts, before = plan.facts, plan.decision.standing
    if plan.decision.verdict in {Verdict.MADE, Verdict.COMPLETED}:
        stories[headline_key(facts.headline)] = Standing(
            story=before.story if before else 0,
            headline=facts.headline,
            section=facts.section,
            standfirst=facts.standfirst,
            byline=facts.byline or (before.byline if before else ()),
            day=facts.day or (before.day if before else None),
            words=normalised(" ".join(facts.paragraphs)),
            body_key=body_key(facts.paragraphs),
            filled=plan.decision.fields,
            is_live=plan.decision.publish or bool(before and before.is_live),
        )
    return stories


def facts_of(parsed: ParsedPage, *, given: Given, now: datetime) -> Facts:
    """The page's facts, those that a person gave before those that were printed."""
    zone = get_default_timezone()
    byline = given.byline or (parsed.byline.value if parsed.byline else Byline())
    dated = given.date or (parsed.date.value if parsed.date else None)
    moment = dated.moment(zone, now=now) if dated else None
    language = parsed.language.value if parsed.language else ""
    said = {"section": given.section, "byline": given.byline, "date": given.date}
    return Facts(
        headline=parsed.headline.value if parsed.headline else "",
        section=given.section or (parsed.section.value if parsed.section else ""),
        standfirst=parsed.standfirst.value if parsed.standfirst else "",
        names=byline.names,
        credit=byline.credit,
        published_at=moment,
        day_only=bool(dated and dated.clock is None),
        day=moment.astimezone(zone).date() if moment else None,
        language=language if language in dict(LANGUAGES) else "",
        paragraphs=parsed.body.value if parsed.body else (),
        given=frozenset(name for name, value in said.items() if value),
    )


def recent_plans(recent: Sequence[Recent], *, known: Collection[str] = ()) -> tuple[RecentPlan, ...]:
    """What to do with each headline: a draft if the newsroom has nothing under it and never deleted it. Two queries."""
    keys = {each.headline: headline_key(each.headline) for each in recent}
    rows = ImportedPage.objects.filter(headline_key__in=keys.values()).values_list("headline_key", "story")
    deleted = {key for key, story in rows if story is None}
    written = {title for each in recent for title in spellings(each.headline)}
    titles = Story.objects.filter(title__in=written).values_list("title", flat=True)
    here = {key for key, story in rows if story is not None} | set(known) | {headline_key(title) for title in titles}
    return tuple(_recent_plan(each, key=keys[each.headline], here=here, deleted=deleted) for each in recent)


def _recent_plan(recent: Recent, *, key: str, here: Collection[str], deleted: Collection[str]) -> RecentPlan:
    length = len(recent.headline)
    if key in here:
        return RecentPlan(recent, Verdict.UNCHANGED, "the newsroom has this headline")
    if key in deleted:
        return RecentPlan(recent, Verdict.SKIPPED, "it was deleted at the desk")
    if length > HEADLINE_LENGTH:
        return RecentPlan(recent, Verdict.SKIPPED, f"it has {length} characters and at most {HEADLINE_LENGTH} fit")
    return RecentPlan(recent, Verdict.MADE)
