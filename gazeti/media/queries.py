"""Which pictures wait for their renditions, and which paths readers may have."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import get_default_timezone, localdate
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from gazeti.media import rules
from gazeti.media.models import Picture


def pending_pictures(among: Iterable[Picture] | None = None) -> list[int]:
    """The ids of pictures that wait for their renditions, of all or among some, the oldest first."""
    pictures = Picture.objects.pending()
    if among is not None:
        pictures = pictures.filter(pk__in=[one.pk for one in among])
    return list(pictures.order_by("pk").values_list("pk", flat=True))


def pictures_past_rights(*, now: datetime) -> list[Picture]:
    """The pictures whose last day has passed where the newsroom is and that are still shown."""
    today = localdate(now, get_default_timezone())
    return list(Picture.objects.filter(rights_over=False, rights_end__lt=today).only("pk", "rights_end"))


def is_served_path(path: str) -> bool:
    """Whether a path is one of a picture's present renditions.

    Asked of the row, not the disk: what a killed process left behind, or what was replaced, is not served.
    """
    number = rules.picture_of(path)
    if number is None:
        return False
    served = Picture.objects.filter(pk=number).values_list("served", flat=True).first()
    return any(one["path"] == path for one in served or ())


def picture_titled(title: str) -> Picture | None:
    """The oldest picture of that title."""
    return Picture.objects.filter(title=title).order_by("pk").first()


def document_titled(title: str) -> AbstractDocument | None:
    """The oldest document of that title."""
    return get_document_model().objects.filter(title=title).order_by("pk").first()
