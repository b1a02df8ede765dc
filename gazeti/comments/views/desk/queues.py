"""The queues, and deciding about one or many of a page at once."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gazeti.comments.actions.moderate import Settled, decide_many
from gazeti.comments.formats.excerpts import excerpt
from gazeti.comments.forms import REASONS
from gazeti.comments.queries import queues
from gazeti.comments.rules import Kind, State
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.asked import NOTHING_TYPED
from gazeti.comments.views.desk.doors import for_moderators, shown_light


@for_moderators
@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """A part of one queue, the oldest first; its beginning where nothing stands behind that comment any more."""
    after = asked.after_of(request)
    found = queues.queue(asked.queue_of(request), now=timezone.now(), after=after)
    if after is not None and not found.items:
        return redirect(asked.start_of(request))
    return _shown(request, found)


def _shown(
    request: HttpRequest, found: queues.Queue, *, typed: asked.Typed = NOTHING_TYPED, status: int = 200
) -> HttpResponse:
    now, name = timezone.now(), found.name
    facts: dict[str, Any] = {
        "queue": name,
        "part": asked.after_of(request),
        "again": asked.part_of(request),
        "typed": typed,
        "here": name,
        "heading": words.HEADINGS.get(name, words.QUEUES[name]),
        "empty": words.EMPTY[name],
        "after": found.after,
        "holds": name == queues.HELD,
        "reasons": REASONS.items(),
    }

    def told(most: int) -> dict[str, Any]:
        return {**facts, "items": [_item(one, now=now, typed=typed, most=most) for one in found.items]}

    return shown_light(request, "comments/desk/queue.html", told, status=status)


def _item(one: queues.Waiting, *, now: datetime, typed: asked.Typed, most: int) -> dict[str, Any]:
    choice = asked.choice_of(one.comment)
    return {
        **words.waiting(one, most=most),
        "story": one.comment.story,
        "title": excerpt(one.comment.story.title, most=most),
        "age": words.age(one.since, now=now),
        "rule": words.rule(one.rule),
        "complaints": [words.complaint(why) for why in one.complaints],
        "is_out": one.comment.state != State.HELD,
        "state": words.STATES[State(one.comment.state)],
        "choice": choice,
        "is_chosen": choice in typed.chosen,
    }


@for_moderators
@require_POST
def decide_chosen(request: HttpRequest) -> HttpResponseBase:
    """Decide about those that were ticked, or about the one whose button was pressed."""
    pressed = request.POST.get("one", "")
    kind, _colon, choice = pressed.partition(":")
    try:
        chosen = asked.chosen_in([choice] if pressed else request.POST.getlist("chosen"))
        decision = asked.decision_of(request.POST, kind or request.POST.get("many", ""), asked.OF_MANY)
    except asked.Incomplete as lack:
        return _shown_again(request, asked.typed_in(request.POST, lack))
    settled = decide_many(chosen, now=timezone.now(), by=request.user, **decision._asdict())
    tell(request, settled)
    return redirect(asked.part_of(request))


def _shown_again(request: HttpRequest, typed: asked.Typed) -> HttpResponse:
    """The part as it stands now, ticked where it is as it was ticked."""
    found = queues.queue(asked.queue_of(request), now=timezone.now(), after=asked.after_of(request))
    tell_of_lost(request, typed, shown=found.items)
    return _shown(request, found, typed=typed, status=422)


def tell_of_lost(request: HttpRequest, typed: asked.Typed, *, shown: list[queues.Waiting]) -> None:
    """Say how many were ticked that are ticked no more, since they stand there no more, or not as they did."""
    if lost := len(typed.chosen - {asked.choice_of(one.comment) for one in shown}):
        messages.warning(request, words.many_overtaken(lost))


def tell(request: HttpRequest, settled: Settled) -> None:
    """Say how many were decided about, and which somebody else had decided about."""
    if settled.decisions:
        messages.success(request, words.many_done(len(settled.decisions)))
    if settled.overtaken:
        messages.warning(request, words.many_overtaken(len(settled.overtaken)))
    for comment, decision in settled.overtaken[: queues.MOST]:
        if decision:
            facts = {"comment": comment.number, "what": words.KINDS[Kind(decision.kind)], "who": words.who(decision)}
            messages.warning(request, _("Number %(comment)d: %(what)s, %(who)s.") % facts)
