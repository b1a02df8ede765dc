"""A draft shown to somebody without an account, by a link that ends."""

from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.stories.models.story import Story


def hash_of(token: str) -> str:
    """What is kept of a link's secret, which is too long to be guessed (256 bits)."""
    return sha256(token.encode()).hexdigest()


class SharedDraft(models.Model):
    """One link to a story's draft. The secret in its address is not kept, only its hash (SHA-256)."""

    story = models.ForeignKey(Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="shared_drafts")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    ends_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("ended early"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared draft")
        verbose_name_plural = _("shared drafts")
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("made_at")), name="stories_share_ends_later")
        ]

    def __str__(self) -> str:
        return f"{self.story} ({self.ends_at:%Y-%m-%d})"

    def is_open(self, *, now: datetime) -> bool:
        """Whether it still shows the draft."""
        return self.revoked_at is None and now < self.ends_at
