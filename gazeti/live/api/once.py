"""What every write of a coverage by the API has in common: its key, its answer, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.responses import NinjaJSONEncoder
from wagtail.api.v3.errors import problem_response

from gazeti import guard
from gazeti.live.actions import NotReady, OutOfReach, Refused, WasRefused
from gazeti.stories.rules import Finding

HEADER = "Idempotency-Key"
LONGEST = 200
TAKEN_OUT = "This was done, and has been taken out since."
NOT_READY = "These words may not go out as they are."
KEYS = {
    guard.BadKey: f"“{HEADER}” has 1 to {LONGEST} signs of ASCII without spaces.",
    guard.OtherRequest: "This key stood on another request before. Take a new one.",
    guard.StillAtIt: "The first request with this key is still being answered. Send it again in a moment.",
}
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Decorate a write: the same key again, of the same caller, gets the first answer and does nothing.

    A request without a key is done as often as it is sent. What was refused may be sent again with the same key.
    """

    @wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        key = key_in(request)
        if not key:
            return view(request, **values)
        asked = f"{request.method} {request.path}\0".encode() + request.body
        try:
            if len(key) > LONGEST:
                raise guard.BadKey
            scope = f"live api:{request.user.pk}"
            given = guard.once(key, scope=scope, fingerprint=asked, answer=lambda: view(request, **values))
            is_empty = given.status_code == guard.GONE and not given.content
            return problem_response(status=guard.GONE, detail=TAKEN_OUT) if is_empty else given
        except guard.KeyRefused as error:
            return problem_response(status=error.status, detail=KEYS[type(error)])

    return answer


def key_in(request: HttpRequest) -> str:
    """The key of a request, with or without the quotes that the draft of the IETF asks for; empty for none."""
    return request.headers.get(HEADER, "").strip().strip('"')


def told(facts: Schema, *, status: int = 200, about: str = "") -> HttpResponse:
    """An answer that can be kept under a key, as Ninja would write it, until the words that it is `about` are gone."""
    response = JsonResponse(facts.model_dump(), status=status, encoder=NinjaJSONEncoder)
    setattr(response, guard.ABOUT, about)
    return response


def answer_refusals(api: NinjaAPI) -> None:
    """Let an API answer what a coverage refuses as problems (RFC 9457)."""
    api.exception_handler(NotReady)(not_ready)
    api.exception_handler(Refused)(refused)


def not_ready(_request: HttpRequest, refusal: NotReady) -> HttpResponse:
    """422 with every reason: the rule's name, the sentence, the field that mends it."""
    detail = str(refusal) if isinstance(refusal, OutOfReach) else NOT_READY
    return problem_response(status=422, detail=detail, errors=[_reason(one) for one in refusal.findings])


def refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409: it does not stand so that this could be done; 410 for what was sent in before and is not wanted."""
    status = guard.GONE if isinstance(refusal, WasRefused) else 409
    return problem_response(status=status, detail=str(refusal))


def _reason(finding: Finding) -> dict[str, Any]:
    alike = ("rule", "severity", "sentence", "field", "block", "about")
    return {"msg": finding.sentence, **{name: getattr(finding, name) for name in alike}}
