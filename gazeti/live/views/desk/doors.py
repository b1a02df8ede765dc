"""Who comes in to the live desk, how it answers: kept by nobody, nothing inline; and nothing typed is lost at it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from gazeti.edge.middleware import PERSONAL
from gazeti.guard.origins import Origin, origin_of
from gazeti.guard.refusals import HTML, JSON, PROBLEM

View = Callable[..., HttpResponseBase]
ENTER = "wagtailadmin.access_admin"
SIGNED_OUT = _("You are signed out. Your words are kept here: sign in, then send them again.")
SOMEBODY_ELSE = _("Somebody else is signed in here. Sign in as who wrote it.")
TOO_OLD = _("This page was open for too long. Nothing is lost: send it once more.")


class Token(CsrfViewMiddleware):
    """Django's check of a form's token, told to the view instead of answered."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def for_reporters(view: View) -> View:
    """Let in who works at the desk; lead whoever is not signed in to the door and back. Raises PermissionDenied."""
    return never_cache(_own(_entered(view)))


def for_words(view: View) -> View:
    """The same for a view that takes what somebody typed: who is signed out, or whose form is too old, gets it back.

    The view looks after its own transactions: a picture's renditions are made before the words go out.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return _entered(view)(request, *args, **kwargs)
        fault = Token(_nowhere).process_view(request, _nowhere, (), {})
        if origin_of(request) is Origin.FOREIGN:
            raise PermissionDenied
        if not request.user.is_authenticated:
            return _given_back(request, SIGNED_OUT, status=401)
        if request.POST.get("as", "") not in ("", str(request.user.pk)):
            return _given_back(request, SOMEBODY_ELSE, status=401)
        if fault is not None:
            return _given_back(request, TOO_OLD, status=403)
        return _entered(view)(request, *args, **kwargs)

    return transaction.non_atomic_requests(csrf_exempt(never_cache(_own(answered))))


def is_a_program(request: HttpRequest) -> bool:
    """Whether the answer is read by a script (RFC 9110, 12.5.1)."""
    return request.get_preferred_type([HTML, JSON, PROBLEM]) in (JSON, PROBLEM)


def problem(words: Promise | str, *, status: int, **more: Any) -> HttpResponse:
    """What went wrong, as a script reads it (RFC 9457)."""
    facts = {"status": status, "detail": str(words), **more}
    return JsonResponse(facts, status=status, content_type=PROBLEM)


def shown(request: HttpRequest, template: str, facts: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the live desk."""
    return render(request, f"live/desk/{template}", facts, status=status)


def saved(request: HttpRequest, words: Promise | str, story: int, *, status: int = 200, **facts: Any) -> HttpResponse:
    """What was sent is kept: a form goes back to the screen (303), a script is told the facts."""
    if is_a_program(request):
        return JsonResponse(facts, status=status)
    messages.success(request, str(words))
    return HttpResponse(status=303, headers={"Location": reverse("live_screen", args=[story])})


def _own(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Content-Security-Policy", PERSONAL)
        return response

    return answered


def _entered(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        if not request.user.has_perm(ENTER):
            return _refused(request)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return _refused(request)

    return answered


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    if is_a_program(request):
        return problem(SIGNED_OUT, status=401)
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("live_desk")
    return redirect_to_login(wanted, login_url=reverse("account_login"))


def _refused(request: HttpRequest) -> HttpResponse:
    if is_a_program(request):
        return problem(_("This is not yours to do."), status=403)
    raise PermissionDenied


def _given_back(request: HttpRequest, words: Promise, *, status: int) -> HttpResponse:
    """What was typed, in a form that sends it again: nothing of the newsroom stands on it."""
    if is_a_program(request):
        # A script's token is older than the session once somebody signed in anew: it gets one that holds.
        return problem(words, status=status, **({"token": get_token(request)} if status == 403 else {}))
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    long = {"text", "summary"}
    facts = {
        "told": words,
        "hidden": [one for one in typed if one[0] not in long],
        "texts": [one for one in typed if one[0] in long],
        "had_file": bool(request.FILES),
        "is_signed_out": status == 401,
    }
    return shown(request, "given_back.html", facts, status=status)


def _nowhere(*_request: Any) -> HttpResponseBase:
    raise NotImplementedError
