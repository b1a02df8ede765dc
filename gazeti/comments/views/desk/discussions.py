"""How comments are taken: one switch for the paper, a mode for a section, one for a story as long as need be."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gazeti.comments.actions.close import set_section_mode, set_story_mode, switch_comments
from gazeti.comments.queries.overview import sections_and_modes, stories_discussed
from gazeti.comments.rules import Mode
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.doors import for_moderators, shown
from gazeti.stories.models import Section, Story

HOURS = (0, 1, 6, 24, 72)
"""For how long a story's own mode may be set; 0: until somebody changes it."""
LONGEST_SEARCH = 100


@for_moderators
@require_safe
def discussions_page(request: HttpRequest) -> HttpResponse:
    """The paper's switch, the sections, and the stories that are discussed, the last first, or those looked for."""
    looked_for = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    now = timezone.now()
    facts = {
        "here": "discussions",
        "looked_for": looked_for,
        "overview": sections_and_modes(),
        "stories": [_told(one, now=now) for one in stories_discussed(looked_for, now=now)],
        "modes": words.MODES.items(),
        "hours": [(hours, words.hours(hours)) for hours in HOURS],
    }
    return shown(request, "comments/desk/discussions.html", facts)


@for_moderators
@require_POST
def switch(request: HttpRequest) -> HttpResponseBase:
    """Close all, or let all be as they were. Before all are closed it is asked once more."""
    wanted = request.POST.get("to")
    if wanted not in ("open", "closed"):
        raise BadRequest("that is no position of the switch")
    if wanted == "closed" and "sure" not in request.POST:
        return shown(request, "comments/desk/close_all.html", {"here": "discussions"})
    switch_comments(is_open=wanted == "open", by=request.user)
    return redirect("comments_discussions")


@for_moderators
@require_POST
def section_mode(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give a section its mode."""
    section = get_object_or_404(Section, pk=number)
    set_section_mode(section, mode=_mode(request), by=request.user)
    return redirect("comments_discussions")


@for_moderators
@require_POST
def story_mode(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give a story its mode, for some hours or for good."""
    story, now = get_object_or_404(Story, pk=number), timezone.now()
    hours = asked.number(request.POST.get("hours") or "0")
    if hours not in HOURS:
        raise BadRequest("that is no time for a mode")
    until: datetime | None = now + timedelta(hours=hours) if hours else None
    set_story_mode(story, mode=_mode(request), until=until, by=request.user)
    return redirect("comments_discussions")


def _mode(request: HttpRequest) -> Mode | None:
    written = request.POST.get("mode", "")
    if written and written not in set(Mode):
        raise BadRequest("that is no mode")
    return Mode(written) if written else None


def _told(one: Any, *, now: datetime) -> dict[str, Any]:
    story, standing = one
    own = getattr(story, "discussion", None)
    is_own = bool(own and own.mode and (own.mode_until is None or own.mode_until > now))
    return {
        "story": story,
        "published": standing.published,
        "own": own.mode if is_own and own else "",
        "until": own.mode_until if is_own and own else None,
        "is_open": standing.is_open,
        "mode": words.MODES[standing.mode],
    }
