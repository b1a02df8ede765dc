"""A newsroom for tests, made through the project's own actions: a front, sections, authors, stories in each state."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from gazeti.base.actions import name_newspaper
from gazeti.stories.actions import author_named, file_section, file_story, make_front, publish_story, withdraw_story
from gazeti.stories.models import Front, Section, Story

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)
"""9:12 am of 4 July 2024 in Nairobi."""
BODY = [("text", "<p>The new bridge opened at noon. Traders crossed it first.</p>")]
_numbers: Iterator[int] = count(1)


def make_paper(name: str = "The Corner Paper") -> Front:
    """The paper, named, with its front."""
    name_newspaper(name=name, place="Nairobi", description="News of the neighbourhood.")
    return make_front(title=name)


def make_section(front: Front | None = None, title: str = "City Affairs") -> Section:
    """A section of the paper, which is made too if need be."""
    return file_section(front or Front.objects.first() or make_paper(), title=title)


def make_draft(section: Section | None = None, **facts: Any) -> Story:
    """A draft with all it needs to go out."""
    number = next(_numbers)
    wanted = {
        "headline": f"Bridge number {number} opens to traders",
        "standfirst": "It took two years and a flood to build.",
        "authors": [author_named("Amina Farah")],
        "body": BODY,
        "published_at": NOW - timedelta(seconds=number),
        **facts,
    }
    return file_story(section or make_section(), now=NOW, **wanted)


def make_story(section: Section | None = None, **facts: Any) -> Story:
    """A story that is out."""
    return publish_story(make_draft(section, **facts), now=NOW)


def make_withdrawn(section: Section | None = None, **facts: Any) -> Story:
    """A story that was out and was taken back."""
    story = make_story(section, **facts)
    withdraw_story(story, now=NOW)
    return story
