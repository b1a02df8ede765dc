"""The one gate: what the public may read, page, list, picture and document alike (house decision 5)."""

from collections.abc import Iterable
from enum import Enum

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.query import PageQuerySet

from gazeti.base.models import address_of
from gazeti.stories.models import Author, ShownDocument, Story
from gazeti.stories.models.standing import StoryQuerySet, unrestricted


class Standing(Enum):
    """What the public is told of a page."""

    OPEN = 200
    GONE = 410
    ABSENT = 404


def public_stories() -> StoryQuerySet:
    """The stories that the public may read, the newest first."""
    return Story.objects.open_to_public().order_by("-published_at", "-pk")


def standing_of(page: Page) -> Standing:
    """What the public is told of any page of the tree; one that was read with it already knows whether it is open."""
    is_open = getattr(page, "is_open", None)
    if _is_open(page) if is_open is None else is_open:
        return Standing.OPEN
    is_gone = isinstance(page, Story) and page.is_taken_back and _is_unrestricted(page)
    return Standing.GONE if is_gone else Standing.ABSENT


def _is_open(page: Page) -> bool:
    if isinstance(page, Story):
        return bool(public_stories().filter(pk=page.pk).exists())
    return bool(page.live and _is_unrestricted(page))


def _is_unrestricted(page: Page) -> bool:
    return bool(Page.objects.filter(unrestricted(), pk=page.pk).exists())


def public_pages(model: type[Page] = Page) -> PageQuerySet:
    """The pages of the tree that the public may see, of all kinds or of one."""
    kind = ContentType.objects.get_for_model(Story)
    readable = ~Q(content_type=kind) | Exists(public_stories().filter(pk=OuterRef("pk")))
    return model._default_manager.filter(unrestricted(), readable, live=True)


def addresses_of(pks: Iterable[int]) -> dict[int, str]:
    """The addresses of pages that the public may see, by id, for links inside text."""
    return {page.pk: address_of(page) for page in public_pages().filter(pk__in=set(pks))}


def is_document_public(document: AbstractDocument) -> bool:
    """Whether a page that the public may see offers a document."""
    offering = ShownDocument.objects.filter(document=document).values("page")
    return public_pages().filter(pk__in=offering).exists()


def public_pictures() -> Q:
    """The condition on a picture that readers are shown it: in a story that they may read, or as an author's portrait.

    It fills the slot "picture gate" of `media`.
    """
    in_story = public_stories().filter(shown__picture=OuterRef("pk"))
    return Q(Exists(in_story)) | Q(Exists(Author.objects.filter(picture=OuterRef("pk"))))
