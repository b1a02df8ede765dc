"""The filter behind the gate: which stories are open to the public. `stories.queries` is its only caller."""

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Left, Length
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

SECTION_DEPTH = 3
SECTION_PATH = SECTION_DEPTH * Page.steplen
"""Characters of a section's path in the tree: root, front, section."""


def unrestricted() -> Q:
    """A page that no privacy setting covers, on itself or above it; an alias is as private as what it repeats.

    The path is a subquery, not a join: over an empty table of settings SQLite, once analysed, would walk all pages.
    """
    path = Page.objects.filter(pk=OuterRef("page_id")).values("path")
    settings = PageViewRestriction.objects.alias(of=Subquery(path))
    own = settings.filter(of=Left(OuterRef("path"), Length("of")))
    repeated = settings.filter(of=Left(OuterRef("alias_of__path"), Length("of")))
    return ~Q(Exists(own)) & (Q(alias_of=None) | ~Q(Exists(repeated)))


class StoryQuerySet(PageQuerySet):
    """Stories with their standing towards the public."""

    def open_to_public(self) -> "StoryQuerySet":
        """Live, dated, under no embargo, in a live section, and under no privacy setting.

        A story under embargo has no date until the clock opens it, so that no page depends on the moment it is read.
        """
        # Their depth too, which follows from the path: a PostgreSQL that has no statistics yet, as after an import,
        # would else compare each story with each page, 40 times as slow at 2,000 stories.
        section = Page.objects.filter(path=Left(OuterRef("path"), SECTION_PATH), depth=SECTION_DEPTH, live=True)
        opened = Q(embargo_until=None) | Q(embargo_until__lte=F("published_at"))
        return self.filter(unrestricted(), Exists(section), opened, live=True, published_at__isnull=False)

    def once_public(self) -> "StoryQuerySet":
        """Those that readers could read once, as `Story.was_public` says of one."""
        return self.filter(first_published_at__isnull=False, published_at__isnull=False)

    def with_standing(self) -> "StoryQuerySet":
        """Each with `is_open`, and with its lead picture, in the same query."""
        is_open = Exists(self.model.objects.open_to_public().filter(pk=OuterRef("pk")))
        return self.annotate(
            is_open=Case(When(is_open, then=Value(True)), default=Value(False), output_field=BooleanField())
        ).select_related("lead_picture")


StoryManager = PageManager.from_queryset(StoryQuerySet)
