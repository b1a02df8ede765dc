"""Taking back what a person signs in with: second factors that were lost, sessions and tokens that must end."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from gazeti.accounts.actions.events import note_event
from gazeti.accounts.actions.tokens import revoke_tokens
from gazeti.accounts.models import User


@transaction.atomic
def remove_factors(user: User, *, now: datetime, by: User | None = None) -> int:
    """Remove a person's second factors, end their sessions and API tokens; how many factors there were."""
    factors = Authenticator.objects.filter(user=user)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    end_sessions(user)
    revoke_tokens(user, now=now)
    note_event("factors taken away", now=now, user=user, by=by, factors=count)
    return count


def end_sessions(user: User) -> None:
    """End every session that the person opened."""
    for session in UserSession.objects.filter(user=user):
        session.end()
