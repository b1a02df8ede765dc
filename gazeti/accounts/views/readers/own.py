"""What all pages below /account/ have in common: kept by nobody, told to no other site, written to by our own forms."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gazeti import edge
from gazeti.accounts.actions import Erased
from gazeti.accounts.rules import Session
from gazeti.guard.origins import Origin, origin_of

READING = ("GET", "HEAD")
DOOR = "/account/"
View = Callable[..., HttpResponseBase]


def own(*methods: str) -> Callable[[View], View]:
    """Decorate a reader's page for these methods. A form that was not sent from a page of ours is refused: the browser
    says so by itself, so that no page needs a cookie before somebody has signed in. Whoever was erased while it was on
    its way is led to the door.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in READING and origin_of(request) is not Origin.OURS:
                raise PermissionDenied
            try:
                response = view(request, *args, **kwargs)
            except Erased:
                response = seen(DOOR)
            response["Referrer-Policy"] = "same-origin"
            return response

        return edge.uncached(csrf_exempt(require_http_methods(methods)(answered)))

    return decorate


def own_signed_in(*methods: str) -> Callable[[View], View]:
    """The same for whoever has signed in; others are led to the door."""

    def decorate(view: View) -> View:
        @own(*methods)
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs) if request.user.is_authenticated else away(request)

        return answered

    return decorate


def away(request: HttpRequest) -> HttpResponse:
    """Where nobody is signed in: the door, or for a role that asks for a second factor where it is set up."""
    return redirect("mfa_index") if lacks_factor(request) else seen(DOOR)


def lacks_factor(request: HttpRequest) -> bool:
    """Whether somebody of the newsroom has signed in who must set up a second factor before they are anybody."""
    bool(request.user.is_authenticated)
    return request.__dict__.get("worth") is Session.LACKING


def seen(address: str) -> HttpResponse:
    """303: what was sent is done, and is to be seen there (RFC 9110, 15.4.4)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
