"""A story that is covered live: as it stands, its older updates, what is new since an event; all without script."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from gazeti import edge
from gazeti.comments.actions.purge import tag_of as tag_of_comments
from gazeti.comments.queries.discussions import IN_FORCE
from gazeti.comments.queries.under import under
from gazeti.edge.tags import named
from gazeti.front import queries, rules
from gazeti.front.views.answer import answer
from gazeti.live.actions.events import tag_of
from gazeti.live.queries.coverages import known
from gazeti.live.queries.pages import Standing, as_it_stands, coverage_standing, new_since, older_than
from gazeti.live.rules import State
from gazeti.stories.models import Story

AGAIN = ("30", "60", "300")
"""Seconds that a reader may choose after which the page loads itself again (WCAG 2.2.2: never of its own accord)."""
PARAMETERS = ("before", "refresh", "since")


def state_of(page: Story, request: HttpRequest) -> State | None:
    """Where the coverage of a story stands that a reader gets or an editor previews; None where it has none, and of a
    draft that is weighed, or shown by its link, which opens no pictures but its own.
    """
    is_shown = hasattr(page, "is_open") or getattr(request, "is_preview", False)
    return known().state_of(page.pk) if is_shown and page.pk else None


def coverage_answer(page: Story, request: HttpRequest) -> HttpResponse:
    """The coverage's page, or the part of it that the query asks for. Raises Http404 for what is no number."""
    before, refresh, since = (edge.parameter(request, name) for name in PARAMETERS)
    # Together, the one that is not looked at could have any value, each of them another page to keep.
    if (refresh is not None and refresh not in AGAIN) or None not in (before, since):
        raise Http404
    number = _number(before if since is None else since)
    if number is None:
        return _whole(request, page, again=refresh or "")
    standing = coverage_standing(page.pk)
    if number > standing.head:
        # Kept, anybody could fill the memory with numbers that are not reached.
        return _to_its_top(page)
    part = _older if since is None else _new
    return part(request, page, standing, number)


def _whole(request: HttpRequest, page: Story, *, again: str) -> HttpResponse:
    around = queries.surroundings()
    facts = queries.story_itself(page, parts=around["parts"])
    standing, part = as_it_stands(page.pk, said=page.language)
    shown = {
        "part": part,
        "again": "" if standing.is_closed else again,
        "discussion": under(page, now=timezone.now(), is_new=not hasattr(page, "is_open")),
        "tags": facts["tags"] | part.tags,
    }
    tags = {tag_of_comments(page.pk), IN_FORCE, *named("author", (author.pk for author in facts["authors"]))}
    tags |= named("topic", (topic.pk for topic in facts["topics"]))
    return _answer(request, page, standing, "front/coverage.html", {**around, **facts, **shown}, tags=tags)


def _older(request: HttpRequest, page: Story, standing: Standing, before: int) -> HttpResponse:
    part = older_than(standing, number=before, said=page.language)
    if not part.updates:
        return _to_its_top(page)
    facts = {"part": part, "tags": part.tags, "is_older": True}
    return _beside(request, page, standing, "front/coverage_older.html", facts)


def _new(request: HttpRequest, page: Story, standing: Standing, since: int) -> HttpResponse:
    new = new_since(standing, number=since, said=page.language)
    return _beside(request, page, standing, "front/coverage_new.html", {"new": new, "tags": new.tags})


def _beside(
    request: HttpRequest, page: Story, standing: Standing, template: str, facts: dict[str, Any]
) -> HttpResponse:
    around = queries.surroundings()
    about = {
        "section": around["parts"].section_of(page),
        "story_language": queries.other_language(page, site=settings.GAZETI_LANGUAGE),
    }
    return _answer(request, page, standing, template, {**around, **about, **facts}, tags=set())


def _answer(
    request: HttpRequest, page: Story, standing: Standing, template: str, facts: dict[str, Any], *, tags: set[str]
) -> HttpResponse:
    shown = {**facts, "page": page, "story": page, "standing": standing}
    return answer(request, template, shown, bundle="live", tags={f"story:{page.pk}", tag_of(page.pk), *tags})


def _number(asked: str | None) -> int | None:
    if asked is None:
        return None
    try:
        return rules.page_number(asked)
    except rules.NoSuchPage as error:
        raise Http404 from error


def _to_its_top(page: Story) -> HttpResponse:
    response = HttpResponseRedirect(page.address)
    response["Cache-Control"] = "no-store"
    return response
