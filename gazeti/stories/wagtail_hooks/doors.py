"""What the desk says of a story that may not go out, and the place where an editor overrides a rule."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from gazeti.stories.actions.overrule import HISTORY, OVERRIDDEN, TAKEN_BACK


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
