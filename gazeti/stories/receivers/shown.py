"""What follows when a page is saved live, whoever saves it: the files that it shows are noted."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from gazeti.base.models import InformationPage
from gazeti.stories.actions import note_shown
from gazeti.stories.models import Story

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
