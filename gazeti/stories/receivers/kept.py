"""The guard before deletion, whichever door somebody comes by: what was out stays."""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.actions.delete_page import DeletePageAction
from wagtail.query import PageQuerySet

from gazeti.stories.actions import keep_published
from gazeti.stories.models import Story

# Where the guard refuses, nothing of a deletion may have been done. Wagtail writes "deleted" into the history, and
# the tree counts the children of the parents down, before Django asks anybody, and outside any transaction of theirs.
DeletePageAction.execute = transaction.atomic(DeletePageAction.execute)
PageQuerySet.delete = transaction.atomic(PageQuerySet.delete)


@receiver(pre_delete, sender=Story, dispatch_uid="stories.about_to_be_deleted")
def story_about_to_be_deleted(instance: Story, **_signal: Any) -> None:
    """Refuse if readers ever could read it."""
    keep_published(instance)
