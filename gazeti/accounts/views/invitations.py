"""Invitations: administrators write them at the desk; whoever was invited follows a link and sets a password."""

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gazeti.accounts.actions import AlreadyThere, accept_invitation, invite_person, keep_letter, withdraw_invitation
from gazeti.accounts.forms import InvitationForm, NewcomerForm
from gazeti.accounts.models import Invitation, User
from gazeti.accounts.queries import invitation_link, invitation_of, is_administrator, open_invitations
from gazeti.accounts.tasks import send_letter
from gazeti.base.models import Newspaper

READ = ["GET", "HEAD", "POST"]


def for_administrators(request: HttpRequest) -> User:
    """The administrator who asks. Raises PermissionDenied for anybody else."""
    if not is_administrator(request.user):
        raise PermissionDenied
    return cast("User", request.user)


@require_http_methods(["GET", "HEAD"])
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations that are open, each with its link, since mail may not be set up."""
    for_administrators(request)
    rows = [(one, invitation_link(one)) for one in open_invitations(now=timezone.now())[:200]]
    return render(request, "accounts/invitations.html", {"rows": rows, "header_title": _("Invitations")})


@require_http_methods(READ)
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to the desk."""
    by = for_administrators(request)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(**form.cleaned_data, now=timezone.now(), by=by)
        except AlreadyThere as error:
            form.add_error("email", str(error))
        else:
            _send(invitation)
            words = _("%(email)s is invited. The link is in the mail, and here to copy.")
            messages.success(request, words % {"email": invitation.email})
            return redirect("accounts_invitations")
    return render(request, "accounts/invite.html", {"form": form, "header_title": _("Invite somebody")})


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """End an invitation that is open."""
    by = for_administrators(request)
    invitation = get_object_or_404(open_invitations(now=timezone.now()), pk=number)
    withdraw_invitation(invitation, now=timezone.now(), by=by)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": invitation.email})
    return redirect("accounts_invitations")


@sensitive_post_parameters("password")
@require_http_methods(READ)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody who was invited set name and password; 410 once the invitation is open no more."""
    invitation, now = invitation_of(token), timezone.now()
    if not invitation:
        raise Http404
    if not invitation.is_open(now):
        return _closed(request)
    person = User(email=invitation.email)
    form = NewcomerForm(request.POST or None, person=person, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(invitation, **form.cleaned_data, now=now)
        except (ValidationError, AlreadyThere):
            return _closed(request)
        return opened(request, user)
    return render(request, "accounts/invited.html", {"form": form, "invitation": invitation})


def opened(request: HttpRequest, user: User) -> Any:
    """Sign in somebody who has just set their password; a second factor may be set up without typing it again."""
    record_authentication(request, user, method="password", reauthenticated=True)
    return perform_login(request, user)


def _closed(request: HttpRequest) -> HttpResponse:
    reason = _("This invitation was used, taken back, or is older than seven days. Ask for a new one.")
    return render(request, "accounts/gone.html", {"reason": reason}, status=410)


def _send(invitation: Invitation) -> None:
    paper = Newspaper.load().name
    facts = {"invitation": invitation, "link": invitation_link(invitation), "newspaper": paper}
    body = render_to_string("accounts/mail/invitation.txt", facts)
    subject = _("Your account at the desk of %(paper)s") % {"paper": paper}
    letter = keep_letter(to=invitation.email, subject=subject, body=body, now=timezone.now())
    send_letter.enqueue(letter.pk)
