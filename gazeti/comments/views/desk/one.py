"""One comment: in its thread and story, why it is here, who wrote it; and what a moderator decides about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.moderate import CannotBe, decide_comment
from gazeti.comments.formats.excerpts import LONGEST
from gazeti.comments.forms import REASONS
from gazeti.comments.models import Comment, Decision
from gazeti.comments.queries.history import Case, case_of
from gazeti.comments.queries.marked import marked
from gazeti.comments.queries.undoing import can_be_undone
from gazeti.comments.rules import Kind, State
from gazeti.comments.views.desk import asked, words
from gazeti.comments.views.desk.asked import NOTHING_TYPED
from gazeti.comments.views.desk.doors import for_moderators, shown, shown_light

DECIDED_FIRST = _("Somebody decided first")
CANNOT_BE = _("That cannot be decided about this comment as it stands")


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def comment_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show a comment; sent as a form, decide about it. A link of a mail (`do`) asks for one decision first."""
    comment = get_object_or_404(
        Comment.objects.select_related("text", "story", "reader").defer("story__body"), pk=number
    )
    if request.method != "POST":
        return case_shown(request, comment)
    try:
        decision = asked.decision_of(request.POST, request.POST.get("kind", ""), asked.OF_COMMENTS)
    except asked.Incomplete as lack:
        return case_shown(request, comment, typed=asked.typed_in(request.POST, lack), status=422)
    seen = asked.number(request.POST.get("seen"))
    try:
        decide_comment(comment, now=timezone.now(), seen=seen, by=request.user, **decision._asdict())
    except Overtaken as other:
        return overtaken(request, other.decision, comment=comment)
    except CannotBe as other:
        last = other.comment.decisions.order_by("-pk").first()
        return overtaken(request, last, comment=other.comment, heading=CANNOT_BE)
    return redirect(asked.part_of(request))


def case_shown(
    request: HttpRequest, comment: Comment, *, typed: asked.Typed = NOTHING_TYPED, status: int = 200
) -> HttpResponse:
    """The comment's page."""
    case = case_of(comment)
    facts: dict[str, Any] = {
        "case": case,
        "comment": comment,
        "typed": typed,
        "pieces": marked(case.body, words=case.words),
        "state": words.STATES[State(comment.state)],
        "rule": words.rule(case.found.rule) if case.found else "",
        "age": words.age(comment.sent_at, now=timezone.now()),
        "reasons": REASONS.items(),
        "undoing": _undoing(request, case),
        "queue": asked.queue_of(request),
        "part": asked.after_of(request),
        **_offered(comment, wanted=request.GET.get("do", "")),
    }

    def told(most: int) -> dict[str, Any]:
        return {**facts, **_beside(case, most=most)}

    return shown_light(request, "comments/desk/comment.html", told, status=status)


def _undoing(request: HttpRequest, case: Case) -> words.Undoing | None:
    """The last decision about the comment, where whoever looks may take it back."""
    last = case.decisions.rows[0] if case.decisions.rows else None
    is_one = last is not None and can_be_undone(last, by=request.user, now=timezone.now())
    return words.Undoing(last, by_itself=True) if last and is_one else None


def _beside(case: Case, *, most: int) -> dict[str, Any]:
    """What others wrote that stands beside the comment: of each so many bytes."""
    return {
        "named": words.found_in(case.words, most=most),
        "above": words.said(case.above, most=most) if case.above else None,
        "below": [words.said(one, most=most) for one in case.below],
        "reports": [words.reported(one, most=most) for one in case.reports.rows],
        "decisions": [words.Told(one, most=most) for one in case.decisions.rows],
        "writer": words.writer(case.writer, now=timezone.now(), most=most) if case.writer else None,
    }


def overtaken(
    request: HttpRequest,
    decision: Decision | None,
    *,
    comment: Comment | None = None,
    heading: Promise = DECIDED_FIRST,
) -> HttpResponse:
    """409: what was decided, by whom and when."""
    facts = {
        "heading": heading,
        "told": words.Told(decision, most=LONGEST) if decision else None,
        "comment": comment,
        "queue": asked.queue_of(request),
        "part": asked.after_of(request),
        "again": asked.back_of(request),
    }
    return shown(request, "comments/desk/overtaken.html", facts, status=409)


def _offered(comment: Comment, *, wanted: str) -> dict[str, Any]:
    """What can be decided about the comment as it stands, and the one decision that a link asks for."""
    state = State(comment.state)
    kinds = {
        "approve": state not in (State.PUBLISHED, State.DELETED),
        "keep": state is State.PUBLISHED or bool(comment.open_reports),
        "reject": state not in (State.REJECTED, State.DELETED),
        "spam": state not in (State.SPAM, State.DELETED),
        "pick": state is State.PUBLISHED and not comment.is_pick,
        "unpick": state is State.PUBLISHED and comment.is_pick,
    }
    asks = {Kind.APPROVED: kinds["approve"], Kind.REJECTED: kinds["reject"], Kind.SPAM: kinds["spam"]}
    return {"can": kinds, "wanted": wanted if asks.get(wanted) else ""}  # type: ignore[call-overload]
