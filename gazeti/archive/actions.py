"""Importing a page: its story made, completed or published, the headlines beside it kept as drafts. All or nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import get_default_timezone

from gazeti import log
from gazeti.archive.formats.found import ParsedPage
from gazeti.archive.models import ImportedPage
from gazeti.archive.queries import Given, Outcome, Plan, RecentPlan, outcome_of, plan_page, would_stand
from gazeti.archive.rules import RECOVERED, Facts, Standing, Verdict, body_key, headline_key
from gazeti.media.actions import finish_renditions
from gazeti.plain.words import free_slug
from gazeti.stories.actions import NotReady, author_named, file_section, file_story, publish_story, revise_story
from gazeti.stories.models import Front, Section, Story

STREAM = "archive"
NO_FRONT = "the newsroom has no front to put it under (make one with `gazeti new`)"


def import_page(
    parsed: ParsedPage,
    *,
    given: Given,
    now: datetime,
    publish: bool = False,
    source: str = "",
    by: AbstractBaseUser | None = None,
) -> Outcome:
    """Make or complete the page's story, and keep the other headlines it lists as drafts.

    All of it or, with reasons, nothing. The same page again changes nothing.
    """
    if publish:
        # Whatever is still to be encoded is encoded before the transaction opens.
        finish_renditions()
    try:
        with transaction.atomic():
            front = _held_front()
            plan = plan_page(parsed, given=given, publish=publish, now=now)
            outcome = outcome_of(plan, parsed=parsed)
            if plan.decision.verdict is Verdict.REFUSED:
                return outcome
            if front is None:
                return Outcome(Verdict.REFUSED, (NO_FRONT,))
            return _carried_out(plan, outcome=outcome, front=front, now=now, source=source, by=by)
    except NotReady as error:
        return Outcome(Verdict.REFUSED, tuple(error.reasons))
    except ValidationError as error:
        return Outcome(Verdict.REFUSED, tuple(error.messages))


def rehearse_page(
    parsed: ParsedPage, *, given: Given, now: datetime, rehearsed: dict[str, Standing], publish: bool = False
) -> Outcome:
    """What importing the page would do, without doing it; `rehearsed` collects what a dry run would have made."""
    plan = plan_page(parsed, given=given, publish=publish, now=now, rehearsed=rehearsed)
    rehearsed.update(would_stand(plan))
    return outcome_of(plan, parsed=parsed)


def _held_front() -> Front | None:
    """The front, held until the import is done: two imports at once would both make a section, or a story."""
    return Front.objects.select_for_update().order_by("path").first()


def _carried_out(
    plan: Plan, *, outcome: Outcome, front: Front, now: datetime, source: str, by: AbstractBaseUser | None
) -> Outcome:
    story = _story(plan, front=front, now=now, by=by)
    _keep_headlines(plan.recent, front=front, now=now, source=source, by=by)
    if plan.decision.verdict is not Verdict.UNCHANGED:
        _remember(plan, story=story, now=now, source=source)
    return replace(outcome, story=story.pk, address=story.address, is_live=story.live)


def _story(plan: Plan, *, front: Front, now: datetime, by: AbstractBaseUser | None) -> Story:
    """The page's story as the plan wants it: filed, completed, published, or as it is."""
    decision, standing = plan.decision, plan.decision.standing
    if standing is None:
        section = file_section(front, title=plan.facts.section, by=by)
        story = file_story(
            section, headline=plan.facts.headline, now=now, by=by, **_values(plan.facts, fields=decision.fields)
        )
    else:
        story = Story.objects.get(pk=standing.story)
        if decision.fields:
            story = _completed(story, plan=plan, front=front, now=now, by=by)
    return publish_story(story, now=now, by=by) if decision.publish else story


def _completed(story: Story, *, plan: Plan, front: Front, now: datetime, by: AbstractBaseUser | None) -> Story:
    """The story with the facts it lacked; one that was a headline alone moves into its section."""
    values = _values(plan.facts, fields=plan.decision.fields)
    if "section" in plan.decision.fields:
        story = _moved(story, into=file_section(front, title=plan.facts.section, by=by), by=by)
        values |= {"recovered": False, "slug": story.slug}
    revise_story(story, now=now, by=by, **values)
    return Story.objects.get(pk=story.pk)


def _moved(story: Story, *, into: Section, by: AbstractBaseUser | None) -> Story:
    """The story in this section, under an address that is free there; it was never public, so none is left behind."""
    before = story.get_parent()
    if before.pk == into.pk:
        return story
    siblings = before.get_children().exclude(pk=story.pk) | into.get_children()
    slug = free_slug(story.slug, taken=set(siblings.values_list("slug", flat=True)))
    if slug != story.slug:
        # Wagtail refuses a move onto a taken address, so the address changes first.
        story.slug = slug
        story.save()
    story.move(into, pos="last-child", user=by)
    return Story.objects.get(pk=story.pk)


def _values(facts: Facts, *, fields: Iterable[str]) -> dict[str, Any]:
    """The facts named, as `stories.actions` takes them."""
    values: dict[str, Any] = {}
    if "standfirst" in fields:
        values["standfirst"] = facts.standfirst
    if "byline" in fields:
        values |= {"authors": list(dict.fromkeys(map(author_named, facts.names))), "credit": facts.credit}
    if "date" in fields:
        values |= {"published_at": facts.published_at, "day_only": facts.day_only}
    if "language" in fields and facts.language:
        values["language"] = facts.language
    if "text" in fields:
        values["body"] = [("text", _rich_text(facts.paragraphs))]
    return values


def _rich_text(paragraphs: Iterable[str]) -> str:
    """The paragraphs as one block of text, every sign as it was printed."""
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def _keep_headlines(
    recent: Iterable[RecentPlan], *, front: Front, now: datetime, source: str, by: AbstractBaseUser | None
) -> None:
    """A draft for each new headline, in a section of their own that no reader sees."""
    new = [each.recent for each in recent if each.verdict is Verdict.MADE]
    if not new:
        return
    section = file_section(front, title=RECOVERED, in_navigation=False, is_public=False, by=by)
    # The newest is printed first and shall have the highest number, by which stories of one moment are ordered.
    for each in reversed(new):
        moment = each.date.value.moment(get_default_timezone(), now=now) if each.date else None
        facts = {"published_at": moment, "day_only": bool(each.date and each.date.value.clock is None)}
        story = file_story(section, headline=each.headline, now=now, by=by, recovered=True, **facts)
        key = headline_key(each.headline)
        filled = ["date"] if moment else []
        ImportedPage.objects.create(
            headline_key=key, story=story, filled=filled, source=source, imported_at=now, changed_at=now
        )
        log.append(STREAM, "headline", {"story": story.pk, "headline": key})


def _remember(plan: Plan, *, story: Story, now: datetime, source: str) -> None:
    """Tie the page to its story, with the facts that imports gave it."""
    key, text = headline_key(plan.facts.headline), body_key(plan.facts.paragraphs)
    row = (
        ImportedPage.objects.filter(headline_key=key, story=story).first()
        or ImportedPage.objects.filter(headline_key=key, body_key=text, story=None).first()
        or ImportedPage(headline_key=key, imported_at=now, source=source)
    )
    row.story, row.body_key, row.changed_at = story, text, now
    row.filled = sorted({*row.filled, *plan.decision.fields})
    row.save()
    log.append(
        STREAM,
        plan.decision.verdict.value,
        {"story": story.pk, "headline": key, "body": text, "published": plan.decision.publish},
    )
