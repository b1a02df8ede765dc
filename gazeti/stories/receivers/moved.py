"""What follows when a page's address changes, by a move or by another slug: the old address leads to it."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from gazeti.base.models import InformationPage, address_of
from gazeti.stories.actions import keep_addresses, purge_redirect
from gazeti.stories.models import Front, Section, Story
from gazeti.stories.queries import paths_once_public

BEFORE = "_paths_before"
LED_FROM = "_path_before"
# Wagtail saves the plain page for a move, its own kind for another slug; its signal for that comes after the commit.
KINDS = (Page, Front, Section, Story, InformationPage)


def page_about_to_be_saved(instance: Page, *, raw: bool = False, **_signal: Any) -> None:
    """Remember the old address, and those below it, where they are about to change."""
    before = None if raw or instance._state.adding else Page.objects.filter(pk=instance.pk).first()
    has_moved = before is not None and address_of(before) != address_of(instance)
    setattr(instance, BEFORE, (before.url_path, paths_once_public(instance)) if before and has_moved else None)


def page_saved(instance: Page, **_signal: Any) -> None:
    """Keep the old addresses."""
    if remembered := getattr(instance, BEFORE, None):
        setattr(instance, BEFORE, None)
        moved = {_address(url_path): pk for pk, url_path in remembered[1]}
        keep_addresses(instance, moved=moved)


for kind in KINDS:
    pre_save.connect(page_about_to_be_saved, sender=kind, dispatch_uid=f"stories.about_to_move.{kind.__name__}")
    post_save.connect(page_saved, sender=kind, dispatch_uid=f"stories.moved.{kind.__name__}")


@receiver(pre_save, sender=Redirect, dispatch_uid="stories.redirect_about_to_change")
def redirect_about_to_change(instance: Redirect, *, raw: bool = False, **_signal: Any) -> None:
    """Remember from where it led until now."""
    before = None if raw or instance._state.adding else Redirect.objects.filter(pk=instance.pk).first()
    setattr(instance, LED_FROM, before.old_path if before else "")


@receiver([post_save, post_delete], sender=Redirect, dispatch_uid="stories.redirect_changed")
def redirect_changed(instance: Redirect, **_signal: Any) -> None:
    """An editor made, changed or took away a redirect."""
    purge_redirect(instance, before=getattr(instance, LED_FROM, ""))


def _address(url_path: str) -> str:
    return address_of(Page(url_path=url_path))
