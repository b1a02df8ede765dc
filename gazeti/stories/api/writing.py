"""Writing pages by the API: Wagtail's own writes, each with its permissions, and withdrawal.

What the caller may not see is not there; what is not ready to go out is refused by the story itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Schema
from ninja.errors import HttpError
from pydantic import Field, PositiveInt
from wagtail.api.v3.routers import pages as wagtail_pages
from wagtail.api.v3.routers.pages import (
    PageCreateSchema,
    PageDetailSchema,
    PageMoveSchema,
    PagePositionLiteral,
    PageUpdateSchema,
)
from wagtail.api.v3.schemas.pages import PageTypeInjectingBody
from wagtail.models import Page

from gazeti.stories.actions import withdraw_story
from gazeti.stories.api.reading import RichText, edited, pages, seen
from gazeti.stories.api.shapes import refuse_odd
from gazeti.stories.models import Story

if TYPE_CHECKING:
    from gazeti.accounts.models import User

__all__ = ["pages"]
NOT_OUT = "This page never was out, so there is nothing to withdraw."
NOT_ALLOWED = "You may not publish or withdraw this page."
LOCKED = "Somebody has locked this page, or it is in review. Ask them, or wait."
SENT = Body(...)
CHANGES = PageTypeInjectingBody(...)
View = Callable[..., Any]
ONE, MADE, NONE = {200: PageDetailSchema}, {201: PageDetailSchema}, {204: None}


class Move(PageMoveSchema):
    """Where a page goes: by default below the destination, after what stands there."""

    position: PagePositionLiteral = "last-child"


class Withdrawal(Schema):
    """What readers are told at the address of a withdrawn story."""

    note: str = Field("", max_length=200)


def changed(request: HttpRequest, page_id: int) -> Page:
    """A page that the caller may edit and that nobody keeps locked from them."""
    page = edited(request, page_id)
    lock = page.get_lock()
    if lock is not None and lock.for_user(request.user):
        raise PermissionDenied(LOCKED)
    return page


def of_an_edited_page(view: View) -> View:
    """A view of Wagtail's, called only for a page that the caller may edit."""
    return _checked_by(edited, view)


def of_a_changed_page(view: View) -> View:
    """A view of Wagtail's that changes a page, called only where nobody keeps it locked from the caller."""
    return _checked_by(changed, view)


def _checked_by(check: Callable[[HttpRequest, int], Page], view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, page_id: int, **values: Any) -> Any:
        check(request, page_id)
        return view(request, page_id=page_id, **values)

    return answer


@pages.post("/", response=MADE, url_name="create_page", operation_id="pages_create", summary="File a page")
def create(request: HttpRequest, data: PageCreateSchema = SENT, rich_text_format: RichText | None = None) -> Any:
    """File a page below another; with the action "publish", and the right to, it goes out at once."""
    refuse_odd(request, data)
    return wagtail_pages.create_page(request, data=data, rich_text_format=None)


@pages.patch("/{page_id}/", response=ONE, url_name="update_page", operation_id="pages_update", summary="Change a page")
def update(
    request: HttpRequest,
    page_id: int,
    data: PageUpdateSchema = CHANGES,
    rich_text_format: RichText | None = None,
) -> Any:
    """Change the fields that are given, in a new draft; with the action "publish", and the right to, it goes out."""
    changed(request, page_id)
    refuse_odd(request, data)
    return wagtail_pages.update_page(request, page_id=page_id, data=data, rich_text_format=None)


@pages.post(
    "/{page_id}/actions/move/",
    response=ONE,
    url_name="pages_actions_move",
    operation_id="pages_actions_move",
    summary="Move a page",
)
def move(request: HttpRequest, page_id: PositiveInt, data: Move) -> Any:
    """Move a page below or beside another; where readers could find it, its old address leads to the new one."""
    changed(request, page_id)
    seen(request, data.destination_id)
    return wagtail_pages.move(request, page_id=page_id, data=data)


@pages.post(
    "/{page_id}/actions/withdraw/",
    response=ONE,
    url_name="pages_actions_withdraw",
    operation_id="pages_actions_withdraw",
    summary="Withdraw a story",
)
def withdraw(request: HttpRequest, page_id: PositiveInt, data: Withdrawal) -> Page:
    """Take a story that was out back for good: its address answers 410 with the note, its record is kept."""
    story = changed(request, page_id)
    if not story.permissions_for_user(request.user).can_publish():
        raise PermissionDenied(NOT_ALLOWED)
    if not isinstance(story, Story) or not story.was_public:
        raise HttpError(409, NOT_OUT)
    withdraw_story(story, now=timezone.now(), note=data.note, by=cast("User", request.user))
    story.refresh_from_db()
    return story


deletion = of_a_changed_page(wagtail_pages.delete)
for method, address, view, answers, summary in (
    ("DELETE", "", deletion, NONE, "Delete a page that never was out"),
    ("DELETE", "actions/delete/", deletion, NONE, "Delete a page that never was out"),
    ("POST", "actions/publish/", of_a_changed_page(wagtail_pages.publish), ONE, "Publish the latest revision"),
    ("POST", "actions/unpublish/", of_a_changed_page(wagtail_pages.unpublish), ONE, "Take a page back to a draft"),
    ("POST", "actions/revert/", of_a_changed_page(wagtail_pages.revert), ONE, "Go back to a revision"),
    ("POST", "actions/convert_alias/", of_a_changed_page(wagtail_pages.convert_alias), ONE, "Make an alias a page"),
    ("POST", "actions/copy/", of_an_edited_page(wagtail_pages.copy), MADE, "Copy a page with its revisions"),
    ("POST", "actions/create_alias/", of_an_edited_page(wagtail_pages.create_alias), MADE, "Show it elsewhere too"),
):
    name = f"pages_{address.replace('/', '_').strip('_') or 'delete'}"
    pages.add_api_operation(
        f"/{{page_id}}/{address}",
        [method],
        view,
        response=answers,
        url_name=name,
        operation_id=name,
        summary=summary,
    )
