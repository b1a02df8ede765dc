"""The same newsroom with thousands of stories: rows written in bulk, for the bench alone.

Readers read the same afterwards; left out is what only the desk and the record read (revisions, log, references).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any
from uuid import uuid4

from django.db import transaction

from bench.newsroom import NOW, index_stories

MINUTES_APART = 30
"""Between a grown story and the next older one."""
WORDS_IN_BODY = 300
ROWS_AT_ONCE = 500


@transaction.atomic
def grow(total: int, *, seed: int = 1) -> None:
    """Bring the newsroom to this many stories, and the search's index with it."""
    grow_unsearched(total, seed=seed)
    index_stories()


@transaction.atomic
def grow_unsearched(total: int, *, seed: int = 1) -> None:
    """Bring the newsroom to this many stories, spread over its sections; the same seed gives the same words.

    The project's actions take some 50 ms a story, which is right for an editor and minutes for thousands.
    """
    from wagtail.models import Page

    from gazeti.stories.models import Section, Story

    dice = Random(seed)  # noqa: S311 (words and order, nothing secret)
    sections = list(Section.objects.order_by("path"))
    model = Story.objects.order_by("pk").last()
    words = _words(Story.objects.all())
    missing = range(Story.objects.count(), total)
    pages = Page.objects.bulk_create(_pages(missing, sections, words, dice, like=model))
    pictures = Story.objects.exclude(lead_picture=None).values_list("lead_picture", flat=True)
    leads = cycle(list(pictures) or [None])
    stories = [_story(page, words, dice, picture=picture) for page, picture in zip(pages, leads, strict=False)]
    _write(stories)
    _name(stories, like=model)
    for section in sections:
        Page.objects.filter(pk=section.pk).update(numchild=_children(section))


def _write(stories: Sequence[Any]) -> None:
    """The stories' own rows; bulk_create refuses models of two tables, and the pages' rows are there."""
    from gazeti.stories.models import Story

    own = Story._meta.local_concrete_fields
    for start in range(0, len(stories), ROWS_AT_ONCE):
        Story._base_manager._insert(stories[start : start + ROWS_AT_ONCE], fields=own, using="default")  # noqa: SLF001


def _children(section: Any) -> int:
    """Counted by path: what the tree itself tells is what is being brought up to date."""
    from wagtail.models import Page

    return Page.objects.filter(path__startswith=section.path, depth=section.depth + 1).count()


def _words(stories: Any) -> list[str]:
    return [
        word for story in stories for block in story.body.raw_data for word in block["value"].split() if "<" not in word
    ]


def _pages(
    numbers: Sequence[int], sections: Sequence[Any], words: Sequence[str], dice: Random, *, like: Any
) -> Iterator[Any]:
    """Rows of the tree (treebeard's materialised path), as publishing leaves them."""
    from wagtail.models import Page

    steps = [_children(section) for section in sections]
    for number in numbers:
        at = number % len(sections)
        section, steps[at] = sections[at], steps[at] + 1
        title, slug = " ".join(dice.choices(words, k=9)).capitalize()[:110], f"grown-{number}"
        moment = NOW - timedelta(minutes=MINUTES_APART * (number + 1))
        yield Page(
            path=Page._get_path(section.path, section.depth + 1, steps[at]),  # noqa: SLF001 (treebeard has no other name for it)
            depth=section.depth + 1,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{section.url_path}{slug}/",
            content_type=like.content_type,
            locale=like.locale,
            translation_key=uuid4(),
            live=True,
            first_published_at=moment,
            last_published_at=moment,
        )


def _story(page: Any, words: Sequence[str], dice: Random, *, picture: int | None) -> Any:
    """The story's own row over a page's."""
    from gazeti.stories.formats import raw_body
    from gazeti.stories.models import Story

    facts = {
        field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields if not field.primary_key
    }
    text = " ".join(dice.choices(words, k=WORDS_IN_BODY))
    story = Story(page_ptr=page, lead_picture_id=picture, published_at=page.first_published_at, **facts)
    story.standfirst = " ".join(dice.choices(words, k=14))
    story.body = raw_body([("text", f"<p>{text}</p>")])
    return story


def _name(stories: Sequence[Any], *, like: Any) -> None:
    """The byline and the topics of one story for all."""
    from gazeti.stories.models import BylineAuthor, Story

    authors = [line.author_id for line in like.bylines.all()]
    BylineAuthor.objects.bulk_create(
        BylineAuthor(story_id=story.pk, author_id=author, sort_order=at)
        for story in stories
        for at, author in enumerate(authors)
    )
    topics = [topic.pk for topic in like.topics.all()]
    through = Story.topics.through
    through.objects.bulk_create(through(story_id=story.pk, topic_id=topic) for story in stories for topic in topics)
