"""What readers are told when there is nothing to show: not found, gone, failed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import Page

from gazeti.front import queries
from gazeti.front.views.answer import answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the search and the newest stories' list at hand."""
    tags = {f"path:{request.path}"}
    return answer(request, "front/404.html", queries.surroundings(), bundle="front", tags=tags, status=404)


def gone(request: HttpRequest, page: Page) -> HttpResponse:
    """410 for a story that was out and was taken back (RFC 9110, 15.5.11)."""
    tags = {f"story:{page.pk}"}
    return answer(request, "front/410.html", queries.surroundings(), bundle="front", tags=tags, status=410)


def failed(request: HttpRequest) -> HttpResponse:
    """500, made without the database, which may be what failed."""
    with override(settings.GAZETI_LANGUAGE):
        context = {"language": settings.GAZETI_LANGUAGE, "style": queries.style("front")}
        response = HttpResponse(render_to_string("front/500.html", context), status=500)
    response["Content-Security-Policy"] = queries.policy()
    response["Cache-Control"] = "no-store"
    return response
