"""Which tags a change touches, appended to the log in the transaction that makes it."""

from collections.abc import Iterable

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.edge.tags import named
from gazeti.media.models import Picture
from gazeti.stories.models import Author, BylineAuthor, Front, Section, Story, Topic

RECENT = "recent"
FRONT = "front"
BEFORE = "_tags_before"


def purge_story(story: Story, *, left: int | None = None, is_hidden: bool = False) -> None:
    """The story, and every list that shows it or did before this change; `left` is the section it was moved out of.

    Its address too: until now the answer there may have been that there is nothing. Of one that the public may see no
    more, its page is not even given while nothing newer can be made.
    """
    tags = _tags_of(story) | ({f"section:{left}"} if left else set())
    edge.purge(tags, forget={f"story:{story.pk}"} if is_hidden else ())


def purge_picture(picture: Picture, *, stories: Iterable[Story]) -> None:
    """A picture that may be shown no more, the stories that show it, and every list that shows them: one purge."""
    edge.purge(set[str]().union(*map(_tags_of, stories)), forget={f"picture:{picture.pk}"})


def remember_names(story: Story) -> None:
    """Keep, for the purge that follows, whom and what the story names before it is saved."""
    if story.pk:
        setattr(story, BEFORE, names_in_database(story.pk) | getattr(story, BEFORE, set()))


def names_in_database(pk: int) -> set[str]:
    """Tags of the authors, topics and translations that a story names as it stands."""
    authors = BylineAuthor.objects.filter(story=pk).values_list("author", flat=True)
    topics = Topic.objects.filter(stories=pk).values_list("pk", flat=True)
    root = Story.objects.filter(pk=pk).values_list("translation_of", flat=True).first() or pk
    family = Story.objects.filter(translation_of=root).values_list("pk", flat=True)
    return named("author", authors) | named("topic", topics) | named("story", {root, *family})


def _tags_of(story: Story) -> set[str]:
    tags = {f"story:{story.pk}", RECENT, FRONT, f"section:{story.get_parent().pk}", f"path:{story.address}"}
    return tags | names_in_database(story.pk) | getattr(story, BEFORE, set())


def purge_section(section: Section) -> None:
    """Every page: the section's name stands in the navigation."""
    edge.purge([SITE, RECENT, FRONT, f"section:{section.pk}", f"path:{section.address}"])


def purge_front(front: Front) -> None:
    """The front, whose title no other page shows."""
    edge.purge([FRONT, f"page:{front.pk}"])


def purge_name(name: Author | Topic) -> None:
    """The name's own page and the stories that carry it."""
    if isinstance(name, Author):
        stories = Story.objects.filter(bylines__author=name).values_list("pk", flat=True)
        tag = f"author:{name.pk}"
    else:
        stories = Story.objects.filter(topics=name).values_list("pk", flat=True)
        tag = f"topic:{name.pk}"
    edge.purge({tag, f"path:{name.address}"} | named("story", stories))
