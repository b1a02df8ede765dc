"""Overrides as editors read them, and what a bulk publication would send out."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from gazeti.media.models import Picture
from gazeti.stories.models import Override, Story

PICTURE = "picture:"


def overrides_for(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Override]:
    """The overrides of all stories that somebody may publish, the newest first."""
    stories = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return Override.objects.filter(story__in=stories.values("pk")).select_related("story", "by").order_by("-at", "-pk")


def things_of(overrides: Iterable[Override]) -> dict[str, str]:
    """What overrides are about, by name: the title of each picture; one query."""
    numbers = {int(one.about.removeprefix(PICTURE)) for one in overrides if one.about.startswith(PICTURE)}
    titles = Picture.objects.filter(pk__in=numbers).values_list("pk", "title") if numbers else ()
    return {f"{PICTURE}{number}": title for number, title in titles}


def drafts_to_publish(pages: Iterable[Page]) -> Iterator[Story]:
    """The versions of stories that publishing these pages would send out."""
    for page in pages:
        if isinstance(page.specific, Story):
            yield page.specific.get_latest_revision_as_object()
