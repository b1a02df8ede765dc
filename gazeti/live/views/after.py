"""What happened in a coverage after a number, as JSON: the same for all who ask, so anybody may keep it."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.live.actions.events import tag_of, tag_of_past
from gazeti.live.models import Coverage
from gazeti.live.queries.updates import told_after
from gazeti.live.rules import MOST_EVENTS, State
from gazeti.live.views.places import under_coverage
from gazeti.live.views.told import told
from gazeti.stories.models import Story

FULL, FULL_PURGED = "public, max-age=60, s-maxage=60", "public, max-age=60, s-maxage=31536000"
"""Of a range that is full: only a retraction changes it. Where a network is named that is purged by tag, it may keep it
for a year; of any other cache nobody knows.
"""
HEAD = "public, max-age=2, s-maxage=2"
"""Of what is newest. The edge is told of each event; whoever else keeps it is late by so many seconds at most."""


@edge.tagged(SITE)
@csrf_exempt
@require_safe
@under_coverage
def after(request: HttpRequest, story: Story, seq: int) -> HttpResponse:
    """At most 50 events after a number. Where 50 come there may be more, whatever the `head` of an old answer was."""
    events, tags = told_after(story.pk, number=seq, said=story.language)
    # Asked for after the events, so that it is never before the last of them.
    head, state = Coverage.objects.values_list("head", "state").get(pk=story.pk)
    is_full = len(events) == MOST_EVENTS
    facts = {"events": [told(one) for one in events], "head": head, "closed": state == State.CLOSED}
    response = HttpResponse(
        json.dumps(facts, ensure_ascii=False, separators=(",", ":")), content_type="application/json"
    )
    response["Cache-Control"] = _lifetime(is_reached=seq <= head, is_full=is_full)
    response["X-Robots-Tag"] = "noindex"
    return edge.tag(response, tag_of_past(story.pk), *tags, *(() if is_full else (tag_of(story.pk),)))


def _lifetime(*, is_reached: bool, is_full: bool) -> str:
    # A number that is not reached yet is nobody's: kept, anybody could fill the memory with as many as there are.
    if not is_reached:
        return "no-store"
    full = FULL_PURGED if settings.GAZETI_CDN else FULL
    return full if is_full else HEAD
