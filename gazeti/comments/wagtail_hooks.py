"""The way to the comments from Wagtail's menu and the desk's first page, for whoever decides about them."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gazeti.comments.queries import queues
from gazeti.comments.views.desk import may_moderate, words
from gazeti.stories.queries import knows_all_drafts


class CommentsItem(MenuItem):
    """A line of the menu that moderators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether a moderator looks."""
        return may_moderate(request.user)


class CommentsWaiting(Component):
    """How many comments wait, before everything else a moderator finds on the first page."""

    template_name = "comments/desk/home.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The queues that are not empty."""
        found = queues.counts(now=timezone.now())
        named = [(name, words.QUEUES[name], words.counted(found[name])) for name in queues.NAMES]
        return {"queues": [one for one in named if one[2] != "0"]}

    @property
    def media(self) -> Media:
        """As the other lists of the first page look."""
        return Media(css={"all": ["gazeti/css/desk-home.css"]})


@hooks.register("register_admin_menu_item")
def comments_item() -> MenuItem:
    """Where moderators decide."""
    return CommentsItem(_("Comments"), reverse("comments_desk"), icon_name="comment", order=230)


@hooks.register("construct_homepage_panels", order=100)
def comments_waiting(request: HttpRequest, panels: list[Any]) -> None:
    """Say what waits, after the newsroom's own lists were put in Wagtail's place."""
    if may_moderate(request.user):
        # Whoever also writes is told first what went wrong there; a moderator has nothing else to do.
        panels.insert(len(panels) if knows_all_drafts(request.user) else 0, CommentsWaiting())
        for place, panel in enumerate(panels):
            panel.order = place
