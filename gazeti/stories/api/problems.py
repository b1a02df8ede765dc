"""How what went wrong is told to a program: problems (RFC 9457) with the reasons."""

from typing import Any

from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition
from wagtail.api.v3.errors import problem_response, register_exception_handlers

from gazeti.stories.actions import NotReady


def answer_problems(api: NinjaAPI) -> None:
    """Let an API answer refusals as problems: Wagtail's own, and those that are ours."""
    register_exception_handlers(api)
    api.exception_handler(NotReady)(not_ready)
    api.exception_handler(ProtectedError)(still_used)
    api.exception_handler(RestrictedError)(still_used)
    api.exception_handler(InvalidMoveToDescendant)(no_such_place)
    api.exception_handler(InvalidPosition)(no_such_place)


def not_ready(_request: HttpRequest, refusal: NotReady) -> HttpResponse:
    """422 with every reason why a story may not go out: the rule's name, the sentence, the field that mends it."""
    errors: list[dict[str, Any]] = [
        {
            "msg": one.sentence,
            "rule": one.rule,
            "severity": one.severity,
            "sentence": one.sentence,
            "field": one.field,
            "block": one.block,
            "about": one.about,
        }
        for one in refusal.findings
    ]
    return problem_response(status=422, detail="The story is not ready to go out.", errors=errors)


def still_used(_request: HttpRequest, _refusal: Exception) -> HttpResponse:
    """409: something else stands on it."""
    return problem_response(status=409, detail="Something else still uses this. Change that first.")


def no_such_place(_request: HttpRequest, _refusal: Exception) -> HttpResponse:
    """422: a page cannot stand below itself."""
    return problem_response(status=422, detail="A page cannot be moved to this place. Choose another.")
