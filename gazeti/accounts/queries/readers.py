"""Readers: the rows that stand for one person, their sessions and codes, and all that accounts hold about them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from gazeti.accounts.models import Invitation, Letter, Reader, SignInCode, Trace, User
from gazeti.accounts.queries.sessions import sessions_of
from gazeti.log.clock import Item
from gazeti.log.models import Event


def reader_of(user: Any) -> Reader | None:
    """The reader that somebody who signed in is; None for nobody, and for who was not a reader yet."""
    return Reader.objects.filter(user_id=user.pk).first() if user.is_authenticated else None


def claims_of(email: str) -> QuerySet[Reader]:
    """The readers who claim an address without having proven it; none for an empty one."""
    return Reader.objects.filter(user=None, email=email).exclude(email="")


def rows_of(reader: Reader) -> list[Reader]:
    """The reader, and whoever only claims the address that this one has proven."""
    return [reader, *claims_of(reader.email).exclude(pk=reader.pk)]


def is_of_the_newsroom(user: User) -> bool:
    """Whether somebody gave them a role or rights: such a user is the newsroom's to close."""
    return user.is_superuser or user.is_staff or user.groups.exists()


def codes_due(*, now: datetime) -> Iterator[Item]:
    """The oldest code that is over, which stands for all of them."""
    oldest = SignInCode.objects.filter(ends_at__lte=now).order_by("ends_at").first()
    if oldest:
        yield Item(f"code {oldest.pk}", oldest.ends_at)


def held_about(reader: Reader) -> dict[str, Any]:
    """All that accounts hold about a reader, by table, as rows for JSON."""
    user = reader.user
    email = reader.email
    held: dict[str, QuerySet[Any]] = {
        "reader": Reader.objects.filter(pk__in=[row.pk for row in rows_of(reader)]),
        "mail_on_its_way": Letter.objects.filter(to__iexact=email),
        "codes": SignInCode.objects.filter(email=email).defer("code"),
    }
    if user:
        held |= {
            "user": User.objects.filter(pk=user.pk),
            "sessions": sessions_of(user),
            "second_factors": Authenticator.objects.filter(user=user),
            "invitations": Invitation.objects.filter(email__iexact=user.email),
            "traces": _traces(user),
        }
    return {name: [as_row(row) for row in rows] for name, rows in held.items()}


SECRET = frozenset({"password", "session_key", "code", "data", "by", "by_name"})
"""What opens something is told to nobody, not even to its owner; nor is who of the newsroom decided."""


def _traces(user: User) -> QuerySet[Trace]:
    theirs = Event.objects.filter(position__in=Trace.objects.values("position"), data__user=user.pk)
    return Trace.objects.filter(position__in=theirs.values("position")) | Trace.objects.filter(email__iexact=user.email)


def as_row(row: Any) -> dict[str, Any]:
    """A row's fields by name; but those that open something, and who of the newsroom decided."""
    fields = [field for field in row._meta.concrete_fields if field.name not in SECRET]
    return {field.name: field.value_from_object(row) for field in fields}
