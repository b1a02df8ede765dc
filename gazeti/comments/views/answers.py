"""How whoever sends something is answered: a page for people, JSON for programs; nobody keeps either."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gazeti.accounts.actions import Erased
from gazeti.base.models import framed_answer
from gazeti.guard.origins import Origin, origin_of
from gazeti.guard.refusals import HTML, JSON, PROBLEM

View = Callable[..., HttpResponseBase]
ELSEWHERE = _("This was sent from a page of another site. Open the story here, and send it again.")
FORGOTTEN = _("You are signed in no more.")
REFUSED = _("This was not accepted")


def own(view: View) -> View:
    """Decorate a view so that nobody keeps what it says, no robot lists it and no other site learns its address."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


def from_here(view: View) -> View:
    """Decorate a view so that no page of another site sends anything to it, in whoever's name; nor does anybody who was
    erased while it was on its way.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") and origin_of(request) is Origin.FOREIGN:
            return told(request, REFUSED, words=ELSEWHERE, status=403)
        try:
            return view(request, *args, **kwargs)
        except Erased:
            return told(request, REFUSED, words=FORGOTTEN, status=403)

    return answer


def is_a_program(request: HttpRequest) -> bool:
    """Whether the answer is read by a program (RFC 9110, 12.5.1)."""
    return request.get_preferred_type([HTML, JSON, PROBLEM]) in (JSON, PROBLEM)


def told(
    request: HttpRequest, heading: Promise | str, *, words: Promise | str, status: int, address: str = "/"
) -> HttpResponse:
    """A sentence, and the way on; for a program a problem (RFC 9457)."""
    if is_a_program(request):
        return problem(heading, words=words, status=status)
    facts = {"heading": heading, "words": words, "back": address}
    return framed_answer(request, "comments/told.html", facts, tags=set(), status=status)


def problem(heading: Promise | str, *, words: Promise | str, status: int, **more: Any) -> HttpResponse:
    """A problem as programs read it (RFC 9457)."""
    with override(settings.GAZETI_LANGUAGE):
        facts = {"title": str(heading), "status": status, "detail": str(words), **more}
    return JsonResponse(facts, status=status, content_type=PROBLEM)
