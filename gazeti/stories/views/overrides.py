"""Where an editor overrides a rule for a story, with a written reason, and where all overrides are listed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.permission_policies.pages import PagePermissionPolicy

from gazeti.stories.actions import overrule, take_back_override
from gazeti.stories.models import Override, Story
from gazeti.stories.queries.overrides import overrides_for, things_of
from gazeti.stories.queries.places import reasons_of
from gazeti.stories.queries.preflight import overrides_of, preflight_of
from gazeti.stories.rules import OVERRIDABLE, REASON_LENGTH

WHAT = {
    "standfirst": gettext_lazy("No standfirst"),
    "alt": gettext_lazy("A picture without alt text"),
    "credit": gettext_lazy("A picture without a credit"),
    "alt_adds": gettext_lazy("Alt text that adds nothing"),
    "rights": gettext_lazy("A picture whose rights end"),
}
"""What an override lets pass, in words."""
ON_A_PAGE = 50
WRONG = 422


def story_overrides(request: HttpRequest, page_id: int) -> HttpResponse:
    """What blocks a story, what of it was overridden and why; POST overrides one rule."""
    story = _story_to_publish(request, page_id)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("rule", "about", "reason")}
        try:
            overrule(story, now=timezone.now(), by=request.user, **given)  # type: ignore[arg-type]
        except ValidationError as error:
            wrong = {**given, "sentence": " ".join(error.messages)}
        else:
            messages.success(request, _("Overridden. The reason stands in the story's history."))
            return redirect("story_overrides", page_id=page_id)
    return render(request, "stories/preflight/overrides.html", _facts(story, wrong), status=WRONG if wrong else 200)


@require_POST
def take_back(request: HttpRequest, page_id: int, override_id: int) -> HttpResponse:
    """Let a rule block a story again."""
    story = _story_to_publish(request, page_id)
    take_back_override(get_object_or_404(Override, pk=override_id, story=story), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Taken back: the rule blocks the story again, from its next publication on."))
    return redirect("story_overrides", page_id=page_id)


@require_safe
def overrides_report(request: HttpRequest) -> HttpResponse:
    """All overrides of stories that this editor may publish: who let what pass, when and why."""
    if not may_read_report(request):
        raise PermissionDenied
    page = Paginator(overrides_for(request.user), ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "stories/preflight/report.html", {"page": page, "overrides": _told(list(page))})


def may_read_report(request: HttpRequest) -> bool:
    """Whether whoever asks may publish anything."""
    return bool(PagePermissionPolicy().user_has_permission(request.user, "publish"))


def _story_to_publish(request: HttpRequest, page_id: int) -> Story:
    """The story, for who may publish it; an alias has no rules of its own to override."""
    story = get_object_or_404(Story, pk=page_id, alias_of=None)
    if not story.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return story


def _facts(story: Story, wrong: dict[str, Any]) -> dict[str, Any]:
    draft = story.get_latest_revision_as_object()
    blocks = reasons_of(preflight_of(draft, now=timezone.now()).blocks, story=draft)
    may = [one for one in blocks if one.rule in OVERRIDABLE]
    if wrong:
        wrong["stands_below"] = any((one.rule, one.about) == (wrong["rule"], wrong["about"]) for one in may)
    return {
        "story": draft,
        "must": [one for one in blocks if one.rule not in OVERRIDABLE],
        "may": may,
        "overrides": _told(list(overrides_of(story))),
        "wrong": wrong,
        "most": REASON_LENGTH,
    }


def _told(overrides: list[Override]) -> list[dict[str, Any]]:
    things = things_of(overrides)
    return [
        {"override": one, "what": WHAT.get(one.rule, one.rule), "thing": things.get(one.about, one.about)}
        for one in overrides
    ]
