"""Taking back what a person signs in with: second factors that were lost, sessions and tokens that must end."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from gazeti.accounts.actions.events import note_event
from gazeti.accounts.actions.tokens import revoke_tokens
from gazeti.accounts.models import User
from gazeti.log.clock import Item


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


@transaction.atomic
def end_session(user: User, *, number: int) -> None:
    """End one of a person's sessions."""
    for session in UserSession.objects.filter(user=user, pk=number):
        session.end()


def forget_session(key: str | None) -> None:
    """Forget from where somebody was signed in who signs out."""
    UserSession.objects.filter(session_key=key).delete()


@transaction.atomic
def drop_sessions(_item: Item, *, now: datetime) -> None:
    """Forget the sessions that are over, and from where they were opened."""
    Session.objects.filter(expire_date__lte=now).delete()
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    old = UserSession.objects.filter(created_at__lte=now - longest)
    old.exclude(session_key__in=Session.objects.values("session_key")).delete()
