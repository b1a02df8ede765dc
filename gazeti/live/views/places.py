"""Below a covered story's address: the story that the public may read and its coverage, or what readers are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.base.models import framed_answer
from gazeti.live.queries.coverages import COVERAGES, known
from gazeti.stories.actions.purge import FRONT
from gazeti.stories.models import Story
from gazeti.stories.queries import Standing, moved_from, page_at, root_of_paper, standing_of

View = Callable[..., HttpResponseBase]
CARRIED = "after"
"""The parameter that means the same under the story's new address."""


def under_coverage(view: View) -> View:
    """Decorate a view of an address below a story's: it gets the story, if the public may read it and it is covered.

    404 where it never was, 410 where it was taken back; where it moved, the way to the same below its new address.
    """

    @wraps(view)
    def answer(request: HttpRequest, section: str, slug: str, **facts: Any) -> HttpResponseBase:
        root = edge.known("root", tags={SITE, FRONT}, make=root_of_paper)
        story = page_at([section, slug], root=root)
        standing = standing_of(story) if isinstance(story, Story) else Standing.ABSENT
        if story is None or standing is Standing.ABSENT:
            return _elsewhere(request, f"/{section}/{slug}/")
        if known().state_of(story.pk) is None:
            raise edge.Absent(COVERAGES)
        if standing is Standing.GONE:
            told = {"note": story.withdrawn_note, "has_expired": story.expired}
            return framed_answer(request, "live/gone.html", told, tags={f"story:{story.pk}"}, status=410)
        return edge.tag(view(request, story, **facts), f"story:{story.pk}")

    return answer


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """The redirect to where a story went with its coverage."""
    moved = moved_from(address)
    if moved is None or moved.page is None:
        raise Http404
    value = edge.parameter(request, CARRIED)
    query = f"?{urlencode({CARRIED: value})}" if value is not None else ""
    place = f"{moved.address}{request.path.removeprefix(address)}{query}"
    status = 301 if moved.is_permanent else 302
    response = HttpResponse(status=status, headers={"Location": place, "Cache-Control": "public, no-cache"})
    return edge.tag(response, SITE, f"story:{moved.page}")
