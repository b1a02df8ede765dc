"""Which page of the tree has an address, read whole with its standing in one query; the gate decides what is shown."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When
from wagtail.models import Page

from gazeti.base.models import InformationPage
from gazeti.media.models import Picture
from gazeti.stories.models import Front, Section, Story
from gazeti.stories.models.front import DEEPEST
from gazeti.stories.models.standing import unrestricted
from gazeti.stories.queries.gate import public_stories
from gazeti.stories.queries.prepared import Prepared


def page_at(parts: Sequence[str], *, root: str) -> Page | None:
    """The page at the address of these parts below the root, if there is one, whether the public may see it or not."""
    url_path = f"{root}{''.join(f'{part}/' for part in parts)}"
    if len(parts) == DEEPEST:
        return _story_at(url_path)
    return _part_at(url_path) if root and len(parts) < DEEPEST else None


def _columns(model: type[Page]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _is_open(condition: Any) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _standing_story(url_path: str, slug: str) -> QuerySet[Any, Any]:
    is_open = _is_open(Exists(public_stories().order_by().filter(pk=OuterRef("pk"))))
    picture = [f"lead_picture__{name}" for name in _columns(Picture)]
    return (
        Story.objects.filter(url_path=url_path, slug=slug)
        .annotate(open_now=is_open)
        .values_list("open_now", *_columns(Story), *picture)
    )


def _standing_part(model: type[Page]) -> Prepared:
    def build(url_path: str, slug: str) -> QuerySet[Any, Any]:
        # By its slug too: no index holds addresses.
        found = model._default_manager.filter(url_path=url_path, slug=slug)
        return found.annotate(open_now=_is_open(unrestricted())).values_list("open_now", *_columns(model))

    return Prepared(build)


STORY = Prepared(_standing_story)
PARTS = {model: _standing_part(model) for model in (Section, InformationPage, Front)}


def _slug(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[2]


def _story_at(url_path: str) -> Story | None:
    names, of_picture = _columns(Story), _columns(Picture)
    for is_open, *values in STORY.rows(url_path=url_path, slug=_slug(url_path), limit=1):
        story = Story.from_db("default", names, values[: len(names)])
        picture = values[len(names) :]
        story.lead_picture = Picture.from_db("default", of_picture, picture) if story.lead_picture_id else None
        story.is_open = is_open
        return story
    return None


def _part_at(url_path: str) -> Page | None:
    for model, query in PARTS.items():
        for is_open, *values in query.rows(url_path=url_path, slug=_slug(url_path), limit=1):
            page: Page = model.from_db("default", _columns(model), values)
            page.is_open = page.live and is_open
            return page
    found = Page.objects.filter(url_path=url_path, slug=_slug(url_path)).first()
    return found.specific if found else None
