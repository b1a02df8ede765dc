"""How the desk answers when a story is not ready: with the reasons, each a link, and with nothing typed lost."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import ngettext

from gazeti.stories.actions import NotReady
from gazeti.stories.models import Story
from gazeti.stories.queries.places import edited_as, reasons_of
from gazeti.stories.queries.preflight import preflight_of
from gazeti.stories.rules import OVERRIDABLE, Finding

FORMS = frozenset({"wagtailadmin_pages:add", "wagtailadmin_pages:edit", "wagtailadmin_pages:revisions_revert"})
MODAL = "wagtailadmin_pages:workflow_action"
BULK = "wagtail_bulk_action"
ACTION = "action-"
UNREADY = 422
"""Unprocessable Content (RFC 9110, 15.5.21)."""


def answer_unready(
    request: HttpRequest, refusal: NotReady, *, again: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer to whoever would have sent out what is not ready; what they did was rolled back.

    What was typed into a story's form is saved as a draft, by calling the view again without the button that was
    pressed, and the form opens again and tells the reasons.
    """
    if not request.accepts("text/html"):
        return JsonResponse(_as_data(refusal), status=UNREADY)
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in FORMS and any(field.startswith(ACTION) for field in request.POST):
        return _kept_as_draft(request, again)
    told = {"refused": _refused(request, refusal), "is_bulk": name == BULK}
    if name == MODAL and request.headers.get("x-requested-with") == "XMLHttpRequest":
        # The desk's dialogs show the words of an answer that succeeds, and of no other.
        return JsonResponse({"step": "refused", "html": render_to_string("stories/preflight/dialog.html", told)})
    return render(request, "stories/preflight/refused.html", told, status=UNREADY)


def _kept_as_draft(request: HttpRequest, again: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    form = request.POST.copy()
    for field in [field for field in form if field.startswith(ACTION)]:
        del form[field]
    request.POST = form  # type: ignore[assignment]
    answer = again()
    story = _saved(getattr(answer, "url", ""))
    if story is None:  # the form itself is at fault, and shows where
        return answer
    list(messages.get_messages(request))  # "has been updated" would say the opposite
    count = len(preflight_of(story.get_latest_revision_as_object(), now=timezone.now()).blocks)
    messages.error(request, _not_out(count))
    return redirect(answer.url)  # type: ignore[attr-defined]


def _not_out(count: int) -> str:
    """The form's own panel lists the reasons, each with its link."""
    return ngettext(
        "What you wrote is saved as a draft. One thing stands in the way: it is told first on this page.",
        "What you wrote is saved as a draft. %(count)d things stand in the way: they are told first on this page.",
        count,
    ) % {"count": count}


def _saved(address: str) -> Story | None:
    """The story whose form an address opens."""
    try:
        found = resolve(address.split("?")[0])
    except Resolver404:
        return None
    return Story.objects.filter(pk=found.kwargs["page_id"]).first() if found.view_name in FORMS else None


def _refused(request: HttpRequest, refusal: NotReady) -> list[dict[str, object]]:
    return [
        {
            "headline": one.story.title,
            "number": edited_as(one.story),
            "reasons": reasons_of(one.findings, story=one.story),
            "overrides": _overrides(request, one.story, one.findings),
        }
        for one in refusal.refused
    ]


def _overrides(request: HttpRequest, story: Story, blocks: Iterable[Finding]) -> str:
    """Where whoever asks may override some of what blocks a story; empty where nothing is to be overridden by them."""
    number = edited_as(story)
    if number is None or not any(one.rule in OVERRIDABLE for one in blocks):
        return ""
    saved = Story.objects.filter(pk=number).first()
    may = saved is not None and saved.permissions_for_user(request.user).can_publish()
    return reverse("story_overrides", args=[number]) if may else ""


def _as_data(refusal: NotReady) -> dict[str, object]:
    """What the desk's own scripts read, and the reasons as the API tells them."""
    reasons = [reason._asdict() for one in refusal.refused for reason in reasons_of(one.findings, story=one.story)]
    return {
        "success": False,
        "error_code": "not_ready",
        "error_message": " ".join(refusal.reasons),
        "reasons": reasons,
    }
