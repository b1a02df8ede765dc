"""The one screen of a coverage: the form, what waits, the newest updates; and what is new on it, for its script."""

import zlib
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from gazeti.live.forms import UpdateForm
from gazeti.live.models import Coverage
from gazeti.live.queries import reporting, rights
from gazeti.live.rules import Reached, State
from gazeti.live.views.desk import words
from gazeti.live.views.desk.doors import for_reporters, shown
from gazeti.live.views.desk.places import coverage_at, number_in


@for_reporters
@require_safe
def screen(request: HttpRequest, story: int) -> HttpResponse:
    """The screen, ready to write."""
    return screen_with(request, coverage_at(request, story), form=None)


@for_reporters
@require_safe
def news(request: HttpRequest, story: int) -> HttpResponse:
    """What stands below the form, where it is not what the script has seen; and a fresh token for its next form."""
    coverage = coverage_at(request, story)
    below = _below(request, coverage)
    told = {"stamp": below["stamp"], "head": coverage.head, "state": coverage.state, "token": get_token(request)}
    if request.GET.get("seen") != below["stamp"]:
        told["html"] = render_to_string("live/desk/below.html", {"below": below}, request=request)
    return JsonResponse(told)


def screen_with(
    request: HttpRequest, coverage: Coverage, *, form: UpdateForm | None, status: int = 200, told: str = ""
) -> HttpResponse:
    """The screen with a form that is empty, or one that is not taken yet, with all that was typed."""
    facts = {
        "coverage": coverage,
        "story": coverage.story,
        "below": _below(request, coverage),
        "form": form or _empty(request),
        "authors": reporting.authors_offered(coverage),
        "told": told,
        "not_open": words.NOT_OPEN.get(State(coverage.state), ""),
    }
    return shown(request, "screen.html", facts, status=status)


def rights_of(request: HttpRequest, coverage: Coverage) -> dict[str, bool]:
    """What whoever looks at it may do; whether they may know of it was asked before."""
    user = request.user
    return {
        "post": user.has_perm(rights.POST),
        "change_any": user.has_perm(rights.CHANGE_ANY),
        "erase": user.has_perm(rights.RETRACT_ANY),
        "run": user.has_perm(rights.RUN),
        "make_story": rights.may_make_story(user, section=coverage.story.get_parent().specific),
    }


def _empty(request: HttpRequest) -> UpdateForm:
    author = reporting.own_author(request.user)
    return UpdateForm(initial={"key": uuid4().hex, "author": author.name if author else ""})


def _below(request: HttpRequest, coverage: Coverage) -> dict[str, Any]:
    state, before = State(coverage.state), number_in(request.GET.get("before"))
    updates = reporting.newest_updates(coverage, before=before)
    waiting = reporting.waiting_in(coverage, after=number_in(request.GET.get("sent_after")) or 0)
    inbox = [one for one in waiting if one.reached == Reached.SENT]
    summary = reporting.summary_of(coverage)
    return {
        "coverage": coverage,
        "story": coverage.story,
        "state": words.STATES[state],
        "turns": words.turns(state),
        "may": rights_of(request, coverage),
        "me": request.user.pk,
        "updates": updates,
        "older": updates[-1].number if len(updates) == reporting.NEWEST and updates[-1].number > 1 else 0,
        "inbox": inbox,
        "sent_later": inbox[-1].place if inbox and inbox[-1].place < inbox[-1].of_all else 0,
        "sent": inbox[-1].of_all if inbox else 0,
        "scheduled": [one for one in waiting if one.reached == Reached.SCHEDULED],
        "summary": summary,
        "stamp": _stamp(coverage, waiting, updates),
    }


def _stamp(coverage: Coverage, waiting: list[reporting.Waits], updates: list[reporting.Brief]) -> str:
    """What changes whenever the part below the form does: also where no event tells of it."""
    waits = [
        (one.pk, one.at, one.heading, one.text, one.pictures, one.author, one.failed, one.of_all) for one in waiting
    ]
    erasable = [one.number for one in updates if one.is_gone and one.has_words]
    return f"{coverage.head}-{zlib.crc32(repr((coverage.story.live, waits, erasable)).encode()):x}"
