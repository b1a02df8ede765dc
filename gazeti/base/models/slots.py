"""Named slots: a lower floor shows something of a higher one without knowing it (house.md).

"page", "frame", "bodies", "weight" are filled once, by the floor that renders pages; others by several, shown by name.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

Fill = Callable[..., Any]
_slots: dict[str, dict[str, Fill]] = {}


def fill(slot: str, name: str, part: Fill) -> None:
    """Put a part into a slot, from `AppConfig.ready`; the same name again replaces it."""
    _slots.setdefault(slot, {})[name] = part


def filled(slot: str) -> list[Fill]:
    """The parts of a slot, by name; none where nobody filled it."""
    return [part for _name, part in sorted(_slots.get(slot, {}).items())]


def page_answer(page: Any, request: HttpRequest) -> HttpResponseBase:
    """The answer to a reader of a page. Raises LookupError while no app renders pages."""
    parts = filled("page")
    if not parts:
        raise LookupError("no app has filled the slot that renders pages")
    answer: HttpResponseBase = parts[0](page, request)
    return answer


def framed_answer(
    request: HttpRequest, template: str, facts: dict[str, Any], *, tags: set[str], status: int = 200
) -> HttpResponse:
    """A reader's page of an app below the one that renders them: its template, which extends "base/page.html", in the
    paper's frame and style, under its policy and with its tags. Raises LookupError while no app renders pages.
    """
    parts = filled("frame")
    if not parts:
        raise LookupError("no app has filled the slot that frames pages")
    answer: HttpResponse = parts[0](request, template, facts, tags=tags, status=status)
    return answer


def bodies_as_html(raws: Sequence[list[dict[str, Any]]], *, said: str = "") -> tuple[list[str], set[str]]:
    """Raw bodies as readers get them, in HTML, and the cache tags of what they point to; a few queries for all of them.

    `said` is the language they are in, empty for the paper's. Raises LookupError while no app renders pages.
    """
    parts = filled("bodies")
    if not parts:
        raise LookupError("no app has filled the slot that renders bodies")
    found: tuple[list[str], set[str]] = parts[0](raws, said=said)
    return found
