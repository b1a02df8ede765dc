"""What readers are told when there is nothing to show: not found, gone, refused, failed."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.edge.tags import named
from gazeti.front import queries
from gazeti.front.views.answer import KEPT, answer
from gazeti.stories.models import Story
from gazeti.stories.queries import Moved, moved_from, turns_on_query

AGAIN_SECONDS = 30
"""When it is worth asking again (Retry-After, RFC 9110, 10.2.3)."""
READING = frozenset({"GET", "HEAD"})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the search and the newest stories' list at hand; or the way to where it is now."""
    tags = {f"path:{request.path}", *getattr(exception, "tags", ())}
    moved = _moved(request) if request.method in READING else None
    if moved is not None:
        return _elsewhere(moved, tags=tags)
    return answer(request, "front/404.html", queries.surroundings(), bundle="front", tags=tags, status=404)


def _moved(request: HttpRequest) -> Moved | None:
    """Where it is now. Whatever is appended to an address, the answer is one, unless a redirect may be from that."""
    path = edge.whole_query(request) if turns_on_query(request.get_full_path()) else request.get_full_path()
    return moved_from(path)


def _elsewhere(moved: Moved, *, tags: set[str]) -> HttpResponse:
    """301 or 302 to where a page went (RFC 9110, 15.4), kept and purged as a page is."""
    kind = HttpResponsePermanentRedirect if moved.is_permanent else HttpResponseRedirect
    response = kind(moved.address)
    response["Cache-Control"] = KEPT
    return edge.tag(response, SITE, *tags, *named("story", {moved.page} if moved.page else ()))


def gone(request: HttpRequest, story: Story) -> HttpResponse:
    """410 for a story that was out and was taken back, with the newsroom's sentence for readers (RFC 9110, 15.5.11)."""
    facts = {**queries.surroundings(), "note": story.withdrawn_note, "has_expired": story.expired}
    return answer(request, "front/410.html", facts, bundle="front", tags={f"story:{story.pk}"}, status=410)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it is the database that does not answer (RFC 9110, 15.6); made without it."""
    words = _("It is not you. The page could not be made; try again in a minute.")
    is_away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    response = _bare(_("Something broke on our side"), words, status=503 if is_away else 500)
    response["Retry-After"] = str(AGAIN_SECONDS)
    return response


def refused(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403, also for a form whose token is missing or too old; what is wrong with the token is nobody's business."""
    words = _("The page may have been open for too long. Go back, load it again and send it once more.")
    return _bare(_("This was not accepted"), words, status=403)


def misunderstood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for a request that no browser sends by itself, such as one to a host that is not ours."""
    return _bare(_("This request could not be understood"), _("Check the address, and try again."), status=400)


def _bare(heading: Promise, words: Promise, *, status: int) -> HttpResponse:
    with override(settings.GAZETI_LANGUAGE):
        context = {"language": settings.GAZETI_LANGUAGE, "style": queries.style("front"), "heading": heading}
        html = render_to_string("front/bare.html", {**context, "words": words})
    response = HttpResponse(html, status=status)
    response["Content-Security-Policy"] = queries.policy()
    response["Cache-Control"] = "no-store"
    return response
