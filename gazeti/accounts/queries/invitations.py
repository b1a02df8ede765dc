"""Invitations: those still open, and the one behind a link."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from gazeti.accounts.models import Invitation

SALT = "gazeti.accounts.invitation"


def open_invitations(*, now: datetime) -> QuerySet[Invitation]:
    """Those that may still be accepted, the newest first."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return waiting.select_related("invited_by").order_by("-invited_at", "-pk")


def invitation_link(invitation: Invitation) -> str:
    """The link that its person follows."""
    token = signing.dumps(invitation.pk, salt=SALT)
    return settings.GAZETI_ADDRESS + reverse("accounts_invited", args=[token])


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link, open or not; None for a link that nobody sent."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=key).first()
