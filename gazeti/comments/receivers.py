"""What follows when the policy or a section's mode is saved, by whichever door."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from gazeti.comments.actions.purge import purge_policy
from gazeti.comments.models import CommentPolicy, SectionMode


@receiver(post_save, sender=SectionMode, dispatch_uid="comments section mode")
@receiver(post_save, sender=CommentPolicy, dispatch_uid="comments policy")
def policy_saved(sender: Any, *, raw: bool = False, **_facts: Any) -> None:
    """Purge what is shown by it."""
    if not raw:
        purge_policy()
