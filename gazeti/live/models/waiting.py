"""What waits to become an update: sent in by others, or for its time."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from gazeti.live.models.coverage import Coverage
from gazeti.live.rules import LONGEST_HEADING, Reached
from gazeti.stories.blocks import Body
from gazeti.stories.models import Author


class Waiting(models.Model):
    """An update that is none yet; its row goes when it is posted or refused."""

    coverage: Any = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="waiting")
    reached = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Reached])
    heading = models.CharField(_("heading"), max_length=LONGEST_HEADING, blank=True)
    body = StreamField(Body(), blank=True, verbose_name=_("text"))
    author: Any = models.ForeignKey(Author, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_key = models.BooleanField(_("key event"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=255, blank=True)
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("goes out"), null=True, blank=True, db_index=True)
    failed = models.CharField(_("why it did not go out"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached=Reached.SCHEDULED, due_at__isnull=False)
                | models.Q(reached=Reached.SENT, due_at=None),
                name="live_scheduled_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["coverage", "key"], condition=~models.Q(key=""), name="live_waiting_key_once"
            ),
        ]
        indexes = [models.Index(fields=["coverage", "reached", "received_at"], name="live_waiting")]

    def __str__(self) -> str:
        return f"{self.coverage_id}/{self.pk}"


class RefusedKey(models.Model):
    """That what was sent in under a key was refused: whoever sends it again is not to bring it back.

    No word of it is kept, and of the key, which somebody else has made up, only its SHA-256.
    """

    coverage: Any = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="refused_keys")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coverage", "digest"], name="live_refused_key_once")]

    def __str__(self) -> str:
        return f"{self.coverage_id}/{self.digest}"
