"""Every read of stories for readers' pages, each through the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, Window
from django.db.models.functions import Left, RowNumber
from wagtail.models import Page

from gazeti.base.models import InformationPage
from gazeti.media.models import Picture
from gazeti.stories.models import Author, Front, Section, Story, Topic
from gazeti.stories.models.standing import SECTION_PATH, StoryQuerySet, unrestricted
from gazeti.stories.queries.gate import in_lists, public_stories
from gazeti.stories.queries.pages import words_sought


@dataclass(frozen=True)
class Parts:
    """The parts of the paper, read in one query: its sections, and its pages about itself."""

    sections: Sequence[Page]
    information: Sequence[Page]

    @property
    def in_navigation(self) -> list[Page]:
        """The sections that the editor shows at the head of every page."""
        return [section for section in self.sections if section.show_in_menus]

    @property
    def in_footer(self) -> list[Page]:
        """The information pages that the editor shows at the foot of every page."""
        return [page for page in self.information if page.show_in_menus]

    def section_of(self, story: Page) -> Page | None:
        """The section that a story stands in, without a query."""
        return next((one for one in self.sections if one.path == story.path[:SECTION_PATH]), None)


def story_in_section(section: Section, *, slug: str) -> Story | None:
    """The story of that slug, whether the public may read it or not, for whoever files the same again."""
    return Story.objects.child_of(section).filter(slug=slug).first()


def latest_stories(limit: int, *, exclude: Iterable[int] = ()) -> list[Story]:
    """The newest public stories, without those of the given ids."""
    return list(in_lists(public_stories().exclude(pk__in=list(exclude)))[:limit])


def latest_by_section(sections: Iterable[Page], *, each: int, exclude: Iterable[int] = ()) -> dict[int, list[Story]]:
    """The newest of every section by the section's id, in one query however many there are."""
    by_path = {section.path: section.pk for section in sections}
    ranked = (
        public_stories()
        .exclude(pk__in=list(exclude))
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[Left("path", SECTION_PATH)],
                order_by=[F("published_at").desc(), F("pk").desc()],
            )
        )
        .filter(rank__lte=each)
    )
    found: dict[int, list[Story]] = {pk: [] for pk in by_path.values()}
    for story in in_lists(ranked):
        pk = by_path.get(story.path[:SECTION_PATH])
        if pk is not None:
            found[pk].append(story)
    return found


def stories_in_section(section: Page) -> StoryQuerySet:
    """A section's public stories, the newest first, for a list."""
    return in_lists(public_stories().filter(path__startswith=section.path))


def stories_by_author(author: Author) -> StoryQuerySet:
    """An author's public stories, for a list."""
    return in_lists(public_stories().filter(bylines__author=author))


def stories_on_topic(topic: Topic) -> StoryQuerySet:
    """A topic's public stories, for a list."""
    return in_lists(public_stories().filter(topics=topic))


def authors_of(story: Story) -> list[Author]:
    """A story's authors in the byline's order, in one query; of an unsaved revision, as it holds them."""
    lines = story.bylines.get_queryset() if hasattr(story.bylines, "get_queryset") else story.bylines.all()
    if hasattr(lines, "select_related"):
        lines = lines.select_related("author")
    return [line.author for line in lines]


def around(story: Story, *, related: Iterable[int] = ()) -> tuple[list[Story], dict[int, Story]]:
    """In one query: the same story in other languages, and the related stories by id; those the public may read."""
    root, wanted = story.translation_of_id or story.pk, set(related)
    # A story that was never saved has no number, and none is a translation of it.
    family = Q(pk=root) | Q(translation_of=root) if root else Q(pk__in=())
    found = list(in_lists(public_stories().filter(family | Q(pk__in=wanted))))
    translations = [one for one in found if one.pk != story.pk and root and root in (one.pk, one.translation_of_id)]
    translations.sort(key=lambda one: one.language)
    return translations, {one.pk: one for one in found if one.pk in wanted}


def parts_of_paper() -> Parts:
    """The live sections and information pages, in the editor's order."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in (Section, InformationPage)}
    pages = Page.objects.filter(unrestricted(), live=True, content_type__in=kinds, depth=3).order_by("path")
    found: dict[type[Page], list[Page]] = {Section: [], InformationPage: []}
    for page in pages:
        found[kinds[page.content_type_id]].append(page)
    return Parts(sections=found[Section], information=found[InformationPage])


def curated_stories(front: Front) -> list[Story]:
    """The lead and the slots that the editor chose and the public may read, the lead first, each once."""
    chosen = [front.lead_id, *(slot.story_id for slot in front.slots.all())]
    wanted = list(dict.fromkeys(pk for pk in chosen if pk))
    found = {story.pk: story for story in in_lists(public_stories().filter(pk__in=wanted))}
    return [found[pk] for pk in wanted if pk in found]


def pictures_in(story: Story) -> list[Picture]:
    """The pictures that a story shows: its lead and those of its body."""
    blocks = [block.value for block in story.body if block.block_type == "picture"]
    blocks += [one for block in story.body if block.block_type == "gallery" for one in block.value]
    shown = [story.lead_picture, *(block["picture"] for block in blocks)]
    return list({picture.pk: picture for picture in shown if picture}.values())


def found_stories(words: str, *, most: int) -> list[Story]:
    """The public stories that hold these words in headline, standfirst, body or byline, the newest first.

    The search's index is asked first and the gate after it, so that nothing hidden is found. By relevance, the backend
    for SQLite asks its index again for every story it found: seconds for a common word among 5,000 stories.
    """
    wanted = words_sought(words)
    if not wanted:
        return []
    newest = Story.objects.live().only("pk").order_by("-published_at")
    ranked = [story.pk for story in newest.search(wanted, order_by_relevance=False)[:most]]
    found = {story.pk: story for story in in_lists(public_stories().filter(pk__in=ranked))}
    return [found[pk] for pk in ranked if pk in found]
