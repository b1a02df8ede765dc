"""Submitting at the desk: what was written is saved first, then handed in, or the reasons are told."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import action_menu, messages
from wagtail.models import Page

from gazeti.stories.actions import NotReady, submit_story
from gazeti.stories.models import Story

SUBMIT, CANCEL, RESTART = "action-submit", "action-cancel-workflow", "action-restart-workflow"


@hooks.register("before_create_page")
def create_before_submitting(request: HttpRequest, parent: Page, kind: type[Page]) -> None:
    """A new story is saved as any draft is, so that nothing typed is lost to what is missing."""
    if kind is Story:
        _save_first(request)


@hooks.register("before_edit_page")
def save_before_submitting(request: HttpRequest, page: Page) -> None:
    """The same for a story that is there already."""
    if isinstance(page, Story):
        _save_first(request)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def submit_what_was_saved(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Hand it in, and lead back to the desk's home; or to the story, with what stands in the way."""
    if not isinstance(page, Story) or not getattr(request, "is_handing_in", False):
        return None
    try:
        done = submit_story(page, now=timezone.now(), by=request.user)
    except NotReady as refused:
        messages.error(request, _not_submitted(len(refused.findings)))
        return redirect(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#preflight")
    if not done:
        return None
    messages.success(request, _("“%(headline)s” is submitted. An editor will read it.") % {"headline": page.title})
    return redirect("wagtailadmin_home")


def _save_first(request: HttpRequest) -> None:
    if request.method == "POST" and SUBMIT in request.POST:
        form = request.POST.copy()
        del form[SUBMIT]
        request.POST = form  # type: ignore[assignment]
        request.is_handing_in = True  # type: ignore[attr-defined]


def _not_submitted(count: int) -> str:
    return ngettext(
        "What you wrote is saved, but not submitted: one thing stands in the way. It is told first here.",
        "What you wrote is saved, but not submitted: %(count)d things stand in the way. They are listed first here.",
        count,
    ) % {"count": count}


class Submit(action_menu.SubmitForModerationMenuItem):
    """The button that hands a story in, in a newsroom's words."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Its label depends on whether the story was handed in before."""
        context = super().get_context_data(parent_context)
        page = context.get("page")
        again = page and page.current_workflow_state
        context["label"] = _("Submit again") if again else _("Submit for review")
        return context


class TakeBack(action_menu.CancelWorkflowMenuItem):
    """The button by which a writer takes a story back out of the review, to go on writing."""

    label = gettext_lazy("Take back from review")

    def is_shown(self, context: Any) -> bool:
        """An editor who does not own it sends it back with a comment instead."""
        return super().is_shown(context) and context["page"].owner_id == context["request"].user.pk


@hooks.register("construct_page_action_menu", order=1000)
def buttons_of_a_story(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's buttons in a newsroom's words; whoever may not publish finds submitting first."""
    ours = {SUBMIT: Submit, CANCEL: TakeBack}
    kept = [ours[item.name](order=item.order) if item.name in ours else item for item in items if item.name != RESTART]
    items[:] = [item for item in kept if item.is_shown(context)]
    if not any(item.name == "action-publish" for item in items):
        items.sort(key=lambda item: item.name != SUBMIT)
