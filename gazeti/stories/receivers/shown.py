"""What a page shows, whoever saves it: noted as it is saved live, purged where it closes by what is above it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from gazeti.base.models import InformationPage
from gazeti.stories.actions import note_shown, purge_branch, purge_shown
from gazeti.stories.models import Section, Story

SHOWS = frozenset({"body", "lead_picture", "live"})


@receiver(post_save, sender=Story, dispatch_uid="stories.story_shows")
@receiver(post_save, sender=InformationPage, dispatch_uid="stories.information_shows")
def page_saved(
    instance: Story | InformationPage, *, update_fields: frozenset[str] | None = None, raw: bool = False, **_signal: Any
) -> None:
    """Note what it shows, unless it is a draft or nothing of that was saved."""
    if raw or not instance.live or not (update_fields is None or SHOWS & update_fields):
        return
    note_shown(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="stories.privacy_changed")
def privacy_changed(instance: PageViewRestriction, **_signal: Any) -> None:
    """The page and all below it are open or closed now."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        purge_branch(page.specific)


@receiver(page_unpublished, sender=Section, dispatch_uid="stories.section_closed")
@receiver(post_page_move, dispatch_uid="stories.branch_moved")
def branch_changed(instance: Page, **_signal: Any) -> None:
    """The stories below may be closed now, and the pictures that they show."""
    purge_shown(instance.get_descendants(inclusive=True))
