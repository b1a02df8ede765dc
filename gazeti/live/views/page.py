"""An update at the address that it keeps: the way to where it stands now, on the first page or on an older one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.base.models import framed_answer
from gazeti.live.actions.events import tag_of, tag_of_past
from gazeti.live.models import Update
from gazeti.live.queries.pages import is_at_the_top
from gazeti.live.views.places import under_coverage
from gazeti.stories.models import Story


@edge.tagged(SITE)
@csrf_exempt
@require_safe
@under_coverage
def permalink(request: HttpRequest, story: Story, number: int) -> HttpResponse:
    """302 to the update; 410 once it was taken back, in a sentence."""
    update = Update.objects.filter(coverage=story.pk, number=number).first()
    if update is None:
        raise edge.Absent(tag_of(story.pk))
    if update.retracted_at:
        return framed_answer(request, "live/gone_permalink.html", {"story": story}, tags={tag_of(story.pk)}, status=410)
    query = "" if is_at_the_top(update) else f"?before={number + 1}"
    response = HttpResponseRedirect(f"{story.address}{query}#u{number}")
    response["Cache-Control"] = "public, no-cache"
    return edge.tag(response, tag_of(story.pk), tag_of_past(story.pk))
