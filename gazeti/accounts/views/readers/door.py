"""Readers sign in: a code is sent to whatever address is typed, and whoever types it has that address."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters

from gazeti import edge, guard
from gazeti.accounts.actions import CodeOver, CodeRefused, keep_code, keep_letter, prove_address, user_proven
from gazeti.accounts.actions.readers import LASTS
from gazeti.accounts.forms import AddressForm, CodeForm
from gazeti.accounts.models import SignInCode
from gazeti.accounts.rules import story_address
from gazeti.accounts.tasks import send_letter
from gazeti.accounts.views.readers.own import DOOR, READING, own, seen
from gazeti.accounts.views.sign_in import kept_apart
from gazeti.base.models import Newspaper, framed_answer

PURPOSE = "sign-in code"
ASKED = (
    guard.Limit("sign-in codes for one address, from one place", most=5, seconds=900, by=("email", "address")),
    guard.Limit("sign-in codes for one address", most=20, seconds=3600, by=("email",)),
    guard.Limit("sign-in codes asked for by one device", most=20, seconds=3600, by=("address", "device")),
    guard.Limit("sign-in codes asked for from one network", most=200, seconds=3600, by=("address",)),
)
TYPED = (
    guard.Limit("sign-in codes typed on one device", most=30, seconds=900, by=("address", "device")),
    guard.Limit("sign-in codes typed in one network", most=300, seconds=900, by=("address",)),
)
KNOCKS = 422
"""The status of a form that must be mended (RFC 9110, 15.5.21)."""


def door(request: HttpRequest, form: AddressForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page that asks for an address."""
    leads_to = story_address(request.POST.get("next") or request.GET.get("next") or "")
    facts = {"form": form or AddressForm(), "next": leads_to}
    return framed_answer(request, "accounts/reader/door.html", facts, tags=set(), status=status)


def ask_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the address, whether or not anybody is known by it: one answer, one mail, one cost."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return door(request, form, status=KNOCKS)
    email, now = form.cleaned_data["email"], timezone.now()
    verdict = guard.allow(*ASKED, email=email, **guard.facts_of(request))
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    code = get_adapter(request).generate_login_code()
    with transaction.atomic():
        kept = keep_code(email, code=code, leads_to=story_address(request.POST.get("next", "")), now=now)
        subject, body = _written(code)
        letter = keep_letter(to=email, subject=subject, body=body, now=now)
        send_letter.enqueue(letter.pk)
    token = guard.sign(PURPOSE, kept.pk, lasts=LASTS + timedelta(minutes=1))
    return seen(reverse("reader_code", args=[token]))


@sensitive_post_parameters("code")
@own(*READING, "POST")
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code that was sent, and let in whoever types it."""
    try:
        number = int(guard.read(PURPOSE, token))
    except guard.NotGood:
        return _over(request)
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if not form.is_valid():
        return _asked(request, form)
    verdict = guard.allow(*TYPED, **guard.facts_of(request))
    if not verdict.allowed:
        return guard.too_many(request, verdict)
    try:
        proven = prove_address(number, code=form.cleaned_data["code"], now=timezone.now())
    except CodeOver:
        return _over(request)
    except CodeRefused:
        form.add_error("code", _("This is not the code. Look at the newest mail."))
        return _asked(request, form)
    return _let_in(request, proven)


def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey; the page leads to the form that allauth takes."""
    facts = {"next": story_address(request.GET.get("next", "")) or DOOR}
    return render(request, "accounts/reader/passkey.html", facts)


passkey_page: Any = edge.uncached(kept_apart(passkey))


def _written(code: str) -> tuple[str, str]:
    """The mail's subject and text, in the paper's language."""
    with override(settings.GAZETI_LANGUAGE):
        facts = {"code": code, "newspaper": Newspaper.load().name}
        subject = _("Your code for %(newspaper)s") % {"newspaper": facts["newspaper"]}
        return subject, render_to_string("accounts/reader/code.txt", facts)


def _asked(request: HttpRequest, form: CodeForm) -> HttpResponse:
    status = KNOCKS if form.is_bound else 200
    return framed_answer(request, "accounts/reader/code.html", {"form": form}, tags=set(), status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return framed_answer(request, "accounts/reader/over.html", {"is_closed": False}, tags=set(), status=410)


def _let_in(request: HttpRequest, proven: SignInCode) -> HttpResponse:
    user = user_proven(proven.email)
    if not user.is_active:
        return framed_answer(request, "accounts/reader/over.html", {"is_closed": True}, tags=set(), status=403)
    record_authentication(request, user, method="code")
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=proven.leads_to or DOOR))
    # allauth's greeting would lie in a cookie until somebody opens the desk.
    list(get_messages(request))
    # Nor do readers' forms need Django's token: they say by themselves where they come from.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    return response
