"""The review: an editor reads what was submitted, and approves it or sends it back."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class EditorReview(AbstractGroupApprovalTask):
    """The one step between a reporter's submission and publication, for the groups that may publish.

    While it lasts the story is locked for everybody else, so that what is approved is what was read.
    """

    class Meta:
        verbose_name = _("editor's review")
        verbose_name_plural = _("editors' reviews")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What a reviewer may do, in a newsroom's words; the last says whether a comment is asked for."""
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [("approve", _("Approve"), False), ("reject", _("Send back with a comment"), True)]

    @classmethod
    def get_description(cls) -> str:
        """What it is, for whoever makes workflows."""
        return str(_("Members of the chosen groups approve a story, or send it back"))
