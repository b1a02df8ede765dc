"""429 for whoever asks too often (RFC 6585, 4): a plain sentence for a person, a problem (RFC 9457) for a program."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override

from gazeti.guard.callers import facts_of
from gazeti.guard.limits import Limit, Verdict, allow

HTML, JSON = "text/html", "application/json"
PROBLEM = "application/problem+json"
View = Callable[..., HttpResponseBase]
STATUS = 429


def too_many(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The refusal, in the readers' language, with `Retry-After` (RFC 9110, 10.2.3); nobody keeps it."""
    with override(settings.GAZETI_LANGUAGE):
        response = _problem(verdict) if _is_a_program(request) else _page(verdict)
    response["Retry-After"] = str(verdict.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def limited(*limits: Limit) -> Callable[[View], View]:
    """Decorate a view so that each request counts under these limits, by the network and the device it comes from."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            verdict = allow(*limits, **facts_of(request))
            return view(request, *args, **kwargs) if verdict.allowed else too_many(request, verdict)

        return answer

    return decorate


def sentence(verdict: Verdict) -> str:
    """How long to wait, in the language that is on."""
    return ngettext(
        "Too many requests came from where you are. Try again in %(seconds)d second.",
        "Too many requests came from where you are. Try again in %(seconds)d seconds.",
        verdict.retry_after,
    ) % {"seconds": verdict.retry_after}


def _is_a_program(request: HttpRequest) -> bool:
    return request.get_preferred_type([HTML, JSON, PROBLEM]) in (JSON, PROBLEM)


def _problem(verdict: Verdict) -> HttpResponse:
    facts = {"title": "Too Many Requests", "status": STATUS, "detail": sentence(verdict)}
    return JsonResponse(facts, status=STATUS, content_type=PROBLEM)


def _page(verdict: Verdict) -> HttpResponse:
    context = {"language": settings.GAZETI_LANGUAGE, "sentence": sentence(verdict)}
    return HttpResponse(render_to_string("guard/too_many.html", context), status=STATUS)
