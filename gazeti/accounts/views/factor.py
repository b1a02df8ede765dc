"""The layer that asks for the second factor: whoever has one must have proven it, whoever needs one must set it up."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from gazeti.accounts.queries import worth_of_session
from gazeti.accounts.rules import Session

DESK = "/desk/"
OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)
"""The pages by which somebody who lacks a factor sets one up, or leaves."""


class SecondFactor:
    """Lets a session be somebody only as far as it is worth it; for the rest it is nobody's.

    The person is looked up only when somebody asks who it is: a reader's page never does (house decision 2).
    """

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the judged person in the place of whom the session names."""
        named = request.user
        judged: Any = SimpleLazyObject(lambda: _judged(request, named))
        request.user = judged
        request.auser = sync_to_async(lambda: judged)
        return self.inner(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Lead somebody who lacks a factor to the page that sets one up, from wherever in the desk."""
        if request.path.startswith(DESK) and not _is_open(request):
            bool(request.user)
            if request.__dict__.get("worth") is Session.LACKING:
                return redirect("mfa_index")
        return None


def _judged(request: HttpRequest, named: Any) -> Any:
    if not named.is_authenticated:
        return named
    is_proven = any(record["method"] == "mfa" for record in get_authentication_records(request, named))
    worth = request.__dict__["worth"] = worth_of_session(named, is_proven=is_proven)
    if worth is Session.OPEN or (worth is Session.LACKING and _is_open(request)):
        return named
    return AnonymousUser()


def _is_open(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in OPEN
    except Resolver404:
        return False
