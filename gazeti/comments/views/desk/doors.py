"""Who comes in to decide about comments, and how pages of the desk answer them: kept by nobody, nothing inline."""

import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gazeti.comments.formats.excerpts import SIZES
from gazeti.comments.queries import queues
from gazeti.comments.queries.undoing import undoable
from gazeti.comments.views.desk import words
from gazeti.edge.middleware import PERSONAL

RIGHT = "gazeti_comments.moderate_comment"
ENTER = "wagtailadmin.access_admin"
UNDONE_AT_MOST = 3
"""Decisions that are offered to be taken back above every page."""
LIGHT = 19_700
"""Bytes of a page, deflated; on its way it gets 18 for gzip and up to 100 against guessing (BREACH), of 20,000."""


def may_moderate(user: Any) -> bool:
    """Whether somebody signed in decides about comments."""
    return bool(user.is_authenticated and user.has_perm(ENTER) and user.has_perm(RIGHT))


def for_moderators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let moderators in; lead whoever is not signed in to the door and back. Raises PermissionDenied for others."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("comments_desk")
            return redirect_to_login(wanted, login_url=reverse("account_login"))
        if not may_moderate(request.user):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["Content-Security-Policy"] = PERSONAL
        return response

    return answered


def shown(request: HttpRequest, template: str, facts: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page with the queues and their numbers, and what this moderator may still take back."""
    return render(request, template, {**_around(request, here=facts.get("here", "")), **facts}, status=status)


def shown_light(
    request: HttpRequest,
    template: str,
    told: Callable[[int], dict[str, Any]],
    *,
    sizes: Sequence[int] = SIZES,
    status: int = 200,
) -> HttpResponse:
    """The same of what many wrote: told by the first of the sizes at which the page is light, whatever they wrote."""
    around: dict[str, Any] = {}
    for size in sizes:
        facts = told(size)
        around = around or _around(request, here=facts.get("here", ""))
        answer = render(request, template, {**around, **facts}, status=status)
        if len(zlib.compress(answer.content)) <= LIGHT:
            break
    return answer


def _around(request: HttpRequest, *, here: str) -> dict[str, Any]:
    now = timezone.now()
    found = undoable(request.user, now=now, most=UNDONE_AT_MOST)
    return {
        "again": request.get_full_path(),
        "places": _places(here=here, now=now),
        "undoable": [words.Undoing(*one) for one in found.some],
        "earlier": words.counted(found.left) if found.left else "",
    }


def _places(*, here: str, now: datetime) -> list[dict[str, Any]]:
    """The queues with their numbers, and the page of all discussions."""
    found, desk = queues.counts(now=now), reverse("comments_desk")
    places: list[dict[str, Any]] = [
        {"name": name, "address": f"{desk}?queue={name}", "words": said, "number": words.counted(found[name])}
        for name, said in words.QUEUES.items()
    ]
    discussions = {"name": "discussions", "address": reverse("comments_discussions"), "words": _("Discussions")}
    return [{**one, "is_here": one["name"] == here} for one in [*places, discussions]]
