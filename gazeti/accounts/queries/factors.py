"""Second factors: who has one, who must, and what a signed-in session is worth."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from gazeti.accounts.rules import Session, must_have_factor, worth

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for one of these and are none by themselves."""


def has_factor(user: Any) -> bool:
    """Whether the person set up an authenticator app, a passkey or a security key."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def must_set_up_factor(user: Any) -> bool:
    """Whether the person's role asks for a second factor in this newsroom."""
    if not settings.GAZETI_SECOND_FACTOR:
        return False
    groups = [] if user.is_superuser else list(user.groups.values_list("name", flat=True))
    return must_have_factor(groups, is_superuser=user.is_superuser, is_required=True)


def lacks_factor(user: Any) -> bool:
    """Whether the person has no second factor and must have one: neither the desk nor the API is open to them."""
    return must_set_up_factor(user) and not has_factor(user)


def worth_of_session(user: Any, *, is_proven: bool) -> Session:
    """What a session of that person is worth, by whether a second factor was proven in it."""
    is_set_up = has_factor(user)
    return worth(has_factor=is_set_up, is_proven=is_proven, must_have=not is_set_up and must_set_up_factor(user))
