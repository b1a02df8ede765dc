"""Named slots: a lower floor shows something of a higher one without knowing it (house.md).

"page" and "weight" (what a reader would load of a story in memory) are filled once, by the floor that renders pages.
Any other name ("comments", "live") may be filled by several apps; a template shows them in the order of their names.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

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
