"""What the desk says of a story that may not go out, and the place where an editor overrides a rule."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from gazeti.stories.actions import refuse_any_unready
from gazeti.stories.actions.overrule import HISTORY, OVERRIDDEN, TAKEN_BACK
from gazeti.stories.queries.overrides import drafts_to_publish
from gazeti.stories.views import overrides
from gazeti.stories.views.publish import BulkPublish

# In the place of Wagtail's, which is registered before it.
hooks.register("register_bulk_action", BulkPublish, order=100)


@hooks.register("register_log_actions")
def overrides_in_history(actions: LogActionRegistry) -> None:
    """Let the page's history tell of overrides, each with its rule and its reason."""

    @actions.register_action(HISTORY[OVERRIDDEN])
    class Overridden(LogFormatter):
        label = _("Override a rule")

        def format_message(self, log_entry: Any) -> str:
            return gettext("“%(rule)s” is overridden: %(reason)s") % log_entry.data

    @actions.register_action(HISTORY[TAKEN_BACK])
    class TakenBack(LogFormatter):
        label = _("Take an override back")

        def format_message(self, log_entry: Any) -> str:
            return gettext("“%(rule)s” blocks again. It was overridden: %(reason)s") % log_entry.data


@hooks.register("before_bulk_action")
def refuse_unready_in_bulk(_request: HttpRequest, kind: str, pages: list[Any], action: Any) -> None:
    """Tell the reasons of all stories at once, instead of those of the first; the ready ones wait for the others."""
    if kind == "publish" and issubclass(action.model, Page):
        refuse_any_unready(drafts_to_publish(pages), now=timezone.now())


@hooks.register("register_admin_urls")
def override_addresses() -> list[URLPattern]:
    """Where rules are overridden, and where all overrides are listed."""
    return [
        path("stories/<int:page_id>/overrides/", overrides.story_overrides, name="story_overrides"),
        path(
            "stories/<int:page_id>/overrides/<int:override_id>/take-back/",
            overrides.take_back,
            name="story_override_take_back",
        ),
        path("reports/overrides/", overrides.overrides_report, name="overrides_report"),
    ]


class OverridesMenuItem(MenuItem):
    """The list of overrides, for who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To editors and administrators."""
        return overrides.may_read_report(request)


@hooks.register("register_reports_menu_item")
def overrides_in_menu() -> MenuItem:
    """Under Reports."""
    address = reverse_lazy("overrides_report")
    return OverridesMenuItem(_("Overrides"), address, name="overrides", icon_name="warning", order=900)


@hooks.register("insert_global_admin_css")
def reasons_style() -> SafeString:
    """How reasons and overrides look, and how they are read where no script runs."""
    return format_html(
        '<link rel="stylesheet" href="{}"><noscript><link rel="stylesheet" href="{}"></noscript>',
        static("gazeti/css/desk-overrides.css"),
        static("gazeti/css/desk-noscript.css"),
    )


@hooks.register("insert_editor_js")
def reason_opens() -> SafeString:
    """What opens a story's form where a reason's link leads."""
    return format_html('<script type="module" src="{}"></script>', static("gazeti/js/desk-reason.js"))
