"""Which stories and addresses a newsroom keeps because readers had them."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from gazeti.stories.models import Story
from gazeti.stories.models.standing import StoryQuerySet


def once_public_in(pages: Iterable[Page]) -> StoryQuerySet:
    """The stories among these pages and below them that readers could read once, in the order of the tree."""
    branches = [Q(path__startswith=page.path) for page in pages]
    among = branches[0] if branches else Q(pk__in=[])
    for branch in branches[1:]:
        among |= branch
    return Story.objects.once_public().filter(among).order_by("path")


def paths_once_public(page: Page) -> list[tuple[int, str]]:
    """Id and path in the tree's addresses of a page and those below it, as stored, that readers could read once."""
    kind = ContentType.objects.get_for_model(Story)
    story = Exists(Story.objects.once_public().filter(pk=OuterRef("pk")))
    other = ~Q(content_type=kind) & Q(first_published_at__isnull=False)
    return list(Page.objects.filter(story | other, path__startswith=page.path).values_list("pk", "url_path"))
