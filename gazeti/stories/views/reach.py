"""The layer that keeps from people at the desk what is not theirs, whichever of Wagtail's views is asked by number.

Wagtail checks the rights for most of them; its explorer, choosers and bulk actions show any title to whoever asks.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.documents import get_document_model
from wagtail.models import Page

from gazeti.media.models import Picture
from gazeti.media.queries import works_with
from gazeti.stories.queries import knows_all_drafts, visible_pages

DESK = "/desk/"
BY_NUMBER = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
"""What Wagtail's addresses call the number of a page."""
BULK = "/desk/bulk/"
PAGES_IN_BULK = "/desk/bulk/wagtailcore/page/"
LISTS = (PAGES_IN_BULK, "/desk/choose-page/")
"""Addresses that take numbers of pages in their query or form."""
NUMBERS = ("id", "target_pages[]", "new_parent_page", "chooser")
OF_PEOPLE = ("user", "group")
"""What the desk's lists call the numbers by which they are narrowed."""
EVERYTHING = "all"
"""What bulk actions are asked instead of numbers, for whatever the tree holds."""
CLOSED = "/desk/reports/"
"""Lists of everything there is, drafts and their former titles included."""
FILES = {"/desk/api/main/images/": Picture, "/desk/api/main/documents/": get_document_model()}
"""Lists that Wagtail shows to whoever may enter the desk, and the rights on what they hold."""
NUMBER = re.compile(r"[0-9]{1,18}")
"""What every database takes as the number of a row; none of ours gets longer."""
TOO_LONG = re.compile(r"-?\d{19,}")
NOTHING = "\x00"
"""A character that PostgreSQL takes in no text."""


class Reach:
    """Answers that there is nothing where somebody asks for what they may not know of, or for what cannot be."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.inner(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Raise Http404 for what is out of reach; None lets Django call the view."""
        if not request.path.startswith(DESK) or not request.user.is_authenticated:
            return
        if not _can_be(request, [*args, *kwargs.values()]) or _is_closed_list_of_files(request):
            raise Http404
        asked = _asked(request, kwargs)
        is_closed = request.path.startswith(CLOSED) or EVERYTHING in asked
        if not (asked or is_closed) or knows_all_drafts(request.user):
            return
        if is_closed or not (_are_visible(asked, user=request.user) and _are_own_in_bulk(request)):
            raise Http404


def _can_be(request: HttpRequest, places: Iterable[Any]) -> bool:
    numbers = [one for name in OF_PEOPLE for one in request.GET.getlist(name)]
    if any(TOO_LONG.fullmatch(str(one)) for one in [*places, *numbers]):
        return False
    if any(NOTHING in one for _name, values in request.GET.lists() for one in values):
        return False
    listed = request.GET.getlist("id") if request.path.startswith((BULK, *LISTS)) else []
    return all(one == EVERYTHING or NUMBER.fullmatch(one) for one in listed)


def _is_closed_list_of_files(request: HttpRequest) -> bool:
    kinds = [kind for address, kind in FILES.items() if request.path.startswith(address)]
    return any(not works_with(kind, user=request.user) for kind in kinds)


def _asked(request: HttpRequest, kwargs: Mapping[str, Any]) -> set[str]:
    found = [str(kwargs[name]) for name in BY_NUMBER if name in kwargs]
    if request.path.startswith(LISTS):
        found += [one for form in (request.GET, request.POST) for name in NUMBERS for one in form.getlist(name)]
    return set(found)


def _are_visible(asked: Iterable[str], *, user: Any) -> bool:
    numbers = {int(one) for one in asked if NUMBER.fullmatch(one)}
    return visible_pages(Page.objects.filter(pk__in=numbers), user=user).count() == len(numbers)


def _are_own_in_bulk(request: HttpRequest) -> bool:
    """Whether pages chosen together are all one's own: Wagtail names those one has no right to by their drafts."""
    if not request.path.startswith(PAGES_IN_BULK):
        return True
    numbers = {int(one) for one in request.GET.getlist("id")}
    return Page.objects.filter(pk__in=numbers, owner=request.user).count() == len(numbers)
