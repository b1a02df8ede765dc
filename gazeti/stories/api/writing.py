"""Writing pages by the API: Wagtail's own writes, each with its permissions, and withdrawal.

What the caller may not see is not there; what is not ready to go out is refused by the story itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field, PositiveInt
from wagtail.api.v3.routers import pages as wagtail_pages
from wagtail.api.v3.routers.pages import PageDetailSchema
from wagtail.models import Page

from gazeti.stories.actions import withdraw_story
from gazeti.stories.api.reading import pages, seen
from gazeti.stories.models import Story

if TYPE_CHECKING:
    from gazeti.accounts.models import User

__all__ = ["pages"]
NOT_OUT = "This page never was out, so there is nothing to withdraw."
NOT_ALLOWED = "You may not publish or withdraw this page."

View = Callable[..., Any]


def of_a_seen_page(view: View) -> View:
    """A view of Wagtail's, called only for a page that the caller may see."""

    @wraps(view)
    def answer(request: HttpRequest, page_id: int, **values: Any) -> Any:
        seen(request, page_id)
        return view(request, page_id=page_id, **values)

    return answer


def _offer(method: str, path: str, view: View, *, name: str, summary: str, answers: dict[int, Any]) -> None:
    operation_id = name if name.startswith("pages_") else f"pages_{name.removesuffix('_page')}"
    pages.add_api_operation(
        path, [method], view, response=answers, url_name=name, operation_id=operation_id, summary=summary
    )


ONE, MADE, NONE = {200: PageDetailSchema}, {201: PageDetailSchema}, {204: None}
_offer("POST", "/", wagtail_pages.create_page, name="create_page", summary="File a page", answers=MADE)
for method, path, view, name, summary, answers in (
    ("PATCH", "", wagtail_pages.update_page, "update_page", "Change a page", ONE),
    ("DELETE", "", wagtail_pages.delete, "delete_page", "Delete a page that never was out", NONE),
    ("POST", "publish", wagtail_pages.publish, "", "Publish the latest revision", ONE),
    ("POST", "unpublish", wagtail_pages.unpublish, "", "Take a page back to a draft", ONE),
    ("POST", "copy", wagtail_pages.copy, "", "Copy a page", MADE),
    ("POST", "move", wagtail_pages.move, "", "Move a page", ONE),
    ("DELETE", "delete", wagtail_pages.delete, "", "Delete a page that never was out", NONE),
    ("POST", "revert", wagtail_pages.revert, "", "Go back to a revision", ONE),
    ("POST", "create_alias", wagtail_pages.create_alias, "", "Show a page at a second address", MADE),
    ("POST", "convert_alias", wagtail_pages.convert_alias, "", "Make an alias a page of its own", ONE),
):
    address = f"/{{page_id}}/actions/{path}/" if path else "/{page_id}/"
    _offer(
        method,
        address,
        of_a_seen_page(view),
        name=name or f"pages_actions_{path}",
        summary=summary,
        answers=answers,
    )


class Withdrawal(Schema):
    """What readers are told at the address of a withdrawn story."""

    note: str = Field("", max_length=200)


@pages.post(
    "/{page_id}/actions/withdraw/",
    response=PageDetailSchema,
    url_name="pages_actions_withdraw",
    operation_id="pages_actions_withdraw",
    summary="Withdraw a story",
)
def withdraw(request: HttpRequest, page_id: PositiveInt, data: Withdrawal) -> Page:
    """Take a story that was out back for good: its address answers 410 with the note, its record is kept."""
    story = seen(request, page_id)
    if not story.permissions_for_user(request.user).can_publish():
        raise PermissionDenied(NOT_ALLOWED)
    if not isinstance(story, Story) or not story.was_public:
        raise HttpError(409, NOT_OUT)
    withdraw_story(story, now=timezone.now(), note=data.note, by=cast("User", request.user))
    story.refresh_from_db()
    return story
