"""The newsroom's side of a chaos, a process on GAZETI_HOME: `lay` makes the coverage, `truth PK` tells how it stands.

`truth` reads the tables as the page does, not the events as readers do: two ways that must lead to one place.
"""

import json
import sys
from typing import Any

import django


def lay() -> dict[str, Any]:
    """A coverage that is open, its address, and what two authors' programs call the API with."""
    from django.utils import timezone
    from wagtail.models import APIToken

    from gazeti.live.actions import cover, move_to
    from gazeti.live.rules import Kind
    from tests.newsroom import make_section, make_story
    from tests.stories.calling import somebody

    story = make_story(make_section(title="Harbour"), headline="The harbour, hour by hour", slug="harbour-live")
    cover(story)
    move_to(story.pk, kind=Kind.RESUME, now=timezone.now())
    tokens = [APIToken.create_token(user=somebody("Editors"), name="chaos")[1] for _ in range(2)]
    return {"story": story.pk, "path": story.address, "tokens": tokens}


def truth(story: int) -> dict[str, Any]:
    """The coverage as its tables say it, and its stream in the log."""
    from gazeti import log
    from gazeti.base.models import bodies_as_html
    from gazeti.live.models import Coverage, Wording
    from gazeti.live.queries.articles import article_of
    from gazeti.live.queries.updates import shown_updates
    from gazeti.live.rules import stream_of

    coverage = Coverage.objects.get(pk=story)
    updates = list(coverage.updates.all())
    shown, _tags = shown_updates([one for one in updates if one.retracted_at is None])
    summary = Wording.objects.filter(coverage=story, number=coverage.summary_at).first()
    html, _tags = bodies_as_html([summary.body.get_prep_value()] if summary else [])
    words = Wording.objects.filter(coverage=story).order_by("number")
    return {
        "head": coverage.head,
        "state": coverage.state,
        "summary": html[0] if html else "",
        "articles": {one.number: article_of(one) for one in shown},
        "gone": [one.number for one in updates if one.retracted_at],
        "keys": [one.number for one in shown if one.is_key],
        "pins": {one.number: one.pinned_at for one in updates if one.pinned_at},
        "log": [
            [one.number, one.kind, one.data["update"]] for one in log.read(0, stream=stream_of(story), limit=10**6)
        ],
        "words": {one.number: one.body[0].value.source[3:-4] for one in words if one.body},
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(lay() if sys.argv[1] == "lay" else truth(int(sys.argv[2]))))
