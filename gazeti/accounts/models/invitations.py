"""An invitation to the desk: who is asked, in which roles, and what became of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LASTS = timedelta(days=7)


def no_roles() -> list[str]:
    """The roles of somebody nobody chose any for."""
    return []


class Invitation(models.Model):
    """One person asked; it is open until it is accepted, taken back or past its time."""

    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    roles = models.JSONField(default=no_roles)
    invited_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations_made"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    person: Any = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )

    def __str__(self) -> str:
        return self.email

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may still accept it."""
        return not self.accepted_at and not self.withdrawn_at and now < self.expires_at
