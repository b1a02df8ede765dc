"""Respect for a comment: once by each, counted in the comment's own row."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gazeti.accounts.actions import hold_user
from gazeti.accounts.models import User
from gazeti.comments.actions.post import ADDRESS_DAYS
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.models import Comment, Respect
from gazeti.comments.rules import State


@transaction.atomic
def respect_comment(
    comment: Comment, *, mark: str, now: datetime, by: User | None = None, address_days: int = ADDRESS_DAYS
) -> bool:
    """Count one for the comment by whom the mark stands for; False where they had, or it is not there for readers.

    `by` is who signed in; of anybody else the mark is kept for so many days. Raises Erased.
    """
    if by is not None:
        hold_user(by)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.state != State.PUBLISHED or Respect.objects.filter(comment=comment, mark=mark).exists():
        return False
    until = None if by else now + timedelta(days=address_days)
    Respect.objects.create(comment=comment, mark=mark, at=now, kept_until=until)
    Comment.objects.filter(pk=comment.pk).update(respect=F("respect") + 1)
    purge_discussion(comment.story_id)
    return True
