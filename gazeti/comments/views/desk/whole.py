"""All reports of a comment, and all decisions about it, each whole: as many at a time as a page holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazeti.comments.models import Comment
from gazeti.comments.queries.history import decisions_of, reports_of
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.doors import for_moderators, shown_light

PARTS = (20, 12, 7, 4, 2)
"""Rows of a part, the first number at which the page is light."""
WHOLE = 10_000
"""Bytes and characters: no report and no word to a writer has as many."""


@for_moderators
@require_safe
def reports_page(request: HttpRequest, number: int) -> HttpResponse:
    """What readers reported of a comment, the newest first, or from one report on."""
    comment, begins = _comment(number), asked.optional_number(request.GET.get("from"))

    def told(most: int) -> dict[str, Any]:
        part = reports_of(comment, most=most, begins=begins)
        rows = [words.reported(one, most=WHOLE, longest=WHOLE) for one in part.rows]
        return {"heading": _("Reports"), "comment": comment, "reports": rows, "further": part.further}

    return shown_light(request, "comments/desk/whole.html", told, sizes=PARTS)


@for_moderators
@require_safe
def decisions_page(request: HttpRequest, number: int) -> HttpResponse:
    """What was decided about a comment, the newest first, or from one decision on."""
    comment, begins = _comment(number), asked.optional_number(request.GET.get("from"))

    def told(most: int) -> dict[str, Any]:
        part = decisions_of(comment, most=most, begins=begins)
        rows = [words.Told(one, most=WHOLE, longest=WHOLE) for one in part.rows]
        return {"heading": _("Decisions"), "comment": comment, "decisions": rows, "further": part.further}

    return shown_light(request, "comments/desk/whole.html", told, sizes=PARTS)


def _comment(number: int) -> Comment:
    return get_object_or_404(Comment.objects.select_related("text"), pk=number)
