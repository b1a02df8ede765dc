"""People for the tests of accounts, signing in as a browser does, and what an authenticator app shows."""

import re
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, Permission
from django.test import Client

from gazeti.accounts.actions import assign_roles
from gazeti.accounts.models import User
from gazeti.accounts.rules import ROLES

PASSWORD = "tall-jacaranda-9"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COUNTER = 58_000_000
"""The half minute in which the tests' authenticator apps stand."""


def make_person(email: str = "amina@paper.example", *, roles: Iterable[str] = ("editor",)) -> User:
    """Somebody with a password, in these roles, each of which opens the desk."""
    enter = Permission.objects.get(codename="access_admin")
    for role in roles:
        Group.objects.get_or_create(name=ROLES[role])[0].permissions.add(enter)
    user = User.objects.create_user(email, PASSWORD, first_name=email.partition("@")[0].title())
    assign_roles(user, roles=roles)
    return user


def give_app(user: User) -> User:
    """Give somebody an authenticator app, and recovery codes."""
    auth.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def recovery_code(user: User) -> str:
    """One of the person's recovery codes that was not used yet."""
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    return str(codes[0])


def shown_code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, COUNTER))


def sign_in(client: Client, email: str = "amina@paper.example", password: str = PASSWORD, **more: str):
    """Type address and password at the desk's door."""
    return client.post("/desk/login/", {"login": email, "password": password, **more})


def text_of(answer) -> str:
    """The answer's words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
