"""Who is added, in which roles, and the first administrator, of whom there is one."""

import secrets
from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gazeti import log
from gazeti.accounts.actions.events import STREAM
from gazeti.accounts.models import Reader, User
from gazeti.accounts.queries import is_there_an_administrator, user_of
from gazeti.accounts.rules import ROLES
from gazeti.plain.mailboxes import canonical


class AlreadyThere(Exception):
    """Somebody signs in with that address, or the newsroom has its administrator; the message says which."""


@transaction.atomic
def make_first_administrator(*, email: str, name: str, password: str) -> User:
    """The newsroom's first administrator. Raises AlreadyThere if there is one.

    The log is appended to before anybody looks: its row is locked until commit, so two at once stand in line.
    """
    log.append(STREAM, "first administrator")
    if is_there_an_administrator():
        raise AlreadyThere(_("This newsroom has its first administrator already. Sign in, or ask them for an account."))
    return User.objects.create_superuser(email, password, first_name=name)


@transaction.atomic
def add_user(
    email: str, *, name: str = "", roles: Iterable[str] = ("reporter",), is_administrator: bool = False
) -> User:
    """Somebody new, who has no password until they set one by a link; an administrator by right needs no role.

    Raises ValidationError for what is no address, AlreadyThere for one that is taken.
    """
    validate_email(email)
    if user_of(email):
        raise AlreadyThere(_("Somebody already signs in with %(email)s.") % {"email": email})
    if is_administrator:
        return User.objects.create_superuser(email, first_name=name)
    user = User.objects.create_user(email, first_name=name)
    assign_roles(user, roles=roles)
    return user


@transaction.atomic
def assign_roles(user: User, *, roles: Iterable[str]) -> None:
    """Put a person into the groups of these roles and no others; a group that is missing is made, without rights."""
    groups = [Group.objects.get_or_create(name=ROLES[role])[0] for role in roles]
    user.groups.set(groups)


@transaction.atomic
def keep_address(user: User) -> None:
    """Let allauth know the person's one address, whoever changed it: an earlier one opens nothing any more."""
    address = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=address).delete()
    EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    Reader.objects.filter(user=user).update(email=canonical(address))


@transaction.atomic
def give_fresh_password(email: str, *, name: str) -> str:
    """A random password for an administrator of that address, made if there is none; it replaces the last one."""
    password = secrets.token_urlsafe(12)
    user = user_of(email) or User.objects.create_superuser(email, first_name=name)
    user.set_password(password)
    user.save(update_fields=["password"])
    log.append(STREAM, "password replaced", {"user": user.pk})
    return password


def password_link(user: User) -> str:
    """A link by which a person sets a password: it works once, for as long as Django's reset links do.

    Raises ValidationError for somebody who may not sign in.
    """
    if not user.is_active:
        raise ValidationError(_("%(email)s may not sign in any more.") % {"email": user.email})
    words = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.GAZETI_ADDRESS + reverse("account_reset_password_from_key", kwargs=words)
