"""Stories as lists show them to a template: each with its thumbnail, its section and its language."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from gazeti.edge.tags import named
from gazeti.stories.models import Story
from gazeti.stories.queries import Listed, Part, Parts
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


def with_rows(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with its row of a list as HTML: rendered once, since the same values give the same row."""
    tongue = (settings.GAZETI_LANGUAGE, settings.TIME_ZONE)
    return [{**one, "row": _row(*_values(one), *tongue)} for one in found]


def _values(one: dict[str, Any]) -> tuple[Listed, Part | None, tuple[tuple[str, Any], ...] | None, str, str]:
    thumbnail = tuple(sorted(one["thumbnail"].items())) if one["thumbnail"] else None
    return one["story"], one["section"], thumbnail, one["language"], one.get("flag", "")


@lru_cache(maxsize=1000)
def _row(
    story: Listed,
    section: Part | None,
    thumbnail: tuple[tuple[str, Any], ...] | None,
    other: str,
    flag: str,
    language: str,
    _time_zone: str,
) -> SafeString:
    one = {"story": story, "section": section, "thumbnail": dict(thumbnail or ()), "language": other, "flag": flag}
    with override(language):
        return mark_safe(render_to_string("front/recent_row.html", {"one": one}).strip())  # noqa: S308 (a template's)


def listed_tags(found: Iterable[dict[str, Any]]) -> set[str]:
    """The cache tags of the pictures in a list."""
    shown_stories = (one["story"] for one in found)
    return named("picture", {story.lead_picture_id for story in shown_stories if story.lead_picture_id})


def other_language(story: Story | Listed, *, site: str) -> str:
    """The story's language for `lang`, empty where it is the page's own."""
    language = html_language(story.language, site_language=site)
    return "" if language == site else language
