"""Sharing a draft, from a story's menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from gazeti.stories.actions.share import ENDED, SHARED
from gazeti.stories.models import Story
from gazeti.stories.views import sharing


@hooks.register("register_admin_urls")
def sharing_addresses() -> list[URLPattern]:
    """Where links are made, listed and ended."""
    return [
        path("stories/<int:page_id>/share/", sharing.sharing, name="story_sharing"),
        path("stories/<int:page_id>/share/<int:share_id>/end/", sharing.end, name="end_story_share"),
    ]


@hooks.register("register_page_header_buttons")
def share_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """An entry in the menu of a story that somebody may edit."""
    story = page.specific_class is Story and page.pk
    if story and page.permissions_for_user(user).can_edit():
        yield Button(_("Share this draft"), reverse("story_sharing", args=[page.pk]), icon_name="link", priority=25)


@hooks.register("register_log_actions")
def share_in_history(actions: Any) -> None:
    """What a story's history calls it."""
    actions.register_action(SHARED, _("Share draft"), _("Draft shared by a link"))
    actions.register_action(ENDED, _("End a shared link"), _("Link to the draft ended"))
