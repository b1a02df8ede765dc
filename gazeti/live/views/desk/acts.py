"""What is done with an update or a coverage by one tap: pin, take back, erase, make a story of it, pause, close."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gazeti.live.actions import (
    Refused,
    erase_earlier_summaries,
    make_story,
    move_to,
    pin_update,
    retract_update,
    unpin_update,
)
from gazeti.live.models import Coverage
from gazeti.live.queries import reporting, rights
from gazeti.live.rules import Kind
from gazeti.live.views.desk.doors import for_reporters, shown
from gazeti.live.views.desk.places import coverage_at, update_in

View = Callable[..., HttpResponseBase]


def told(view: View) -> View:
    """Say on the screen why something was refused, instead of failing."""

    @wraps(view)
    def answered(request: HttpRequest, story: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, story, *args, **kwargs)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("live_screen", story)

    return answered


@for_reporters
@require_POST
@told
def pin(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Keep an update above the others, or no longer."""
    coverage = _run(request, story)
    change = {"pin": pin_update, "unpin": unpin_update}.get(request.POST.get("to", ""))
    if change is None:
        raise BadRequest("that is no place of an update")
    change(coverage.pk, number=update_in(coverage, number).number, by=request.user)
    return redirect("live_screen", story)


@for_reporters
@require_http_methods(["GET", "HEAD", "POST"])
@told
def retract(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Ask whether an update is to be taken back; sent as a form, take it back, with its words for good if asked to."""
    coverage = coverage_at(request, story)
    update = update_in(coverage, number)
    if not rights.may_retract(request.user, update=update, story=coverage.story):
        raise PermissionDenied
    may_erase = rights.may_erase(request.user, story=coverage.story)
    if request.method != "POST":
        brief = reporting.newest_updates(coverage, before=number + 1, most=1)[0]
        facts = {"coverage": coverage, "story": coverage.story, "one": brief, "may_erase": may_erase}
        return shown(request, "retract.html", facts)
    erases = may_erase and "erases" in request.POST
    retract_update(coverage.pk, number=number, now=timezone.now(), erases=erases, by=request.user)
    messages.success(request, _("It is taken back. Readers are told that an update stood there."))
    return redirect("live_screen", story)


@for_reporters
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, story: int) -> HttpResponseBase:
    """Ask whether what earlier summaries said is to be erased for good; sent as a form, erase it."""
    coverage = coverage_at(request, story)
    if not rights.may_erase(request.user, story=coverage.story):
        raise PermissionDenied
    if request.method != "POST":
        number = reporting.earlier_summaries(coverage).count()
        return shown(request, "erase.html", {"coverage": coverage, "story": coverage.story, "number": number})
    erase_earlier_summaries(coverage.pk)
    messages.success(request, _("What earlier summaries said is erased."))
    return redirect("live_screen", story)


@for_reporters
@require_POST
@told
def story_of(request: HttpRequest, story: int, number: int) -> HttpResponseBase:
    """Make a story of an update: a draft beside the coverage, opened in the editor."""
    coverage = coverage_at(request, story)
    update = update_in(coverage, number)
    if not rights.may_make_story(request.user, section=coverage.story.get_parent().specific):
        raise PermissionDenied
    made = make_story(coverage.pk, number=update.number, by=request.user, now=timezone.now())
    return redirect("wagtailadmin_pages:edit", made.pk)


@for_reporters
@require_POST
@told
def state(request: HttpRequest, story: int) -> HttpResponseBase:
    """Go live, pause or close; before it is closed it is asked once more."""
    coverage = _run(request, story)
    kinds = {kind.value: kind for kind in (Kind.RESUME, Kind.PAUSE, Kind.CLOSE)}
    kind = kinds.get(request.POST.get("kind", ""))
    if kind is None:
        raise BadRequest("that is no state of a coverage")
    if kind is Kind.CLOSE and "sure" not in request.POST:
        return shown(request, "close.html", {"coverage": coverage, "story": coverage.story})
    move_to(coverage.pk, kind=kind, now=timezone.now(), by=request.user)
    is_read = coverage.story.live or kind is not Kind.RESUME
    if not is_read:
        messages.warning(request, _("It is live, and readers see it as soon as its story is published."))
    return redirect("live_screen", story)


def _run(request: HttpRequest, story: int) -> Coverage:
    """The coverage, for somebody who runs it. Raises PermissionDenied."""
    coverage = coverage_at(request, story)
    if not rights.may_run(request.user, story=coverage.story):
        raise PermissionDenied
    return coverage
