"""How what went wrong is told to a program: problems (RFC 9457) with the reasons."""

from typing import Any

from django.db import DataError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition
from wagtail.api.v3.errors import problem_response, register_exception_handlers

from gazeti.stories.actions import NotReady
from gazeti.stories.actions.keep import OncePublished
from gazeti.stories.models import Story
from gazeti.stories.rules import Finding


def answer_problems(api: NinjaAPI) -> None:
    """Let an API answer refusals as problems: Wagtail's own, and those that are ours."""
    register_exception_handlers(api)
    api.exception_handler(NotReady)(not_ready)
    api.exception_handler(OncePublished)(once_published)
    api.exception_handler(ProtectedError)(still_used)
    api.exception_handler(RestrictedError)(still_used)
    api.exception_handler(OverflowError)(too_large)
    api.exception_handler(DataError)(too_large)
    api.exception_handler(InvalidMoveToDescendant)(no_such_place)
    api.exception_handler(InvalidPosition)(no_such_place)


def not_ready(_request: HttpRequest, refusal: NotReady) -> HttpResponse:
    """422 with every reason why a story may not go out: the rule's name, the sentence, the field that mends it."""
    errors = [_reason(finding, story=one.story) for one in refusal.refused for finding in one.findings]
    return problem_response(status=422, detail="The story is not ready to go out.", errors=errors)


def _reason(finding: Finding, *, story: Story) -> dict[str, Any]:
    return {
        "msg": finding.sentence,
        "rule": finding.rule,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "field": finding.field,
        "block": finding.block,
        "about": finding.about,
        "page": story.pk,
    }


def once_published(_request: HttpRequest, refusal: OncePublished) -> HttpResponse:
    """409: no role deletes what readers could read."""
    return problem_response(status=409, detail=str(refusal))


def still_used(_request: HttpRequest, _refusal: Exception) -> HttpResponse:
    """409: something else stands on it."""
    return problem_response(status=409, detail="Something else still uses this. Change that first.")


def too_large(_request: HttpRequest, _refusal: Exception) -> HttpResponse:
    """422: SQLite's driver and PostgreSQL each have their own way to say so."""
    return problem_response(status=422, detail="A value is larger than what is kept here, or of another kind.")


def no_such_place(_request: HttpRequest, _refusal: Exception) -> HttpResponse:
    """422: a page cannot stand below itself."""
    return problem_response(status=422, detail="A page cannot be moved to this place. Choose another.")
