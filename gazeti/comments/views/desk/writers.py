"""Somebody who writes: their numbers and last comments, how they stand, and all of theirs that is held."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gazeti.accounts.models import Reader
from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.moderate import decide_many
from gazeti.comments.actions.standing import FIELDS, LONGEST_SUSPENSION, end_suspension, suspend_reader, switch_standing
from gazeti.comments.forms import REASONS
from gazeti.comments.queries import queues
from gazeti.comments.queries.history import held_of, number_held, writer_of
from gazeti.comments.rules import Kind
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.asked import NOTHING_TYPED
from gazeti.comments.views.desk.doors import for_moderators, shown_light
from gazeti.comments.views.desk.one import overtaken
from gazeti.comments.views.desk.queues import tell

ALL_HELD = (Kind.APPROVED, Kind.REJECTED, Kind.SPAM)


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def writer_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show somebody; sent as a form, change how they stand."""
    reader = get_object_or_404(Reader, pk=number)
    if request.method == "POST":
        try:
            _decide(request, reader)
        except Overtaken as other:
            return overtaken(request, other.decision)
        return redirect("comments_writer", number)
    return _shown(request, reader)


@for_moderators
@require_http_methods(["POST"])
def decide_all_held(request: HttpRequest, number: int) -> HttpResponseBase:
    """Approve, reject or call spam what is held of somebody, as their page showed it and as it is ticked there."""
    reader = get_object_or_404(Reader, pk=number)
    try:
        chosen = asked.chosen_in(request.POST.getlist("chosen"))
        decision = asked.decision_of(request.POST, request.POST.get("kind", ""), ALL_HELD)
    except asked.Incomplete as lack:
        return _shown(request, reader, typed=asked.typed_in(request.POST, lack), status=422)
    settled = decide_many(chosen, now=timezone.now(), by=request.user, **decision._asdict())
    tell(request, settled)
    if left := number_held(reader):
        messages.warning(request, words.still_held(left))
    return redirect("comments_writer", number)


def _decide(request: HttpRequest, reader: Reader) -> None:
    kind, now = asked.kind_of(request.POST.get("kind", ""), [*FIELDS, Kind.SUSPENDED, Kind.UNSUSPENDED]), timezone.now()
    if kind is Kind.SUSPENDED:
        days = asked.number(request.POST.get("days"))
        if not 1 <= days <= LONGEST_SUSPENSION:
            raise BadRequest("nobody is suspended for so many days")
        suspend_reader(reader, days=days, now=now, by=request.user)
    elif kind is Kind.UNSUSPENDED:
        end_suspension(reader, now=now, by=request.user)
    else:
        switch_standing(reader, kind=kind, now=now, by=request.user)


def _shown(
    request: HttpRequest, reader: Reader, *, typed: asked.Typed = NOTHING_TYPED, status: int = 200
) -> HttpResponseBase:
    found, held = writer_of(reader), queues.waiting(held_of(reader, most=queues.MOST))
    facts: dict[str, Any] = {
        "again": reverse("comments_writer", args=[reader.pk]),
        "typed": typed,
        "reasons": REASONS.items(),
        "most_days": LONGEST_SUSPENSION,
    }

    def told(most: int) -> dict[str, Any]:
        return {
            **facts,
            "writer": words.writer(found, now=timezone.now(), most=most),
            "held": [_theirs(one, typed=typed, most=most) for one in held],
        }

    return shown_light(request, "comments/desk/writer.html", told, status=status)


def _theirs(one: queues.Waiting, *, typed: asked.Typed, most: int) -> dict[str, Any]:
    choice = asked.choice_of(one.comment)
    is_chosen = not typed.fault or choice in typed.chosen
    return {**words.waiting(one, most=most), "choice": choice, "is_chosen": is_chosen}
