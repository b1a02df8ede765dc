"""What waits to become an update: taken up, posted before its time, given other words, or refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gazeti.live.actions import change_waiting, refuse, take_up
from gazeti.live.forms import UpdateForm
from gazeti.live.models import Coverage, Waiting
from gazeti.live.queries import reporting, rights
from gazeti.live.rules import Reached
from gazeti.live.views.desk import words
from gazeti.live.views.desk.acts import told
from gazeti.live.views.desk.bodies import quick_of
from gazeti.live.views.desk.doors import for_reporters, for_words, saved, shown
from gazeti.live.views.desk.moments import typed_time
from gazeti.live.views.desk.places import coverage_at
from gazeti.live.views.desk.refusing import Unfit, refusal_of, told_why
from gazeti.live.views.desk.richer import as_read, refuse_richer
from gazeti.live.views.desk.updates import words_in

AS_TYPED = "%Y-%m-%dT%H:%M"


@transaction.non_atomic_requests
@for_reporters
@require_POST
@told
def waiting(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Take up what was sent in, post at once what waits for its time, or refuse it."""
    one = _waiting_in(request, coverage_at(request, story), number)
    ways: dict[str, Callable[..., object]] = {"take": partial(take_up, now=timezone.now()), "refuse": refuse}
    change = ways.get(request.POST.get("do", ""))
    if change is None:
        raise BadRequest("that is no decision")
    change(one.pk, by=request.user)
    return redirect("live_screen", story)


@for_words
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Show the words of what waits to be changed; sent as a form, change them, and its time if it has one."""
    coverage = coverage_at(request, story)
    one = _waiting_in(request, coverage, number)
    quick = quick_of(one.body.get_prep_value())
    if request.method != "POST":
        if quick is None:
            messages.warning(request, words.RICHER_WAITS)
            return redirect("live_screen", story)
        return _form_of(request, UpdateForm(initial=_initial(one, quick)), coverage=coverage, one=one, quick=quick)
    form = UpdateForm(request.POST, request.FILES, has_more=quick is None or bool(quick.others))
    try:
        refuse_richer(quick, told=words.RICHER_WAITS)
        _changed(one, form, by=request.user)
    except Unfit as unfit:
        again = partial(_form_of, request, form, coverage=coverage, one=one, quick=quick)
        return refusal_of(request, form, unfit, again=again)
    return saved(request, words.SAVED, coverage.pk)


def _changed(one: Waiting, form: UpdateForm, *, by: Any) -> None:
    if not form.is_valid():
        raise Unfit
    with told_why(form):
        given = words_in(form, by=by, there=one)
        change_waiting(one.pk, words=given, due_at=form.cleaned_data["due_at"], by=by, now=timezone.now())


def _waiting_in(request: HttpRequest, coverage: Coverage, number: int) -> Waiting:
    """What waits, for who decides about it. Raises Http404, PermissionDenied."""
    one: Waiting = get_object_or_404(coverage.waiting.select_related("author"), pk=number)
    is_own = one.by_id == request.user.pk and rights.may_post(request.user, story=coverage.story)
    if not (is_own or rights.may_take_up(request.user, story=coverage.story)):
        raise PermissionDenied
    return one


def _initial(one: Waiting, quick: Any) -> dict[str, Any]:
    due_at = typed_time(one.due_at)
    return {
        **quick.as_typed,
        "heading": one.heading,
        "is_key": one.is_key,
        "author": one.author.name if one.author else "",
        "due_at": due_at.strftime(AS_TYPED) if due_at else None,
    }


def _form_of(
    request: HttpRequest,
    form: UpdateForm,
    *,
    coverage: Coverage,
    one: Waiting,
    quick: Any,
    status: int = 200,
    told: str = "",
) -> HttpResponse:
    facts = {
        "heading": _("Change what waits"),
        "address": reverse("live_change_waiting", args=[coverage.pk, one.pk]),
        "coverage": coverage,
        "story": coverage.story,
        "quick": quick or as_read(one.body.get_prep_value()),
        "may_save": quick is not None,
        "form": form,
        "told": told,
        "may_wait": one.reached == Reached.SCHEDULED,
        "authors": reporting.authors_offered(coverage),
    }
    return shown(request, "edit.html", facts, status=status)
