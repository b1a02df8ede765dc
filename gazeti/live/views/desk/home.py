"""The coverages there are, and the ways to begin one: of a story there is, or of a new one."""

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gazeti.live.actions import cover
from gazeti.live.forms import NewStoryForm
from gazeti.live.queries import reporting, rights
from gazeti.live.rules import State
from gazeti.live.views.desk import words
from gazeti.live.views.desk.doors import for_reporters, shown
from gazeti.live.views.desk.places import number_in
from gazeti.stories.actions import file_story
from gazeti.stories.models import Section, Story
from gazeti.stories.queries.desk import sections_to_write_in

if TYPE_CHECKING:
    from gazeti.accounts.models import User

LONGEST_SEARCH = 100


@for_reporters
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is covered, the stories that could be, those looked for alone where somebody looks for one."""
    return _shown(request, NewStoryForm())


@for_reporters
@require_POST
def begin(request: HttpRequest) -> HttpResponseBase:
    """Cover a story live: the one that was chosen, or one that begins with its headline."""
    if "story" in request.POST:
        story = get_object_or_404(Story, pk=number_in(request.POST["story"]))
        if not rights.may_cover(request.user, story=story):
            raise PermissionDenied
        return redirect("live_screen", cover(story).pk)
    form = NewStoryForm(request.POST)
    section = _section(form, sections_to_write_in(request.user)) if form.is_valid() else None
    if section is None:
        return _shown(request, form, status=422)
    by = cast("User", request.user)
    story = file_story(section, headline=form.cleaned_data["headline"], now=timezone.now(), by=by)
    if not rights.may_cover(request.user, story=story):
        raise PermissionDenied
    return redirect("live_screen", cover(story).pk)


def _section(form: NewStoryForm, among: list[Section]) -> Section | None:
    found = next((one for one in among if one.pk == form.cleaned_data["section"]), None)
    if found is None:
        form.add_error("section", _("Choose a section."))
    return found


def _shown(request: HttpRequest, form: NewStoryForm, *, status: int = 200) -> HttpResponse:
    looked_for = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    coverages, older = reporting.coverages_by_state(request.user, start=number_in(request.GET.get("after")) or 0)
    number = number_in(request.GET.get("story"))
    facts: dict[str, Any] = {
        "coverages": [(one, words.STATES[State(one.state)]) for one in coverages],
        "older": older,
        "stories": reporting.stories_to_cover(request.user, looked_for=looked_for, number=number),
        "sections": sections_to_write_in(request.user) if request.user.has_perm(rights.COVER) else [],
        "looked_for": looked_for,
        "form": form,
    }
    return shown(request, "home.html", facts, status=status)
