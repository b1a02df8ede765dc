"""A draft shown to whoever has its link: rendered as readers will get it, under a line that says what it is."""

import re
from collections.abc import Callable, Set
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gazeti import edge, guard
from gazeti.base.models import page_answer
from gazeti.media.rules import picture_of
from gazeti.media.views import draft_file
from gazeti.stories.models import SharedDraft, Story
from gazeti.stories.queries import is_out_since, pictures_in, shared_by

View = Callable[..., HttpResponseBase]
FILE = re.compile(r"/media/(pictures/[0-9a-z]+/[\w-]+\.(?:avif|webp))")
BODY = "<body>"
GUESSES = (
    guard.Limit("drafts' links guessed", most=30, seconds=600, by=("address", "device")),
    guard.Limit("drafts' links guessed from one network", most=300, seconds=600, by=("address",)),
)
"""How many links that nobody was given may be tried; a carrier's phones share the second alone."""


def private(view: View) -> View:
    """Decorate a view so that nobody keeps its answer, no robot lists it and no other site learns its address."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


def not_guessed(view: View) -> View:
    """Decorate a view of a link so that whoever tried too many that nobody was given is not looked up any more."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        verdict = guard.peek(*GUESSES, **guard.facts_of(request))
        return view(request, *args, **kwargs) if verdict.allowed else guard.too_many(request, verdict)

    return answer


@edge.uncached
@private
@require_safe
@not_guessed
def shared_draft(request: HttpRequest, token: str) -> HttpResponseBase:
    """The latest revision of a draft; the story itself once that is out."""
    shared = shared_by(token)
    if shared is None:
        guard.allow(*GUESSES, **guard.facts_of(request))
        return _nothing("never", status=404)
    if not shared.is_open(now=timezone.now()):
        return _nothing("ended", status=410)
    if is_out_since(shared):
        return HttpResponseRedirect(shared.story.address)
    if shared.story.is_taken_back:
        return _nothing("withdrawn", status=410)
    return _shown(request, shared)


@edge.uncached
@private
@require_safe
@not_guessed
def shared_picture(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A picture of the draft, while its link shows it."""
    shared = shared_by(token)
    if shared is None:
        guard.allow(*GUESSES, **guard.facts_of(request))
    is_open = shared is not None and shared.is_open(now=timezone.now()) and not shared.story.is_taken_back
    return draft_file(path, among=_pictures(_draft(shared)) if shared and is_open else set())


def _draft(shared: SharedDraft) -> Story:
    draft: Story = shared.story.get_latest_revision_as_object()
    return draft


def _pictures(draft: Story) -> set[int]:
    return {picture.pk for picture in pictures_in(draft) if not picture.rights_over}


def _shown(request: HttpRequest, shared: SharedDraft) -> HttpResponse:
    draft = _draft(shared)
    answer = cast(HttpResponse, page_answer(draft, request))
    with override(settings.GAZETI_LANGUAGE):
        line = render_to_string("stories/share/line.html", {"ends": shared.ends_at})
    html = answer.content.decode().replace(BODY, f"{BODY}{line}", 1)
    response = HttpResponse(_with_own_pictures(html, _pictures(draft), below=request.path))
    response["Content-Security-Policy"] = answer["Content-Security-Policy"]
    return response


def _with_own_pictures(html: str, own: Set[int], *, below: str) -> str:
    """The pictures of the draft at addresses below its link: their own are closed until the story is out."""

    def address(found: re.Match[str]) -> str:
        return f"{below}media/{found[1]}" if picture_of(found[1]) in own else found[0]

    return FILE.sub(address, html)


def _nothing(why: str, *, status: int) -> HttpResponse:
    """A plain page, without a word of the story."""
    with override(settings.GAZETI_LANGUAGE):
        html = render_to_string("stories/share/nothing.html", {"why": why, "language": settings.GAZETI_LANGUAGE})
    return HttpResponse(html, status=status)
