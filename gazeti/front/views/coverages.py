"""All live coverage on one page: what goes on, what is to come, and what has ended, page by page."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.front import queries, rules
from gazeti.front.views.answer import answer
from gazeti.live.queries.coverages import COVERAGES, closed_coverages, known, planned_coverages
from gazeti.stories.actions.purge import RECENT
from gazeti.stories.queries import Parts
from gazeti.stories.queries.reading import chosen_stories

MOST_PLANNED = 20
CURRENT = mark_safe(' aria-current="page"')


@csrf_exempt
@require_safe
@edge.tagged(COVERAGES, RECENT)
def coverages(request: HttpRequest) -> HttpResponse:
    """The page of all coverages; those that have ended are paged."""
    around = queries.surroundings()
    try:
        ended = _ended(edge.parameter(request, "page"), parts=around["parts"])
    except rules.NoSuchPage as error:
        raise Http404 from error
    first = ended["window"].number == 1
    going_on = _going_on(around["parts"]) if first else []
    shown = {
        **around,
        **ended,
        "going_on": going_on,
        "planned": _planned(around["parts"]) if first else [],
        "tags": queries.listed_tags([*going_on, *ended["ended"]]),
        "heading": _("Live coverage"),
        "address_here": "/live/",
    }
    return answer(request, "front/coverages.html", shown, bundle="front", tags=set())


def coverages_link(*, path: str) -> SafeString:
    """The way there, at the foot of every page."""
    return format_html(' <a href="/live/"{}>{}</a>', CURRENT if path == "/live/" else "", _("Live coverage"))


def _going_on(parts: Parts) -> list[dict[str, Any]]:
    """The newest story's first, as in the strip."""
    return _rows(sorted(known().going_on, reverse=True), parts=parts)


def _planned(parts: Parts) -> list[dict[str, Any]]:
    begins = dict(planned_coverages(MOST_PLANNED))
    rows = queries.listed(chosen_stories(list(begins)), parts=parts)
    return [{**one, "begins": begins[one["story"].pk]} for one in rows]


def _ended(asked: str | None, *, parts: Parts) -> dict[str, Any]:
    number = rules.page_number(asked)
    start = (number - 1) * rules.RECENT_ON_PAGE
    found = closed_coverages(start, most=rules.COUNTED)
    window = rules.window_at(number, more=len(found), each=rules.RECENT_ON_PAGE)
    rows = _rows(found[: rules.RECENT_ON_PAGE], parts=parts)
    return {"window": window, "ended": rows}


def _rows(stories: Sequence[int], *, parts: Parts) -> list[dict[str, Any]]:
    rows = queries.listed(chosen_stories(stories), parts=parts)
    return queries.with_rows(queries.covered().flagged(rows))
