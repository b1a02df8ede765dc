"""Moderating by a token: what waits, every state of a comment, and deciding, by the same actions as the desk.

Whose token it is must have the right to moderate; no email address and no trace is told to anybody.
"""

from typing import Annotated, Any, Literal, Self

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field, PositiveInt, model_validator
from wagtail.api.v3.errors import problem_response

from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.moderate import CannotBe, decide_comment
from gazeti.comments.actions.states import Why
from gazeti.comments.api.reading import LARGEST, NO_COMMENT, NO_STORY, Part, Said, paged, said
from gazeti.comments.models import Comment, Decision
from gazeti.comments.queries import queues
from gazeti.comments.queries.all_comments import decider_of
from gazeti.comments.queries.cases import said_under, with_cases, with_words
from gazeti.comments.rules import Kind, Reason, State
from gazeti.comments.rules.told import Text
from gazeti.stories.api import Bearer
from gazeti.stories.models import Story

RIGHT = "gazeti_comments.moderate_comment"
NOT_YOURS = "You may not decide about comments: ask an administrator for the role of a moderator."
OVERTAKEN = "Somebody has decided about this comment since. Look at it again, and send the new “seen”."
CANNOT_BE = "That cannot be decided about this comment as it stands."
REASON_MISSING = "give a reason: the writer is told"

moderation = Router(tags=["moderation"], auth=Bearer())


class Decided(Schema):
    """A decision, by a rule or by somebody (`by`); `words` are those that the rule found."""

    id: int
    kind: str
    before: str
    after: str
    rule: str
    reason: str
    words: list[str]
    note: str
    by: str | None
    at: AwareDatetime


class Reported(Schema):
    """A report; who sent it is not told here."""

    reason: str
    is_illegal: bool
    text: str
    at: AwareDatetime
    closed_at: AwareDatetime | None


class Case(Said):
    """A comment in any state. `seen` is what a decision sends back; `reader` tells writers apart."""

    state: str
    seen: int
    reader: int | None
    open_reports: int
    decisions: list[Decided]
    reports: list[Reported]


class Cases(Schema):
    """A part of a discussion or of a queue; `after` leads to the next one, if there is."""

    comments: list[Case]
    after: int | None


class Wanted(Schema):
    """A decision. `seen` is that of the comment as it was read, so that nobody decides over another."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["approved", "rejected", "spam", "kept", "picked", "unpicked"]
    seen: Annotated[int, Field(ge=0, le=LARGEST)]
    reason: Reason | None = None
    note: Annotated[Text, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _has_its_reason(self) -> Self:
        if self.kind == Kind.REJECTED and self.reason is None:
            raise ValueError(REASON_MISSING)
        return self


@moderation.get(
    "/queues/{name}/",
    response=Cases,
    url_name="list_waiting",
    operation_id="moderation_queue",
    summary="What waits for a moderator, the oldest first",
)
def waiting(
    request: HttpRequest,
    name: Literal["held", "reported", "illegal", "new"],
    after: Annotated[int, Field(ge=0, le=LARGEST)] | None = None,
) -> dict[str, Any]:
    """Twenty of a queue; `after` is the id that the part before names."""
    moderators_only(request)
    found = queues.queue(name, now=timezone.now(), after=after)
    return {"comments": cases([one.comment for one in found.items]), "after": found.after}


@moderation.get(
    "/comments/",
    response=Cases,
    url_name="list_cases",
    operation_id="moderation_comments_list",
    summary="The comments of a story in every state",
)
def listed(request: HttpRequest, story: PositiveInt, part: Query[Part], state: State | None = None) -> dict[str, Any]:
    """The comments of any story by number, or those in one state."""
    moderators_only(request)
    if not Story.objects.filter(pk=story).exists():
        raise Http404(NO_STORY)
    which = {"state": state} if state else {}
    found = said_under(story, after=part.after, most=part.limit, **which)
    return paged(cases(found[: part.limit]), found=found, limit=part.limit)


@moderation.get(
    "/comments/{comment_id}/",
    response=Case,
    url_name="detail_case",
    operation_id="moderation_comments_detail",
    summary="One comment in whatever state",
)
def detailed(request: HttpRequest, comment_id: PositiveInt) -> dict[str, Any]:
    """A comment with what was decided about it and reported of it."""
    moderators_only(request)
    return cases([_comment(comment_id)])[0]


@moderation.post(
    "/comments/{comment_id}/decisions/",
    response={201: Case},
    url_name="decide",
    operation_id="moderation_decide",
    summary="Decide about a comment",
)
def decide(request: HttpRequest, comment_id: PositiveInt, wanted: Wanted) -> Any:
    """Decide; 409 with the other decision where somebody has decided since, or where it cannot be decided so."""
    moderators_only(request)
    comment = _comment(comment_id)
    told = wanted.kind == Kind.REJECTED
    why = Why(by=request.user, reason=(wanted.reason or "") if told else "", note=wanted.note if told else "")
    try:
        decide_comment(comment, kind=Kind(wanted.kind), now=timezone.now(), seen=wanted.seen, **why)
    except Overtaken as other:
        return _conflict(OVERTAKEN, decision=other.decision)
    except CannotBe as other:
        return _conflict(CANNOT_BE, decision=other.comment.decisions.order_by("-pk").first())
    return Status(201, cases([_comment(comment_id)])[0])


def moderators_only(request: HttpRequest) -> None:
    """Raise PermissionDenied unless the caller decides about comments."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied(NOT_YOURS)


def cases(found: list[Comment]) -> list[dict[str, Any]]:
    """The facts of comments, as `Case` names them."""
    return [_case(one) for one in with_cases(found)]


def _case(comment: Any) -> dict[str, Any]:
    return {
        **said(comment),
        "state": comment.state,
        "seen": comment.decisions_made,
        "reader": comment.reader_id,
        "open_reports": comment.open_reports,
        "decisions": [_decided(one) for one in comment.decisions.all()],
        "reports": [_reported(one) for one in comment.reports.all()],
    }


def _decided(one: Decision) -> dict[str, Any]:
    evidence = getattr(one, "evidence", None)
    alike = ("kind", "before", "after", "rule", "reason", "at")
    facts = {"id": one.pk, "by": decider_of(one), **{name: getattr(one, name) for name in alike}}
    return {**facts, "words": evidence.words if evidence else [], "note": evidence.note if evidence else ""}


def _reported(one: Any) -> dict[str, Any]:
    text = getattr(one, "text", None)
    alike = ("reason", "is_illegal", "at", "closed_at")
    return {"text": text.text if text else "", **{name: getattr(one, name) for name in alike}}


def _comment(number: int) -> Comment:
    found = with_words(Comment.objects.filter(pk=number)).first()
    if found is None:
        raise Http404(NO_COMMENT)
    return found


def _conflict(sentence: str, *, decision: Decision | None) -> HttpResponse:
    """409 with the decision that came before."""
    other = Decided(**_decided(decision)).model_dump(mode="json") if decision else None
    return problem_response(status=409, detail=sentence, errors=[{"msg": sentence, "decision": other}])
