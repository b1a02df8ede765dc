"""Who may sign in, in which roles, and whether the newsroom has its first administrator."""

from datetime import timedelta
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet

from gazeti.accounts.models import User
from gazeti.accounts.rules import ROLES
from gazeti.plain.mailboxes import spellings

SALT = "gazeti.accounts.first-administrator"
LINK_LASTS = timedelta(days=7)


class Link(Enum):
    """What a first administrator's link is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    USED = "used"
    FORGED = "forged"


def users() -> QuerySet[User]:
    """Everybody who may sign in, by email."""
    return User.objects.order_by("email")


def user_of(email: str) -> User | None:
    """Who signs in with this address, in whatever case it is typed, and its host in whichever letters."""
    spelled = {one.lower() for one in spellings(email.strip())}
    is_theirs = reduce(or_, (Q(email__iexact=one) for one in spelled))
    return User.objects.filter(is_theirs).first()


def is_there_an_administrator() -> bool:
    """Whether somebody who may sign in has every right."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def roles_of(user: User) -> list[str]:
    """The person's roles, by the groups they are in."""
    groups = set(user.groups.values_list("name", flat=True))
    return [role for role, group in ROLES.items() if group in groups]


def is_administrator(user: Any) -> bool:
    """Whether somebody may give others their accounts: by right, or by role."""
    if not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=ROLES["administrator"]).exists()


def standing_of(number: int) -> User | None:
    """The person as the database has them: whether they may sign in, and whether by right with every right."""
    return User.objects.only("is_active", "is_superuser").filter(pk=number).first()


def first_administrator_link() -> str:
    """A link that makes the first administrator: valid for 7 days, and until there is one."""
    token = signing.dumps("first", salt=SALT)
    return f"{settings.GAZETI_ADDRESS}/desk/first-administrator/{token}/"


def worth_of(token: str) -> Link:
    """What the token of such a link is worth now."""
    try:
        signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.SignatureExpired:
        return Link.EXPIRED
    except signing.BadSignature:
        return Link.FORGED
    return Link.USED if is_there_an_administrator() else Link.GOOD
