"""The page behind the one-time link that `gazeti new` prints."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gazeti.accounts.actions import AlreadyThere, make_first_administrator
from gazeti.accounts.forms import FirstAdministratorForm
from gazeti.accounts.models import User
from gazeti.accounts.queries import Link, worth_of
from gazeti.accounts.views.invitations import opened


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who the first administrator is, make them, and show them to the desk; 410 once there is one."""
    worth = worth_of(token)
    if worth is Link.FORGED:
        raise Http404
    if worth is not Link.GOOD:
        return _gone(request, worth)
    form = FirstAdministratorForm(request.POST or None, person=User())
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/first_administrator.html", {"form": form})
    try:
        user = make_first_administrator(**form.cleaned_data)
    except AlreadyThere:
        return _gone(request, Link.USED)
    return opened(request, user)


def _gone(request: HttpRequest, worth: Link) -> HttpResponse:
    reasons = {
        Link.USED: _("This link has done its work: the newsroom has its first administrator."),
        Link.EXPIRED: _("This link is older than seven days. Print a new one with the command “gazeti user --link”."),
    }
    return render(request, "accounts/gone.html", {"reason": reasons[worth]}, status=410)
