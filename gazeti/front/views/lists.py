"""Lists that are no page of the tree: recent stories, an author's, a topic's, a search's.

They only answer reads, so no token is asked before another method is refused.
"""

from typing import Any
from urllib.parse import quote_plus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge, guard
from gazeti.front import queries, rules
from gazeti.front.views.answer import answer
from gazeti.stories.actions.purge import RECENT
from gazeti.stories.models import Author, Topic
from gazeti.stories.queries import Run, all_stories, found_stories, run_of_author, run_of_topic

SEARCHES = (
    guard.Limit("searches", most=120, seconds=60, by=("address", "device"), slack=30),
    guard.Limit("searches from one network", most=1200, seconds=60, by=("address",), slack=300),
)
"""How often one may search; a carrier's phones share the second alone."""


@csrf_exempt
@require_safe
@edge.tagged(RECENT)
def recent(request: HttpRequest) -> HttpResponse:
    """All public stories, the newest first."""
    facts = {"heading": _("Recent stories"), "address_here": "/recent/"}
    return _list(request, all_stories(), facts, tags={RECENT})


@csrf_exempt
@require_safe
@edge.tagged()
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an author is, and what they wrote."""
    person = get_object_or_404(Author.objects.select_related("picture"), slug=slug)
    facts = {
        "heading": person.name,
        "author": person,
        "about": person.about,
        "address_here": person.address,
        "portrait": person.picture.thumbnail if person.picture else None,
    }
    return _list(request, run_of_author(person), facts, tags={f"author:{person.pk}", f"picture:{person.picture_id}"})


@csrf_exempt
@require_safe
@edge.tagged()
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories on a topic."""
    about = get_object_or_404(Topic, slug=slug)
    facts = {"heading": about.name, "about": about.description, "address_here": about.address}
    return _list(request, run_of_topic(about), facts, tags={f"topic:{about.pk}"})


@csrf_exempt
@require_safe
@edge.uncached
@guard.limited(*SEARCHES)
def search(request: HttpRequest) -> HttpResponse:
    """Stories by their words; with none given, the box alone.

    Kept by nobody: the index learns of a story a moment after the purge that its publication caused.
    """
    words = request.GET.get("q", "").replace("\x00", "")[: rules.LONGEST_SEARCH].strip()
    around = queries.surroundings()
    found = found_stories(words, most=rules.MOST_FOUND)
    window = _window(request, total=len(found))
    listed = queries.listed(found[window.start : window.end], parts=around["parts"])
    shown = queries.with_rows(queries.covered().flagged(listed))
    facts = {
        **around,
        "heading": _("Search"),
        "address_here": "/search/",
        "words": words,
        "encoded": quote_plus(words),
        "total": len(found),
        "window": window,
        "stories": shown,
    }
    return answer(request, "front/search.html", facts, bundle="front", tags=set())


def _list(request: HttpRequest, found: Run, facts: dict[str, Any], *, tags: set[str]) -> HttpResponse:
    around = queries.surroundings()
    try:
        shown = queries.list_page(
            found, parts=around["parts"], asked=edge.parameter(request, "page"), each=rules.RECENT_ON_PAGE
        )
    except rules.NoSuchPage as error:
        raise Http404 from error
    return answer(request, "front/list.html", {**around, **shown, **facts}, bundle="front", tags=tags)


def _window(request: HttpRequest, *, total: int) -> rules.Window:
    try:
        return rules.window(request.GET.get("page"), total=total, each=rules.RECENT_ON_PAGE)
    except rules.NoSuchPage as error:
        raise Http404 from error
