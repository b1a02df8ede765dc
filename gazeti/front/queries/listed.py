"""Stories as lists show them to a template: each with its thumbnail, its section and its language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from gazeti.edge.tags import named
from gazeti.stories.models import Story
from gazeti.stories.queries import Listed, Parts
from gazeti.stories.rules import html_language


def listed(found: Iterable[Listed], *, parts: Parts) -> list[dict[str, Any]]:
    """Stories as lists show them, each with its section, thumbnail and `lang` where it is not the page's."""
    site = settings.GAZETI_LANGUAGE
    return [
        {
            "story": story,
            "section": parts.section_of(story),
            "thumbnail": story.lead_picture.thumbnail if story.lead_picture else None,
            "language": other_language(story, site=site),
        }
        for story in found
    ]


def listed_tags(found: Iterable[dict[str, Any]]) -> set[str]:
    """The cache tags of the pictures in a list."""
    shown_stories = (one["story"] for one in found)
    return named("picture", {story.lead_picture_id for story in shown_stories if story.lead_picture_id})


def other_language(story: Story | Listed, *, site: str) -> str:
    """The story's language for `lang`, empty where it is the page's own."""
    language = html_language(story.language, site_language=site)
    return "" if language == site else language
