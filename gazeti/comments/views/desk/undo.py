"""Taking back what was decided in the last ten minutes, one or all that was decided at once; a page of all that was."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.undo import TooLate, undo_decision, undo_together
from gazeti.comments.models import Decision
from gazeti.comments.queries.undoing import undoable
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.doors import for_moderators, shown_light
from gazeti.comments.views.desk.one import overtaken

PARTS = (20, 10)
"""Decisions of a part, the first number at which the page is light."""


@for_moderators
@require_safe
def decided_page(request: HttpRequest) -> HttpResponse:
    """What this moderator decided and may take back, the newest first; the beginning where nothing is left."""
    begins, now = asked.optional_number(request.GET.get("from")), timezone.now()
    if begins is not None and not undoable(request.user, now=now, most=1, begins=begins).some:
        return redirect("comments_decided")

    def told(most: int) -> dict[str, Any]:
        found = undoable(request.user, now=now, most=most, begins=begins)
        each = [words.Undoing(*one) for one in found.some]
        return {"decided": each, "further": found.further, "undoable": [], "earlier": ""}

    return shown_light(request, "comments/desk/decided.html", told, sizes=PARTS)


@for_moderators
@require_POST
def undo(request: HttpRequest) -> HttpResponseBase:
    """Undo a decision, or all that were made together."""
    back = redirect(asked.back_of(request))
    try:
        if together := request.POST.get("together", "")[:32]:
            _undo_all(request, together)
        else:
            decision = get_object_or_404(
                Decision.objects.select_related("comment__reader", "reader"),
                pk=asked.number(request.POST.get("decision")),
            )
            undo_decision(decision, now=timezone.now(), by=request.user)
            messages.success(request, _("It is undone."))
    except TooLate:
        messages.warning(request, _("A decision can be undone for ten minutes. Decide anew instead."))
    except Overtaken as other:
        return overtaken(request, other.decision)
    return back


def _undo_all(request: HttpRequest, together: str) -> None:
    undone, left = undo_together(together, now=timezone.now(), by=request.user)
    number = len(undone)
    told = ngettext("One decision is undone.", "%(number)d decisions are undone.", number) % {"number": number}
    messages.success(request, told)
    if left:
        messages.warning(request, words.many_overtaken(len(left)))
