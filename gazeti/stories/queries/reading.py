"""Every read of stories for readers' pages, each through the gate."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Left, RowNumber
from wagtail.models import Page

from gazeti.media.models import Picture
from gazeti.stories.models import Author, BylineAuthor, Front, Section, Story, Topic
from gazeti.stories.models.standing import SECTION_PATH, StoryQuerySet
from gazeti.stories.queries.gate import public_stories
from gazeti.stories.queries.listed import Listed, as_listed, listed_from
from gazeti.stories.queries.lists import LAST_STEP, all_stories
from gazeti.stories.queries.pages import words_sought
from gazeti.stories.queries.parts import Part
from gazeti.stories.queries.prepared import Prepared, Row

WALK = 64
"""Stories that are looked through for the newest of every section, before a section is asked by itself."""
NEWEST_BUT = Prepared(lambda exclude: as_listed(public_stories().exclude(pk__in=exclude)))
# In no order: SQLite, once analysed, would walk all stories by their date for these few.
CHOSEN = Prepared(lambda wanted: as_listed(public_stories().filter(pk__in=wanted).order_by()))
TRANSLATED = Prepared(
    lambda root: as_listed(
        public_stories().filter(pk__in=Story.objects.filter(translation_of=root).order_by().values("pk")).order_by()
    )
)
FIRST_OF = Prepared(lambda lows, highs, most: as_listed(_ranked(lows, highs).filter(rank__lte=most)))
BYLINE = Prepared(
    lambda story: (
        BylineAuthor.objects.filter(story=story)
        .order_by("sort_order")
        .values_list("author__id", "author__name", "author__slug")
    )
)
TOPICS = Prepared(lambda story: Topic.objects.filter(stories=story).order_by("name").values_list("id", "name", "slug"))
NAMED = ("id", "name", "slug")


def _ranked(lows: Sequence[Any], highs: Sequence[Any]) -> StoryQuerySet:
    """The public stories between these places in the tree, with their `rank` in their section, the newest 1."""
    between = [Q(path__gt=low, path__lte=high) for low, high in zip(lows, highs, strict=True)]
    newest_first = [F("published_at").desc(), F("pk").desc()]
    rank = Window(RowNumber(), partition_by=[Left("path", SECTION_PATH)], order_by=newest_first)
    return public_stories().filter(reduce(or_, between)).annotate(rank=rank)


def story_in_section(section: Section, *, slug: str) -> Story | None:
    """The story of that slug, whether the public may read it or not, for whoever files the same again."""
    return Story.objects.child_of(section).filter(slug=slug).first()


def latest_stories(limit: int, *, exclude: Iterable[int] = ()) -> list[Listed]:
    """The newest public stories, without those of the given ids."""
    without = list(exclude)
    if not without:
        return all_stories().part(0, most=limit)
    return listed_from(NEWEST_BUT.rows(limit=limit, exclude=without))


def latest_by_section(
    sections: Sequence[Part | Page], *, each: int, exclude: Iterable[int] = (), newest: Sequence[Listed] | None = None
) -> dict[int, list[Listed]]:
    """The newest of every section by the section's id.

    Those of lively sections are among the `newest` of all (read here unless they are given); a section that has too
    few there is read by itself. So few stories are looked at, however many there are.
    """
    without = frozenset(exclude)
    found: dict[str, list[Listed]] = {section.path: [] for section in sections}
    for story in latest_stories(WALK) if newest is None else newest:
        found.get(story.path[:SECTION_PATH], []).append(story)
    lacking: dict[str, list[Listed]] = {
        path: [] for path, stories in found.items() if len(_others(stories, without)) < each
    }
    for story in listed_from(_first_of(lacking, most=each + len(without))):
        lacking[story.path[:SECTION_PATH]].append(story)
    found |= lacking
    return {section.pk: _others(found[section.path], without)[:each] for section in sections}


def _first_of(paths: Iterable[str], *, most: int) -> list[Row]:
    """The newest rows of each section of these paths, in one query that reads those sections alone."""
    lows = sorted(paths)
    return FIRST_OF.rows(lows=lows, highs=[low + LAST_STEP for low in lows], most=most) if lows else []


def _others(stories: Iterable[Listed], without: frozenset[int]) -> list[Listed]:
    return [story for story in stories if story.pk not in without]


def authors_of(story: Story) -> list[Author]:
    """A story's authors in the byline's order, in one query; of an unsaved revision, as it holds them."""
    if _was_read_here(story):
        return [Author.from_db("default", NAMED, row) for row in BYLINE.rows(story=story.pk)]
    lines = story.bylines.all()
    return [line.author for line in (lines.select_related("author") if isinstance(lines, QuerySet) else lines)]


def topics_of(story: Story) -> list[Topic]:
    """A story's topics by name, likewise."""
    if _was_read_here(story):
        return [Topic.from_db("default", NAMED, row) for row in TOPICS.rows(story=story.pk)]
    return list(story.topics.all())


def _was_read_here(story: Story) -> bool:
    """Whether it is a reader's story, read with its standing, and so none of a revision."""
    return hasattr(story, "is_open")


def around(story: Story, *, related: Iterable[int] = ()) -> tuple[list[Listed], dict[int, Listed]]:
    """The same story in other languages, and the related stories by id; those the public may read.

    One query for a story that is no translation and shows no other, else two: of both conditions in one, SQLite, once
    analysed, makes a walk through all stories.
    """
    root, wanted = story.translation_of_id or story.pk, set(related)
    named = wanted | {story.translation_of_id} - {None}
    # A story that was never saved has no number, and none is a translation of it.
    rows = [*(TRANSLATED.rows(root=root) if root else ()), *(CHOSEN.rows(wanted=sorted(named)) if named else ())]
    found = {one.pk: one for one in listed_from(rows)}
    translations = [one for one in found.values() if one.pk != story.pk and root in (one.pk, one.translation_of_id)]
    translations.sort(key=lambda one: (one.language, one.pk))
    return translations, {pk: one for pk, one in found.items() if pk in wanted}


def curated_stories(front: Front) -> list[Listed]:
    """The lead and the slots that the editor chose and the public may read, the lead first, each once."""
    chosen = [front.lead_id, *(slot.story_id for slot in front.slots.all())]
    wanted = list(dict.fromkeys(pk for pk in chosen if pk))
    return chosen_stories(wanted)


def chosen_stories(wanted: Sequence[int]) -> list[Listed]:
    """The stories of these ids that the public may read, in this order."""
    found = {story.pk: story for story in listed_from(CHOSEN.rows(wanted=wanted))} if wanted else {}
    return [found[pk] for pk in wanted if pk in found]


def pictures_in(story: Story) -> list[Picture]:
    """The pictures that a story shows: its lead and those of its body."""
    blocks = [block.value for block in story.body if block.block_type == "picture"]
    blocks += [one for block in story.body if block.block_type == "gallery" for one in block.value]
    shown = [story.lead_picture, *(block["picture"] for block in blocks)]
    return list({picture.pk: picture for picture in shown if picture}.values())


def found_stories(words: str, *, most: int) -> list[Listed]:
    """The public stories that hold these words in headline, standfirst, body or byline, the newest first.

    The search's index is asked first and the gate after it, so that nothing hidden is found. By relevance, the backend
    for SQLite asks its index again for every story it found: seconds for a common word among 5,000 stories.
    """
    wanted = words_sought(words)
    if not wanted:
        return []
    newest = Story.objects.live().only("pk").order_by("-published_at")
    return chosen_stories([story.pk for story in newest.search(wanted, order_by_relevance=False)[:most]])
