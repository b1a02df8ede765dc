"""The live part of the panel in a story's form: its state as it is saved now."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gazeti.stories.models import Story
from gazeti.stories.queries.panel import panel_of


@require_safe
def story_preflight(request: HttpRequest, page_id: int) -> HttpResponse:
    """What stands in the way of a story's latest draft, as the panel shows it; for whoever may edit it."""
    story: Story = get_object_or_404(Story, pk=page_id)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = story.get_latest_revision_as_object()
    return render(
        request, "stories/desk/preflight.html", {"panel": panel_of(draft, user=request.user, now=timezone.now())}
    )
