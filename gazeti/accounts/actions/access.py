"""Taking back what a person signs in with: second factors that were lost, sessions that must end."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from gazeti.accounts.actions.events import note_event
from gazeti.accounts.models import User


@transaction.atomic
def remove_factors(user: User, *, now: datetime, by: User | None = None) -> int:
    """Remove a person's second factors and recovery codes and end their sessions; how many factors there were."""
    factors = Authenticator.objects.filter(user=user)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    end_sessions(user)
    note_event("factors taken away", now=now, user=user, by=by, factors=count)
    return count


def end_sessions(user: User) -> None:
    """End every session that the person opened."""
    for session in UserSession.objects.filter(user=user):
        session.end()
