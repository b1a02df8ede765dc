"""Guards a revision that something still stands on, whoever deletes it."""

from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Revision

from gazeti.stories.queries.revisions import is_needed


@receiver(pre_delete, sender=Revision, dispatch_uid="stories.revision_deleted")
def revision_about_to_go(instance: Revision, *, origin: Any = None, **_signal: Any) -> None:
    """Refuse what readers see, what is scheduled and what an editor worked on last; a page takes its own with it.

    Wagtail's own purge passes over what raises ProtectedError.
    """
    itself = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if itself is Revision and is_needed(instance):
        raise ProtectedError(
            "Readers see this revision, or it is scheduled, or it is the latest: it cannot be deleted.", {instance}
        )
