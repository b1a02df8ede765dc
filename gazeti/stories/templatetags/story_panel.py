"""The panel that tells, in a story's form, what stands between it and its readers."""

from typing import Any

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from gazeti.stories.models import Story
from gazeti.stories.queries.panel import panel_of

register = template.Library()


@register.inclusion_tag("stories/desk/preflight.html")
def preflight(story: Story, user: AbstractBaseUser) -> dict[str, Any]:
    """The state of a version of a story; a story that is not saved yet has none."""
    return {"panel": panel_of(story, user=user, now=timezone.now()) if story.pk else None}
