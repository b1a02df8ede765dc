"""What happened: sign-ins, factors, roles, invitations and publications, for administrators to look back on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazeti.accounts.queries import MOST, NAMES, happened
from gazeti.accounts.views.invitations import for_administrators
from gazeti.accounts.views.sign_in import DIGITS


@require_safe
def happened_page(request: HttpRequest) -> HttpResponse:
    """A page of what happened, newest first; `kind` chooses, `before` goes on from a position of the log."""
    for_administrators(request)
    choice, before = request.GET.get("kind", ""), request.GET.get("before", "")
    rows = happened(choice=choice, before=int(before) if before.isdecimal() and len(before) < DIGITS else None)
    facts = {
        "rows": rows,
        "choices": NAMES.items(),
        "choice": choice,
        "older": rows[-1].position if len(rows) == MOST else None,
        "header_title": _("Sign-ins and roles"),
    }
    return render(request, "accounts/happened.html", facts)
