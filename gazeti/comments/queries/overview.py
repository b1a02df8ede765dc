"""How comments are taken across the paper, for the desk: the switch, the sections, the stories that are discussed."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max

from gazeti.comments.models import Comment, CommentPolicy, Discussion, SectionMode
from gazeti.comments.queries.discussions import Discussed, discussed, settings_in_force
from gazeti.stories.models import Section, Story

MOST = 20
"""Stories that are shown."""
LATELY = 400
"""Of how many of the last comments the stories are shown."""


class Overview(NamedTuple):
    """The paper's switch and mode, and its sections with the mode that each has of its own."""

    policy: CommentPolicy
    sections: list[tuple[Section, str]]


def sections_and_modes() -> Overview:
    """The paper's and the sections' modes."""
    modes = dict(SectionMode.objects.values_list("section", "mode"))
    sections = Section.objects.live().only("title", "path", "depth").order_by("path")
    # As the database has it now, not as the pages know it: it is what is about to be changed.
    policy = CommentPolicy.objects.first() or CommentPolicy()
    return Overview(policy, [(one, modes.get(one.pk, "")) for one in sections])


def stories_discussed(looked_for: str = "", *, now: datetime) -> list[tuple[Story, Discussed]]:
    """The stories of the last comments with how comments are taken there; or those whose headline holds some words."""
    if looked_for:
        found = Story.objects.live().filter(title__icontains=looked_for).order_by("-published_at", "-pk")
        stories = list(found.select_related("discussion")[:MOST])
    else:
        stories = _discussed_last()
    settings = settings_in_force()
    return [(one, discussed(_discussion(one), story=one, settings=settings, now=now)) for one in stories]


def _discussed_last() -> list[Any]:
    """Those commented on last, and those that a moderator gave a mode."""
    newest = Comment.objects.order_by("-pk").values("pk", "story")[:LATELY]
    last = Comment.objects.filter(pk__in=[one["pk"] for one in newest]).values_list("story").annotate(last=Max("pk"))
    order = dict(last.order_by("-last")[:MOST])
    own = Discussion.objects.exclude(mode="").order_by("-pk").values_list("pk", flat=True)[:MOST]
    stories = Story.objects.live().filter(pk__in={*order, *own}).select_related("discussion")
    return sorted(stories, key=lambda one: (-order.get(one.pk, 0), -one.pk))


def _discussion(story: Any) -> Discussion:
    return getattr(story, "discussion", None) or Discussion(story_id=story.pk)
