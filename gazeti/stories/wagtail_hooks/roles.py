"""What each role finds at the desk: a reporter the own stories and what readers see, an editor everything."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from gazeti.stories.queries import knows_all_drafts, visible_pages


class DeskPolicy(PagePermissionPolicy):
    """Wagtail's rights on pages. Whoever may add a page below another sees it there only if it is theirs to know of."""

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """What the explorer, the search and the menu's list of pages show."""
        return visible_pages(super().explorable_instances(user), user=user)


register_permission_policy(Page, DeskPolicy())


@hooks.register("construct_page_chooser_queryset")
def choose_among_visible(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """The choosers of pages, which Wagtail fills for everybody alike."""
    return visible_pages(pages, user=request.user)


@hooks.register("construct_main_menu")
def reports_for_editors(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports list everything there is, so they open to those who may know of it (gazeti.stories.views.reach)."""
    if not knows_all_drafts(request.user):
        items[:] = [item for item in items if item.name != "reports"]
