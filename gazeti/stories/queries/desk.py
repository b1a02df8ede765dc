"""Every read of stories for the desk: what somebody may know of, and what waits for whom."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gazeti.stories.models import Section, Story
from gazeti.stories.queries.gate import public_stories

Person = AbstractBaseUser | AnonymousUser
"""Whoever asks; somebody who is not signed in may know of nothing."""
OVER_ALL = frozenset({"change_page", "publish_page"})
"""Rights on the tree of pages with which somebody works on the stories of others."""


def knows_all_drafts(user: Person) -> bool:
    """Whether somebody works on the stories of others, as editors do, and so may know of every draft."""
    if not user.is_active or getattr(user, "is_superuser", False):
        return user.is_active
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(one.permission.codename in OVER_ALL for one in held)


def sections_to_write_in(user: Person) -> list[Section]:
    """The sections in which somebody may add a story, in the paper's order, those in the navigation first."""
    found = Section.objects.live().order_by("-show_in_menus", "path")
    return [section for section in found if section.permissions_for_user(user).can_add_subpage()]


def known_among(pks: Iterable[int], *, user: Person) -> set[int]:
    """Of these ids, those of pages that somebody may know of at the desk."""
    return set(visible_pages(Page.objects.filter(pk__in=pks), user=user).values_list("pk", flat=True))


def visible_pages(pages: QuerySet[Any], *, user: Person) -> QuerySet[Any]:
    """Of these pages, those that somebody may know of at the desk: own ones, and what every reader can see.

    Whoever works on the stories of others knows of all.
    """
    if knows_all_drafts(user):
        return pages
    story = ContentType.objects.get_for_model(Story)
    place = Q(live=True) & ~Q(content_type=story)
    return pages.filter(Q(depth=1) | place | Q(owner=user) | Q(pk__in=public_stories().order_by().values("pk")))
