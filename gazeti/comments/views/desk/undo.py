"""Taking back what was decided in the last ten minutes, one or all that was decided at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.undo import TooLate, undo_decision, undo_together
from gazeti.comments.models import Decision
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.doors import for_moderators
from gazeti.comments.views.desk.one import overtaken


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
