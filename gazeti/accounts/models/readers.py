"""A reader as the newsroom knows one: by an email address that nobody else sees, proven by a code or only claimed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reader(models.Model):
    """Somebody who wrote, follows or signed in. `user` is there once the address was proven by signing in.

    Of an erased reader nothing is left but the row, so that what others answered keeps its place.
    """

    user: Any = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reader"
    )
    email = models.EmailField(_("email address"), blank=True, help_text=_("In small letters; empty once erased."))
    name = models.CharField(_("name"), max_length=60, blank=True)
    known_since = models.DateTimeField(_("known since"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            # Who only claims an address is another than who proved it: what they wrote is not each other's.
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(user=None) & ~models.Q(email=""),
                name="accounts_one_claim_an_email",
            )
        ]
        indexes = [models.Index(fields=["email"], name="accounts_readers_of_email")]

    def __str__(self) -> str:
        return self.name or self.email or f"reader {self.pk}"

    @property
    def is_proven(self) -> bool:
        """Whether somebody signed in with this address."""
        return self.user_id is not None
