"""Signing in, and what a person manages of it themselves: factors, sessions, and the desk's page of their account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel

from gazeti.accounts.queries import has_factor, must_set_up_factor
from gazeti.edge.middleware import PERSONAL

DIGITS = 18
"""No number of a row is longer: a longer one would not fit the database's integers."""


class SignIn(LoginView):
    """The desk's door; somebody signed in to whom no role opens it is told so, instead of being sent in a circle."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who it is."""
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            return render(request, "accounts/no_role.html", status=403)
        return super().dispatch(request, *args, **kwargs)


class Factors(IndexView):
    """A person's second factors; whether their role asks for one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the role asks for."""
        user = self.request.user
        lacks = not has_factor(user) and must_set_up_factor(user)
        return {**super().get_context_data(**kwargs), "is_lacking": lacks}


class Sessions(ListUserSessionsView):
    """Where a person is signed in; each session can be ended by itself."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the one session that is named, or all others."""
        if "session" not in request.POST:
            return super().post(request, *args, **kwargs)
        number = request.POST["session"]
        theirs = UserSession.objects.filter(
            user_id=request.user.pk, pk=number if number.isdecimal() and len(number) < DIGITS else None
        )
        get_adapter().end_sessions(theirs)
        return redirect("usersessions_list")


class Account(AccountView):
    """Wagtail's page of a person's settings, without a portrait: nobody would be handed its file."""

    def get_panels(self) -> list[Any]:
        """Leave the portrait out."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


sign_in = SignIn.as_view()
factors = Factors.as_view()
sessions = Sessions.as_view()
account = require_admin_access(Account.as_view())


def to_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Lead from Wagtail's addresses for a forgotten password to where it is set now."""
    return redirect("account_reset_password")


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer that nobody signs up: accounts are given."""
    raise Http404


def too_many(request: HttpRequest) -> HttpResponse:
    """429 for whoever asks too often (RFC 6585, 4)."""
    response = render(request, "accounts/too_many.html", status=429)
    response["Retry-After"] = "60"
    return response


def kept_apart(view: Callable[..., HttpResponseBase]) -> Any:
    """Keep a page of a person's own apart: in nobody's cache, its address told to no other site, its writes its own.

    allauth counts tries, hashes passwords and asks again by exceptions: none of it belongs in the desk's transaction.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        # Links here are secrets that no other site learns; ours must, since a form without its origin is refused.
        response["Referrer-Policy"] = "same-origin"
        response["Content-Security-Policy"] = PERSONAL
        return response

    return transaction.non_atomic_requests(never_cache(csrf_protect(answered)))
