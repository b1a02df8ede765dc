"""The address of a coverage's stream: this says whether there is one; the edge holds it open (`edge.streams`)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.live.views.places import under_coverage
from gazeti.stories.models import Story


@edge.tagged(SITE)
@csrf_exempt
@require_safe
@under_coverage
def stream(request: HttpRequest, story: Story) -> HttpResponse:
    """No event, but that they can be had here as they happen, by whoever may read the story.

    What is pushed is what `after/<seq>/` beside it tells.
    """
    response = HttpResponse(content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
