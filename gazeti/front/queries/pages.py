"""What each kind of page shows, read in as few queries as it takes and handed to templates as plain values."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import QuerySet

from gazeti.base.models import InformationPage, Newspaper
from gazeti.edge.tags import named
from gazeti.front import rules
from gazeti.front.formats import Style, content_policy, inline_style, plain_text
from gazeti.front.queries.body import body_parts, body_tags, picture_part, related_ids
from gazeti.media.models import shown
from gazeti.plain.links import share_links
from gazeti.plain.words import minutes_to_read, word_count
from gazeti.stories import queries as stories
from gazeti.stories.formats import rich_texts
from gazeti.stories.models import Front, Story
from gazeti.stories.queries import Parts
from gazeti.stories.rules import html_language


@lru_cache(maxsize=16)
def style(bundle: str) -> Style:
    """The style that a kind of page inlines; a newsroom's own `static/gazeti/css/` comes before ours."""
    parts = [finders.find(f"gazeti/css/{part}.css") for part in rules.BUNDLES[bundle]]
    return inline_style([Path(str(part)).read_text(encoding="utf-8") for part in parts])


@lru_cache(maxsize=2)
def policy(*, framed: bool = False) -> str:
    """The content security policy of all readers' pages; the desk may frame a preview."""
    text = content_policy([style(bundle).hash for bundle in rules.BUNDLES])
    return text.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if framed else text


def surroundings() -> dict[str, Any]:
    """What stands around every page: the paper's name, the navigation, the footer. Two queries."""
    return {"paper": Newspaper.load(), "parts": stories.parts_of_paper(), "address": settings.GAZETI_ADDRESS}


def listed(found: list[Story], *, parts: Parts) -> list[dict[str, Any]]:
    """Stories as lists show them, each with its section, thumbnail and `lang` where it is not the page's."""
    site = settings.GAZETI_LANGUAGE
    return [
        {
            "story": story,
            "section": parts.section_of(story),
            "thumbnail": story.lead_picture.thumbnail if story.lead_picture else None,
            "picture": shown(story.lead_picture),
            "language": other_language(story, site=site),
        }
        for story in found
    ]


def listed_tags(found: Iterable[dict[str, Any]]) -> set[str]:
    """The cache tags of the pictures in a list."""
    shown_stories = (one["story"] for one in found)
    return named("picture", {story.lead_picture_id for story in shown_stories if story.lead_picture_id})


def front_page(front: Front, *, parts: Parts) -> dict[str, Any]:
    """The lead, the cards beside it and the newest of every section; no story stands twice."""
    chosen = stories.curated_stories(front)
    newest = stories.latest_stories(rules.FRONT_SLOTS + 1 + len(chosen))
    known = {story.pk: story for story in (*newest, *chosen)}
    order = rules.arranged(
        [story.pk for story in chosen],
        newest=[story.pk for story in newest],
        lead=front.lead_id,
        room=rules.FRONT_SLOTS + 1,
    )
    top = [known[pk] for pk in order]
    by_section = stories.latest_by_section(parts.in_navigation, each=rules.EACH_SECTION, exclude=order)
    blocks = [(section, listed(by_section[section.pk], parts=parts)) for section in parts.in_navigation]
    shown_top = listed(top, parts=parts)
    return {
        "page": front,
        "tags": listed_tags(chain(shown_top, *(found for _section, found in blocks))),
        "top": shown_top,
        "sections": [(section, found) for section, found in blocks if found],
    }


def story_page(story: Story, *, parts: Parts) -> dict[str, Any]:
    """Everything on a story's page."""
    raw = story.body.get_prep_value()
    translations, related = stories.around(story, related=related_ids(raw))
    body = body_parts(raw, related=related)
    words = sum(word_count(plain_text(text)) for text in rich_texts(body))
    recent = stories.latest_stories(rules.RECENT_UNDER_STORY, exclude=[story.pk] if story.pk else [])
    address = story.full_address
    shown_recent = listed(recent, parts=parts)
    lead_tags = {f"picture:{story.lead_picture_id}"} if story.lead_picture_id else set()
    said = other_language(story, site=settings.GAZETI_LANGUAGE)
    return {
        "page": story,
        "tags": body_tags(raw) | listed_tags(shown_recent) | lead_tags,
        "story": story,
        "section": parts.section_of(story),
        "authors": stories.authors_of(story),
        "topics": list(story.topics.all()),
        "body": body,
        "minutes": minutes_to_read(words),
        "lead": lead_of(story),
        "recent": shown_recent,
        "translations": translations,
        "shares": share_links(address, story.headline),
        "story_language": said,
        "chrome": settings.GAZETI_LANGUAGE if said else "",
    }


def lead_of(story: Story) -> dict[str, Any] | None:
    """The lead picture with the words it has in this story."""
    return picture_part(
        story.lead_picture, alt=story.lead_alt, is_decorative=story.lead_decorative, caption=story.lead_caption
    )


def information_page(page: InformationPage) -> dict[str, Any]:
    """A page of the paper about the paper."""
    raw = page.body.get_prep_value()
    return {"page": page, "body": body_parts(raw), "tags": body_tags(raw)}


def list_page(found: QuerySet[Story], *, parts: Parts, asked: str | None, each: int) -> dict[str, Any]:
    """One page of a list. Raises rules.NoSuchPage where the list has no page of that name."""
    window = rules.window(asked, total=found.count(), each=each)
    shown_stories = listed(list(found[window.start : window.end]), parts=parts)
    return {"window": window, "stories": shown_stories, "tags": listed_tags(shown_stories)}


def other_language(story: Story, *, site: str) -> str:
    """The story's language for `lang`, empty where it is the page's own."""
    language = html_language(story.language, site_language=site)
    return "" if language == site else language
