"""Below a story's address: the story that the public may read, or what readers are told instead (house decision 5)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.base.models import framed_answer
from gazeti.stories.actions.purge import FRONT, RECENT
from gazeti.stories.models import Story
from gazeti.stories.queries import Standing, moved_from, page_at, root_of_paper, standing_of

View = Callable[..., HttpResponseBase]
CARRIED = ("after", "order", "root", "to")
"""Parameters that mean the same under the story's new address."""


def under_story(view: View) -> View:
    """Decorate a view of an address below a story's: it gets the story, if the public may read it.

    404 where it never could, 410 where it was taken back; where it moved, the way to the same below its new address.
    """
    return _below(view, is_for_all=True)


def under_any_story(view: View) -> View:
    """The same for what only somebody who knows a secret is told: the view gets the story whatever becomes of it."""
    return _below(view, is_for_all=False)


def _below(view: View, *, is_for_all: bool) -> View:
    @wraps(view)
    def answer(request: HttpRequest, section: str, slug: str, **facts: Any) -> HttpResponseBase:
        try:
            story = _story_at(section, slug, is_for_writing=request.method == "POST")
        except Story.DoesNotExist:
            return _elsewhere(request, f"/{section}/{slug}/")
        standing = standing_of(story) if is_for_all else Standing.OPEN
        if standing is Standing.ABSENT:
            return _elsewhere(request, f"/{section}/{slug}/")
        if standing is Standing.GONE:
            told = {"note": story.withdrawn_note, "has_expired": story.expired}
            return framed_answer(request, "comments/gone.html", told, tags={f"story:{story.pk}"}, status=410)
        return view(request, story, **facts)

    return answer


def _story_at(section: str, slug: str, *, is_for_writing: bool) -> Story:
    """The story at an address. Raises DoesNotExist.

    For what is written under it, it is known until its page is purged: to read it takes a tenth of a comment's time.
    """
    root = edge.known("root", tags={SITE, FRONT}, make=root_of_paper)

    def make() -> Story:
        found = page_at([section, slug], root=root)
        if not isinstance(found, Story):
            # Not remembered: anybody may ask for thousands.
            raise Story.DoesNotExist
        return found

    if not is_for_writing:
        return make()
    name = f"story at {root}{section}/{slug}"
    return edge.known(name, tags=lambda story: {SITE, FRONT, RECENT, f"story:{story.pk}"}, make=make)


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """The redirect to where a story's discussion went with it. What was sent is sent there: 307 (RFC 9110, 15.4.8)."""
    moved = moved_from(address)
    if moved is None or moved.page is None:
        raise Http404
    read = {name: edge.parameter(request, name) for name in CARRIED}
    query = urlencode({name: value for name, value in read.items() if value is not None})
    place = f"{moved.address}{request.path.removeprefix(address)}{'?' if query else ''}{query}"
    status = 307 if request.method == "POST" else 301 if moved.is_permanent else 302
    response = HttpResponse(status=status, headers={"Location": place, "Cache-Control": "public, no-cache"})
    return edge.tag(response, SITE, f"story:{moved.page}")
