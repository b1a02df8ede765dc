"""The layer that keeps from reporters what is not theirs, whichever of Wagtail's views is asked by number.

Wagtail checks the rights for most of them; its explorer, choosers and bulk actions show any title to whoever asks.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Page

from gazeti.stories.queries import knows_all_drafts, visible_pages

DESK = "/desk/"
BY_NUMBER = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
"""What Wagtail's addresses call the number of a page."""
LISTS = ("/desk/bulk/wagtailcore/page/", "/desk/choose-page/")
"""Addresses that take numbers of pages in their query or form."""
NUMBERS = ("id", "target_pages[]", "new_parent_page", "chooser")
EVERYTHING = "all"
"""What bulk actions are asked instead of numbers, for whatever the tree holds."""
CLOSED = "/desk/reports/"
"""Lists of everything there is, drafts and their former titles included."""


class Reach:
    """Answers that there is nothing where somebody asks for a page that they may not know of."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.inner(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Raise Http404 for a page out of reach; None lets Django call the view."""
        if not request.path.startswith(DESK) or not request.user.is_authenticated:
            return
        asked = _asked(request, kwargs)
        is_closed = request.path.startswith(CLOSED) or EVERYTHING in asked
        if not (asked or is_closed) or knows_all_drafts(request.user):
            return
        numbers = {int(one) for one in asked if one.isdecimal()}
        if is_closed or visible_pages(Page.objects.filter(pk__in=numbers), user=request.user).count() < len(numbers):
            raise Http404


def _asked(request: HttpRequest, kwargs: Mapping[str, Any]) -> set[str]:
    found = [str(kwargs[name]) for name in BY_NUMBER if name in kwargs]
    if request.path.startswith(LISTS):
        found += [one for form in (request.GET, request.POST) for name in NUMBERS for one in form.getlist(name)]
    return set(found)
