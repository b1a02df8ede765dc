"""What a story's history tells besides what Wagtail notes, and how it looks."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from gazeti.stories.actions.publish import OPENED


@hooks.register("register_log_actions")
def embargo_in_history(actions: LogActionRegistry) -> None:
    """Let the page's history tell when readers first saw it."""
    actions.register_action(OPENED, _("Open embargo"), _("Embargo opened: readers see it"))


@hooks.register("insert_global_admin_css")
def history_style() -> SafeString:
    """Moments in the foreground."""
    return format_html('<link rel="stylesheet" href="{}">', static("gazeti/css/desk-history.css"))
