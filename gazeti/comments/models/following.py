"""Who follows a discussion by email, what has appeared in it, and whom a reader would rather not read."""

from typing import Any

from django.db import models

from gazeti.accounts.models import Reader
from gazeti.comments.models.comments import Comment
from gazeti.stories.models import Story


class Follow(models.Model):
    """A reader who is written to of what is new in a thread, or (root 0) in all of a story.

    There is no row before they confirmed it: what was only asked for stands in the link of a mail.
    """

    story: Any = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    root = models.PositiveIntegerField(default=0)
    reader: Any = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField()
    told_position = models.BigIntegerField(default=0)
    """The position in the log up to which a mail has told of what appeared."""
    told_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """When the next mail is to be written; none while nothing is new."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "root", "reader"], name="comments_follow_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="comments_follow_due")
        ]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.root}"


class Appearance(models.Model):
    """A comment that readers came to see under a story that somebody follows: once, whatever becomes of it later."""

    comment: Any = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    story: Any = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.BigIntegerField()
    """In the log."""
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["story", "position"], name="comments_appeared")]

    def __str__(self) -> str:
        return f"{self.comment_id} at {self.position}"


class Mute(models.Model):
    """Somebody whose comments a signed-in reader is not shown."""

    reader: Any = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="mutes")
    muted: Any = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "muted"], name="comments_mute_once")]

    def __str__(self) -> str:
        return f"{self.reader_id} mutes {self.muted_id}"
