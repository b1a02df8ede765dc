"""What each role finds at the desk: a reporter the own stories and what readers see, an editor everything."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from gazeti.stories.queries import visible_pages


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
