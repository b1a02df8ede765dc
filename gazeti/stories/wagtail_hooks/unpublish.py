"""Unpublishing asks, and what was out is not deleted, at the desk's own doors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from gazeti.stories.actions.withdraw import WITHDRAWN
from gazeti.stories.models import Section, Story
from gazeti.stories.views.history import StoryHistory
from gazeti.stories.views.unpublish import BulkUnpublish, Unpublish, answer_to_deletion


class StoryPages(PageViewSet):
    """Wagtail's views of a story, with our question before it is taken down, and its moments in its history."""

    model = Story
    unpublish_view_class = Unpublish
    history_view_class = StoryHistory


class SectionPages(PageViewSet):
    """The same of a section, which may take its stories down with it."""

    model = Section
    unpublish_view_class = Unpublish


@hooks.register("register_admin_viewset")
def pages_that_ask() -> list[PageViewSet]:
    """Both kinds of pages."""
    return [StoryPages(), SectionPages()]


# In the place of Wagtail's, which is registered before it.
hooks.register("register_bulk_action", BulkUnpublish, order=100)


@hooks.register("before_delete_page")
def explain_before_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say that it is kept, before anybody is asked whether to delete it."""
    return answer_to_deletion(request, [page])


@hooks.register("before_bulk_action")
def explain_before_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Say which of the chosen pages are kept; none of them is deleted then."""
    pages = [one for one in objects if isinstance(one, Page)]
    return answer_to_deletion(request, pages) if action_type == "delete" and pages else None


@hooks.register("register_log_actions")
def withdrawal_in_history(actions: LogActionRegistry) -> None:
    """Let the page's history tell of it."""
    actions.register_action(WITHDRAWN, _("Withdraw"), _("Withdrawn: readers are told so at its address"))
