"""What each kind of page shows, read in as few queries as it takes and handed to templates as plain values."""

from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from gazeti.base.models import InformationPage
from gazeti.front import rules
from gazeti.front.formats import Style, content_policy, inline_style, plain_text
from gazeti.front.queries.body import body_parts, body_tags, picture_part, related_ids
from gazeti.front.queries.covered import covered
from gazeti.front.queries.listed import listed, listed_tags, other_language, with_rows
from gazeti.front.queries.shared import newest, rail
from gazeti.live.queries.coverages import COVERAGES
from gazeti.media.models import shown
from gazeti.plain.links import share_links
from gazeti.plain.words import minutes_to_read, word_count
from gazeti.stories import queries as stories
from gazeti.stories.formats import rich_texts
from gazeti.stories.models import Front, Story
from gazeti.stories.queries import Listed, Parts, Run


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


def front_page(front: Front, *, parts: Parts) -> dict[str, Any]:
    """The lead, the cards beside it and the newest of every section; no story stands twice."""
    chosen = stories.curated_stories(front)
    walked = newest(parts, most=stories.WALK)
    latest: list[Listed] = [one["story"] for one in walked]
    order = rules.arranged(
        [story.pk for story in chosen],
        newest=[story.pk for story in latest],
        lead=front.lead_id,
        room=rules.FRONT_SLOTS + 1,
    )
    sections = parts.in_navigation
    found = stories.latest_by_section(sections, each=rules.EACH_SECTION, exclude=order, newest=latest)
    facts = {one["story"].pk: one for one in walked}
    others = [story for story in chain(chosen, *found.values()) if story.pk not in facts]
    facts |= {one["story"].pk: one for one in listed(others, parts=parts)}
    live = covered()
    facts = {one["story"].pk: one for one in live.flagged(facts.values())}
    top = [facts[pk] for pk in order]
    if top:  # the lead alone shows its picture whole
        top[0] = {**top[0], "picture": shown(top[0]["story"].lead_picture)}
    blocks = [(section, [facts[story.pk] for story in found[section.pk]]) for section in sections]
    return {
        "page": front,
        "tags": listed_tags(chain(top, *(stories for _section, stories in blocks))) | live.tags,
        "strip": live.strip(),
        "top": top,
        "sections": [(section, stories) for section, stories in blocks if stories],
    }


def story_page(story: Story, *, parts: Parts) -> dict[str, Any]:
    """Everything on a story's page."""
    facts = story_itself(story, parts=parts)
    recent, beside = rail(parts, without=story.pk)
    tags = facts["tags"] | listed_tags(recent) | {COVERAGES}
    return {**facts, "recent": recent, "rail": beside, "tags": tags}


def story_itself(story: Story, *, parts: Parts) -> dict[str, Any]:
    """What is the story's own on its page."""
    raw = story.body.get_prep_value()
    translations, related = stories.around(story, related=related_ids(raw))
    body = body_parts(raw, related=related)
    words = sum(word_count(plain_text(text)) for text in rich_texts(body))
    lead_tags = {f"picture:{story.lead_picture_id}"} if story.lead_picture_id else set()
    said = other_language(story, site=settings.GAZETI_LANGUAGE)
    return {
        "page": story,
        "tags": body_tags(raw) | lead_tags,
        "story": story,
        "section": parts.section_of(story),
        "authors": stories.authors_of(story),
        "topics": stories.topics_of(story),
        "body": body,
        "minutes": minutes_to_read(words),
        "lead": lead_of(story),
        "translations": translations,
        "shares": share_links(story.full_address, story.headline),
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


def list_page(found: Run, *, parts: Parts, asked: str | None, each: int, strip_within: str = "") -> dict[str, Any]:
    """One page of a list; of a section, by its place in the tree, with what is covered live there.

    Raises rules.NoSuchPage where the list has no page of that name.
    """
    number = rules.page_number(asked)
    start = (number - 1) * each
    stories, more = found.page_from(start, each=each, most=rules.COUNTED)
    window = rules.window_at(number, more=more, each=each)
    live = covered()
    shown_stories = live.flagged(listed(stories, parts=parts))
    tags = listed_tags(shown_stories) | live.tags
    strip = live.strip(within=strip_within) if strip_within else []
    return {"window": window, "stories": with_rows(shown_stories), "tags": tags, "strip": strip}
