"""What follows a saved or a deleted picture, whichever door it came through.

House rule: the view enqueues a rendition. Wagtail has six views that save a picture (add, edit, two uploaders, the
chooser, the API) and none has a hook for it; so the signal stands in, and enqueues once the row is committed.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from gazeti.media.actions import announce_picture, remove_renditions, settle_rights
from gazeti.media.models import Picture
from gazeti.media.tasks import make_renditions_of


@receiver(post_save, sender=Picture)
def picture_saved(instance: Picture, *, created: bool, raw: bool = False, **signal: Any) -> None:
    """Purge what shows it, see whether its rights last, and have renditions made if its file or focal point is new."""
    if raw:
        return
    settle_rights(instance, now=timezone.now())
    if not created:
        announce_picture(instance)
    if instance.is_pending:
        transaction.on_commit(partial(make_renditions_of.enqueue, instance.pk))


@receiver(post_delete, sender=Picture)
def picture_deleted(instance: Picture, **signal: Any) -> None:
    """Purge what showed it; remove its files once it is gone for good."""
    announce_picture(instance)
    transaction.on_commit(partial(remove_renditions, instance.pk))
