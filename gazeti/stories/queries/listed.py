"""Stories as lists show them: a few values each, not whole pages, since a page lists twenty or fifty of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from gazeti.base.models import address_of
from gazeti.media.models import Picture
from gazeti.stories.models import Story
from gazeti.stories.queries.prepared import Row

PICTURE = ("lead_picture", "lead_picture__rights_over", "lead_picture__served")
COLUMNS = (
    "pk",
    "title",
    "short_headline",
    "standfirst",
    "language",
    "kind",
    "published_at",
    "day_only",
    "updated_at",
    "url_path",
    "path",
    "translation_of",
    *PICTURE,
)
OF_PICTURE = ("id", "rights_over", "served")
"""In the order of the model's fields, in which Django fills an instance that lacks some."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a story, under the story's own names."""

    pk: int
    title: str
    short_headline: str
    standfirst: str
    language: str
    kind: str
    published_at: datetime
    day_only: bool
    updated_at: datetime | None
    url_path: str
    path: str
    translation_of_id: int | None
    lead_picture: Picture | None

    @property
    def headline(self) -> str:
        """The headline."""
        return self.title

    @property
    def list_headline(self) -> str:
        """The headline for lists."""
        return self.short_headline or self.title

    @property
    def lead_picture_id(self) -> int | None:
        """The lead picture's id."""
        return self.lead_picture.pk if self.lead_picture else None

    @property
    def address(self) -> str:
        """The address on this site."""
        return address_of(self)

    @property
    def full_address(self) -> str:
        """The address with the newsroom's public one before it."""
        return f"{settings.GAZETI_ADDRESS}{self.address}"

    @property
    def language_name(self) -> str:
        """The language by its name."""
        return str(dict(Story._meta.get_field("language").flatchoices)[self.language])


def as_listed(stories: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Only the columns that lists show."""
    return stories.values_list(*COLUMNS)


def listed_from(rows: Iterable[Row]) -> list[Listed]:
    """The stories of these rows."""
    return [Listed(*row[: -len(PICTURE)], picture_from(row[-len(PICTURE) :])) for row in rows]  # type: ignore[call-arg]


def picture_from(row: Row) -> Picture | None:
    """The lead picture with the little that lists need; the rest is read if it is asked for."""
    return Picture.from_db("default", OF_PICTURE, row) if row[0] else None
