"""Handing in at the desk: the buttons speak the newsroom's words, and whoever handed in comes home.

What stands in the way is told by the layer that saves what was typed (gazeti.stories.views.preflight).
"""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import action_menu
from wagtail.models import Page

SUBMIT, PUBLISH = "action-submit", "action-publish"
CANCEL, RESTART = "action-cancel-workflow", "action-restart-workflow"


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def home_after_submitting(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Lead to what waits next; Wagtail would lead to the list of all pages."""
    return redirect("wagtailadmin_home") if SUBMIT in request.POST and page.workflow_in_progress else None


class Submit(action_menu.SubmitForModerationMenuItem):
    """The button that hands a story in."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Its label depends on whether the story was handed in before."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        again = page and page.current_workflow_state
        context["label"] = _("Submit again") if again else _("Submit for review")
        return context


class TakeBack(action_menu.CancelWorkflowMenuItem):
    """The button by which a writer takes a story back out of the review, to go on writing."""

    label = gettext_lazy("Take back from review")

    def is_shown(self, context: Any) -> bool:
        """An editor who does not own it sends it back with a comment instead."""
        return bool(super().is_shown(context)) and context["page"].owner_id == context["request"].user.pk


@hooks.register("construct_page_action_menu", order=1000)
def buttons_of_a_story(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's buttons in a newsroom's words; whoever may not publish finds submitting first."""
    ours = {SUBMIT: Submit, CANCEL: TakeBack}
    kept: list[Any] = [
        ours[item.name](order=item.order) if item.name in ours else item for item in items if item.name != RESTART
    ]
    items[:] = [item for item in kept if item.is_shown(context)]
    if not any(item.name == PUBLISH for item in items):
        items.sort(key=lambda item: item.name != SUBMIT)
