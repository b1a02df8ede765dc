"""Ending what a person's programs call the API with."""

from datetime import datetime

from django.db import transaction
from wagtail.models import APIToken

from gazeti.accounts.models import User


@transaction.atomic
def revoke_tokens(user: User, *, now: datetime) -> int:
    """Revoke every API token of a person that still opens something; how many there were."""
    tokens = APIToken.objects.filter(user=user, revoked_at=None)
    for token in tokens:
        # One by one, so that each is told (gazeti.accounts.receivers).
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
    return len(tokens)
