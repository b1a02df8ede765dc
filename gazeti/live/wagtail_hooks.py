"""The live desk in Wagtail's menu, and the way there from a story's own."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from gazeti.live.queries import rights
from gazeti.live.queries.coverages import known
from gazeti.stories.models import Story


class LiveItem(MenuItem):
    """The live desk, for who posts there."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To reporters, editors and administrators."""
        return bool(request.user.has_perm(rights.POST))


@hooks.register("register_admin_menu_item")
def live_item() -> MenuItem:
    """Where stories are covered as they happen."""
    return LiveItem(_("Live"), reverse_lazy("live_desk"), name="live", icon_name="time", order=220)


@hooks.register("register_page_header_buttons")
def live_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From a story that is covered to its live desk; from another to where it can be."""
    if page.specific_class is not Story or not page.pk:
        return
    story = page.specific
    if known().state_of(story.pk) is not None:
        if rights.may_send_in(user, story=story):
            yield Button(_("Live desk"), reverse("live_screen", args=[story.pk]), icon_name="time", priority=27)
    elif rights.may_cover(user, story=story):
        address = f"{reverse('live_desk')}?story={story.pk}"
        yield Button(_("Cover it live"), address, icon_name="time", priority=27)
