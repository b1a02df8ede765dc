"""Where a new story begins: in the one section there is, or in the one that is chosen from a list of links."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gazeti.stories.queries.desk import sections_to_write_in


@require_safe
def begin_story(request: HttpRequest) -> HttpResponse:
    """The sections in which somebody may write, as links; straight to the form where there is one alone."""
    sections = sections_to_write_in(request.user)
    if not sections:
        raise PermissionDenied
    if len(sections) == 1:
        return redirect("wagtailadmin_pages:add", "gazeti_stories", "story", sections[0].pk)
    return render(request, "stories/desk/begin.html", {"sections": sections})
