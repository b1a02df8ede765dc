"""Somebody who writes: their numbers and last comments, how they stand, all of theirs that is held, and published."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

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
from gazeti.comments.queries.history import held_of, number_of, published_of, writer_of
from gazeti.comments.rules import Kind, State
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.asked import NOTHING_TYPED
from gazeti.comments.views.desk.doors import for_moderators, shown_light
from gazeti.comments.views.desk.one import overtaken
from gazeti.comments.views.desk.queues import tell, tell_of_lost

KINDS = {State.HELD: (Kind.APPROVED, Kind.REJECTED, Kind.SPAM), State.PUBLISHED: (Kind.REJECTED, Kind.SPAM)}
"""What can be decided at once about all of somebody's that is in a state."""
LEFT = {State.HELD: words.still_held, State.PUBLISHED: words.still_published}
NOTHING: Mapping[State, asked.Typed] = MappingProxyType({})


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
    return _decide_theirs(request, number, state=State.HELD)


@for_moderators
@require_http_methods(["POST"])
def decide_all_published(request: HttpRequest, number: int) -> HttpResponseBase:
    """Reject or call spam what is published of somebody, as their page showed it and as it is ticked there."""
    return _decide_theirs(request, number, state=State.PUBLISHED)


def _decide_theirs(request: HttpRequest, number: int, *, state: State) -> HttpResponseBase:
    reader = get_object_or_404(Reader, pk=number)
    try:
        chosen = asked.chosen_in(request.POST.getlist("chosen"))
        decision = asked.decision_of(request.POST, request.POST.get("kind", ""), KINDS[state])
    except asked.Incomplete as lack:
        return _shown(request, reader, typed={state: asked.typed_in(request.POST, lack)}, status=422)
    settled = decide_many(chosen, now=timezone.now(), by=request.user, **decision._asdict())
    tell(request, settled)
    if left := number_of(reader, state=state):
        messages.warning(request, LEFT[state](left))
    return redirect(_part_of(request, reader))


def _behind(request: HttpRequest) -> int | None:
    """The comment behind which that part begins of what is published of them; None for the newest."""
    return asked.optional_number(request.POST.get("behind") or request.GET.get("behind"))


def _part_of(request: HttpRequest, reader: Reader) -> str:
    address, behind = reverse("comments_writer", args=[reader.pk]), _behind(request)
    return address if behind is None else f"{address}?behind={behind}"


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


class Lists(NamedTuple):
    """What a writer's page shows with ticks; `behind` and `further` bound the part of what is published."""

    by_state: dict[State, list[queues.Waiting]]
    behind: int | None
    further: int | None


def _lists(reader: Reader, *, behind: int | None) -> Lists:
    """The oldest that are held and the newest that are published, or those behind one, as long as there are any."""
    held, published = held_of(reader, most=queues.MOST), published_of(reader, most=queues.MOST + 1, behind=behind)
    if behind is not None and not published:
        return _lists(reader, behind=None)
    shown = published[: queues.MOST]
    each = queues.waiting([*held, *shown])
    by_state = {State.HELD: each[: len(held)], State.PUBLISHED: each[len(held) :]}
    return Lists(by_state, behind, shown[-1].pk if len(published) > len(shown) else None)


def _shown(
    request: HttpRequest, reader: Reader, *, typed: Mapping[State, asked.Typed] = NOTHING, status: int = 200
) -> HttpResponseBase:
    found, lists = writer_of(reader), _lists(reader, behind=_behind(request))
    for state, one in typed.items():
        tell_of_lost(request, one, shown=lists.by_state[state])
    facts: dict[str, Any] = {
        "again": _part_of(request, reader),
        "behind": lists.behind,
        "further": lists.further,
        "typed_held": typed.get(State.HELD, NOTHING_TYPED),
        "typed_published": typed.get(State.PUBLISHED, NOTHING_TYPED),
        "reasons": REASONS.items(),
        "most_days": LONGEST_SUSPENSION,
    }

    def told(most: int) -> dict[str, Any]:
        return {
            **facts,
            "writer": words.writer(found, now=timezone.now(), most=most),
            "held": _theirs(lists, State.HELD, typed=facts["typed_held"], most=most),
            "published": _theirs(lists, State.PUBLISHED, typed=facts["typed_published"], most=most),
        }

    return shown_light(request, "comments/desk/writer.html", told, status=status)


def _theirs(lists: Lists, state: State, *, typed: asked.Typed, most: int) -> list[dict[str, Any]]:
    """What is in a state, all ticked unless a form comes back."""
    each = [(one, asked.choice_of(one.comment)) for one in lists.by_state[state]]
    return [
        {
            **words.waiting(one, most=most),
            "choice": choice,
            "is_chosen": not typed.fault or choice in typed.chosen,
        }
        for one, choice in each
    ]
