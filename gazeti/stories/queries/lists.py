"""Lists of stories that readers page through: of all, of a section, an author or a topic, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Left
from wagtail.models import Page

from gazeti.stories.models import Author, BylineAuthor, Story, Topic
from gazeti.stories.models.standing import StoryQuerySet
from gazeti.stories.queries.gate import public_stories
from gazeti.stories.queries.listed import Listed, as_listed, listed_from
from gazeti.stories.queries.prepared import Given, Prepared

LAST_STEP = "Z" * Page.steplen
"""After the path of whatever stands directly below a page (treebeard's materialised path)."""

LONGEST_PATH = 255


def _in_section(path: Any, last: Any) -> StoryQuerySet:
    """The public stories between two places in the tree, found by their date.

    PostgreSQL chooses that itself where it can tell how many stories stand between. SQLite would read the section whole
    and sort it if it saw the index of places, which an expression hides.
    """
    place = Left("path", LONGEST_PATH) if connection.vendor == "sqlite" else F("path")
    return public_stories().alias(place=place).filter(place__gt=path, place__lte=last)


def _by_author(author: Any) -> StoryQuerySet:
    return public_stories().filter(bylines__author=author)


def _on_topic(topic: Any) -> StoryQuerySet:
    return public_stories().filter(topics=topic)


def _walked_by_author(author: Any) -> StoryQuerySet:
    return public_stories().filter(Exists(BylineAuthor.objects.filter(story=OuterRef("pk"), author=author)))


def _walked_on_topic(topic: Any) -> StoryQuerySet:
    return public_stories().filter(Exists(Story.topics.through.objects.filter(story=OuterRef("pk"), topic=topic)))


@dataclass(frozen=True)
class Run:
    """Stories in their order, read a page at a time."""

    rows: Prepared
    ids: Prepared
    of: Mapping[str, Given]

    def part(self, start: int, *, most: int) -> list[Listed]:
        """The stories from `start` on, at most so many."""
        return listed_from(self.rows.rows(limit=most, offset=start, **self.of))

    def page_from(self, start: int, *, each: int, most: int) -> tuple[list[Listed], int]:
        """The stories of the page that begins at `start`, and how many there are from there on, counted up to `most`.

        The list is walked once, for ids alone: an author's ten thousand stories have to be sorted to find the newest.
        """
        ids = [pk for (pk,) in self.ids.rows(limit=most, offset=start, **self.of)]
        found = {story.pk: story for story in listed_from(SOME.rows(ids=ids[:each]))} if ids else {}
        return [found[pk] for pk in ids[:each] if pk in found], len(ids)


def _run(found: Any) -> tuple[Prepared, Prepared]:
    """The two readings of a list: its columns, and its ids alone."""
    return Prepared(lambda **of: as_listed(found(**of))), Prepared(lambda **of: found(**of).values_list("pk"))


SOME = Prepared(lambda ids: as_listed(public_stories().filter(pk__in=ids)))
ALL, SECTION, AUTHOR, TOPIC = (_run(found) for found in (public_stories, _in_section, _by_author, _on_topic))
AUTHOR_WALKED, TOPIC_WALKED = (_run(found) for found in (_walked_by_author, _walked_on_topic))
MANY = 500
"""So many stories are not sorted to find the newest: SQLite walks all by their date until it has a page of them.

PostgreSQL chooses by itself.
"""
BYLINES = Prepared(lambda author: BylineAuthor.objects.filter(author=author).order_by("pk").values_list("pk"))
TOPICS = Prepared(lambda topic: Story.topics.through.objects.filter(topic=topic).order_by("pk").values_list("pk"))


def all_stories() -> Run:
    """Every public story."""
    return Run(*ALL, of={})


def run_of_section(path: str) -> Run:
    """The public stories of the section at this place in the tree."""
    return Run(*SECTION, of={"path": path, "last": path + LAST_STEP})


def run_of_author(author: Author) -> Run:
    """An author's public stories."""
    return Run(*(AUTHOR_WALKED if _are_many(BYLINES, author=author.pk) else AUTHOR), of={"author": author.pk})


def run_of_topic(topic: Topic) -> Run:
    """The public stories on a topic."""
    return Run(*(TOPIC_WALKED if _are_many(TOPICS, topic=topic.pk) else TOPIC), of={"topic": topic.pk})


def _are_many(links: Prepared, **of: Given) -> bool:
    return connection.vendor == "sqlite" and bool(links.rows(limit=1, offset=MANY - 1, **of))
