"""One way to answer a reader: a template in the newsroom's language, its style and policy, its cache tags."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.front import queries

KEPT = "public, no-cache"
"""Whoever keeps it asks first whether it is still so: a purge reaches no browser."""


def answer(
    request: HttpRequest, template: str, facts: dict[str, Any], *, bundle: str, tags: set[str], status: int = 200
) -> HttpResponse:
    """Render without the request: an anonymous page is the same bytes for everyone (house decision 2)."""
    language = settings.GAZETI_LANGUAGE
    with override(language):
        context = {"language": language, "style": queries.style(bundle), "path": request.path, **facts}
        response = HttpResponse(render_to_string(template, context), status=status)
    response["Content-Security-Policy"] = queries.policy(framed=getattr(request, "is_preview", False))
    response["Cache-Control"] = KEPT
    return edge.tag(response, SITE, *tags, *facts.get("tags", ()))
