"""What follows a publication, whichever door it went through: one action each.

Wagtail sends its signal for more than what is out; only a live story that is no alias counts.
"""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

from gazeti.stories.actions import (
    purge_front,
    purge_name,
    purge_section,
    purge_story,
    record_publication,
    record_withdrawal,
    remember_names,
)
from gazeti.stories.models import Author, Front, Section, Story, Topic


@receiver(page_published, sender=Story, dispatch_uid="stories.published")
def story_published(instance: Story, **_signal: Any) -> None:
    """Stamp and log a publication. Wagtail sends this for schedules, aliases and copies too."""
    if not instance.live or instance.alias_of_id:
        return
    record_publication(instance, now=timezone.now())


@receiver(page_unpublished, sender=Story, dispatch_uid="stories.unpublished")
def story_unpublished(instance: Story, **_signal: Any) -> None:
    """Log that it is out no more."""
    record_withdrawal(instance)


@receiver(post_page_move, dispatch_uid="stories.moved")
def page_moved(sender: type, instance: Any, parent_page_before: Any, **_signal: Any) -> None:
    """Lists of both sections change. Wagtail sends the plain page, whatever it is."""
    if sender is Story:
        purge_story(instance.specific, left=parent_page_before.pk)
    elif sender is Section:
        purge_section(instance.specific)


@receiver(pre_delete, sender=Story, dispatch_uid="stories.deleted")
def story_deleted(instance: Story, **_signal: Any) -> None:
    """Whatever showed it shows it no more."""
    purge_story(instance)


@receiver(page_published, sender=Front, dispatch_uid="stories.front_published")
def front_published(instance: Front, **_signal: Any) -> None:
    """The editor chose other stories."""
    purge_front(instance)


@receiver([page_published, page_unpublished], sender=Section, dispatch_uid="stories.section_changed")
def section_changed(instance: Section, **_signal: Any) -> None:
    """Its name stands in the navigation of every page."""
    purge_section(instance)


@receiver([post_save, pre_delete], sender=Author, dispatch_uid="stories.author_changed")
@receiver([post_save, pre_delete], sender=Topic, dispatch_uid="stories.topic_changed")
def name_changed(instance: Author | Topic, **_signal: Any) -> None:
    """Its page, new, changed or gone, and the stories that carry it."""
    purge_name(instance)


@receiver(pre_save, sender=Story, dispatch_uid="stories.about_to_change")
def story_about_to_change(instance: Story, **_signal: Any) -> None:
    """A byline or topic that it loses now would be forgotten by the purge after."""
    remember_names(instance)
