"""Which pictures wait for their renditions, and which paths readers may have."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Model, Q, Value, When
from django.utils.timezone import get_default_timezone, localdate
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry

from gazeti.base.models import filled
from gazeti.media import rules
from gazeti.media.models import Picture

DESK = "wagtailadmin.access_admin"
USES = ("add", "change", "choose")
"""The rights on a collection with which somebody works with what lies in it."""


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


def access_to(path: str) -> rules.Access:
    """What the public is told of a path below MEDIA_URL; one query.

    A picture is open where an app of a higher floor shows it: each fills the slot "picture gate" with a function that
    gives a condition on Picture (a Q). Where nobody does, all are closed.
    """
    number = rules.picture_of(path)
    if number is None:
        return rules.Access.ABSENT
    is_open = Case(When(_shown_to_the_public(), then=Value(True)), default=Value(False), output_field=BooleanField())
    facts = Picture.objects.filter(pk=number).annotate(is_open=is_open).values("served", "rights_over", "is_open")
    row = facts.first()
    # Asked of the row, not the disk: what a killed process left behind, or what was replaced, is not served.
    if row is None or not any(one["path"] == path for one in row["served"]):
        return rules.Access.ABSENT
    return rules.access(is_open=row["is_open"], rights_over=row["rights_over"])


def _shown_to_the_public() -> Q:
    return reduce(or_, (part() for part in filled("picture gate")), Q(pk__in=[]))


def works_with(kind: type[Model], *, user: Any) -> bool:
    """Whether somebody at the desk may add, change or choose pictures, or documents; others see what is public."""
    return user.has_perm(DESK) and policy_registry.get_by_type(kind).user_has_any_permission(user, USES)


def picture_titled(title: str) -> Picture | None:
    """The oldest picture of that title."""
    return Picture.objects.filter(title=title).order_by("pk").first()


def document_titled(title: str) -> AbstractDocument | None:
    """The oldest document of that title."""
    return get_document_model().objects.filter(title=title).order_by("pk").first()
