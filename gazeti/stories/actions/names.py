"""Finding or making authors and topics by name."""

from typing import Any, TypeVar

from django.db import models, transaction

from gazeti.plain.words import free_slug, slug_of
from gazeti.stories.models import Author, Topic

Name = TypeVar("Name", Author, Topic)


@transaction.atomic
def author_named(name: str, **facts: Any) -> Author:
    """The author of that name, made if there is none; facts are those of a new one (slug, role, about, picture)."""
    return _named(Author, name, facts)


@transaction.atomic
def topic_named(name: str, **facts: Any) -> Topic:
    """The topic of that name, made if there is none."""
    return _named(Topic, name, facts)


def _named(model: type[Name], name: str, facts: dict[str, Any]) -> Name:
    found = model._default_manager.filter(name__iexact=name).first()
    if found:
        return found
    facts["slug"] = _free_slug(model, facts.get("slug") or slug_of(name))
    return model._default_manager.create(name=name, **facts)


def _free_slug(model: type[models.Model], wanted: str) -> str:
    like = model._default_manager.filter(slug__startswith=wanted)
    return free_slug(wanted, taken=set(like.values_list("slug", flat=True)))
