"""Which tags a change touches, appended to the log in the transaction that makes it."""

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.stories.models import Author, Front, Section, Story, Topic

RECENT = "recent"
FRONT = "front"


def purge_story(story: Story, *, left: int | None = None) -> None:
    """The story, and every list that may show it: front, recent, section (and the one it left), authors, topics."""
    tags = {f"story:{story.pk}", RECENT, FRONT, f"section:{story.get_parent().pk}"}
    tags |= {f"section:{left}"} if left else set()
    tags |= {f"author:{line.author_id}" for line in story.bylines.all()}
    tags |= {f"topic:{topic.pk}" for topic in story.topics.all()}
    root = story.translation_of_id or story.pk
    family = Story.objects.filter(translation_of=root).values_list("pk", flat=True)
    tags |= {f"story:{pk}" for pk in (root, *family)}
    edge.purge(tags)


def purge_section(section: Section) -> None:
    """Every page: the section's name stands in the navigation."""
    edge.purge([SITE, RECENT, FRONT, f"section:{section.pk}"])


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
    edge.purge([tag, *(f"story:{pk}" for pk in stories)])
