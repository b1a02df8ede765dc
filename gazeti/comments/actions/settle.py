"""What the newsroom's policy says, set by a command instead of the desk's page."""

from django.db import transaction

from gazeti.comments.models import CommentPolicy


@transaction.atomic
def close_after(*, days: int) -> None:
    """Let discussions close so many days after their story appeared; 0: never. Pages are purged as it is saved."""
    policy = CommentPolicy.load()
    policy.closes_after = days
    policy.save()
