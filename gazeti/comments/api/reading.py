"""What readers see of a discussion, through the gate: nobody's address, no trace, nothing that is not published."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field, PositiveInt

from gazeti.comments.formats import comment_html
from gazeti.comments.models import Comment
from gazeti.comments.queries.cases import PUBLISHED, said_under, with_words
from gazeti.comments.queries.mine import comments_address
from gazeti.stories.api import Bearer
from gazeti.stories.api.reading import in_version
from gazeti.stories.models import Story

LARGEST = 2_147_483_647
MOST = 50
NO_STORY = "There is no such story, or it may not be seen."
NO_COMMENT = "There is no such comment, or it may not be seen."

comments = Router(tags=["comments"], auth=Bearer())


class Part(Schema):
    """Which comments of a story are asked for: so many, behind the one of that number."""

    after: int = Field(0, ge=0, le=LARGEST)
    limit: int = Field(MOST, ge=1, le=MOST)


class Said(Schema):
    """A comment as readers see it. `number` is its own in its story; `reply_to` may name one that is gone."""

    id: int
    story: int
    number: int
    reply_to: int | None
    address: str
    name: str
    badge: str
    text: str
    html: str
    language: str
    sent_at: AwareDatetime
    edited_at: AwareDatetime | None
    respect: int
    is_pick: bool


class Discussion(Schema):
    """A part of a discussion; `after` leads to the next one, if there is."""

    comments: list[Said]
    after: int | None


@comments.get("/", response=Discussion, url_name="list_comments", operation_id="comments_list", summary="What was said")
def listed(request: HttpRequest, story: PositiveInt, part: Query[Part]) -> dict[str, Any]:
    """The published comments of a story that the public may read, by number."""
    found = said_under(open_story(request, story).pk, after=part.after, most=part.limit, **PUBLISHED)
    return paged([said(one) for one in found[: part.limit]], found=found, limit=part.limit)


@comments.get(
    "/{comment_id}/", response=Said, url_name="detail_comment", operation_id="comments_detail", summary="One comment"
)
def detailed(request: HttpRequest, comment_id: PositiveInt) -> dict[str, Any]:
    """A published comment, below a story that the public may read."""
    comment = with_words(Comment.objects.filter(pk=comment_id, **PUBLISHED)).first()
    if comment is None:
        raise Http404(NO_COMMENT)
    open_story(request, comment.story_id)
    return said(comment)


def open_story(request: HttpRequest, number: int) -> Story:
    """The story of that id, if the public may read it. Raises Http404, and 410 for one that was withdrawn."""
    page = in_version(request, number, "live")
    if not isinstance(page, Story):
        raise Http404(NO_STORY)
    return page


def said(comment: Any) -> dict[str, Any]:
    """A comment's facts, as `Said` names them."""
    text = getattr(comment, "text", None)
    body = text.body if text else ""
    alike = ("number", "reply_to", "badge", "language", "sent_at", "edited_at", "respect", "is_pick")
    return {
        "id": comment.pk,
        "story": comment.story_id,
        "address": f"{settings.GAZETI_ADDRESS}{comments_address(comment.story)}{comment.number}/",
        "name": text.name if text else "",
        "text": body,
        "html": comment_html(body),
        **{name: getattr(comment, name) for name in alike},
    }


def paged(shown: list[dict[str, Any]], *, found: list[Comment], limit: int) -> dict[str, Any]:
    """A part with the way to the next, where one more was found than was asked for."""
    return {"comments": shown, "after": shown[-1]["number"] if len(found) > limit else None}
