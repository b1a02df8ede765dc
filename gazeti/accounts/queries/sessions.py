"""Sessions: where somebody is signed in, and which are over."""

from collections.abc import Iterator
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from gazeti.accounts.models import User
from gazeti.log.clock import Item


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Where somebody is signed in, the latest first."""
    there = Session.objects.values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=there).order_by("-last_seen_at", "-pk")


def sessions_due(*, now: datetime) -> Iterator[Item]:
    """The session that is over longest, which stands for all of them."""
    oldest = Session.objects.filter(expire_date__lte=now).order_by("expire_date").only("expire_date").first()
    if oldest:
        yield Item("sessions", oldest.expire_date)
