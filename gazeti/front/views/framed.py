"""Readers' pages of apps below the reader's site: their templates in the paper's frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from gazeti.front import queries
from gazeti.front.views.answer import answer


def framed(
    request: HttpRequest, template: str, facts: dict[str, Any], *, tags: set[str], status: int = 200
) -> HttpResponse:
    """Render an app's page with what stands around every page."""
    return answer(request, template, {**queries.surroundings(), **facts}, bundle="frame", tags=tags, status=status)
