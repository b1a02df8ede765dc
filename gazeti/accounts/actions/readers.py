"""Readers: a code proves an address; who is known by it, the name they write under, and how they are forgotten."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from wagtail.models import ModelLogEntry

from gazeti.accounts.actions.access import end_sessions
from gazeti.accounts.actions.events import STREAM, note_event
from gazeti.accounts.models import Invitation, Letter, Reader, SignInCode, Trace, User
from gazeti.accounts.queries import is_of_the_newsroom, rows_of, user_of
from gazeti.guard.marks import mark
from gazeti.log.clock import Item
from gazeti.log.models import Event
from gazeti.plain.mailboxes import canonical

LASTS = timedelta(minutes=10)
MOST_TRIES = 3


class CodeRefused(Exception):
    """What was typed is not the code; it may be tried again."""


class CodeOver(Exception):
    """The code was used, tried too often, or is too old: only a new one helps."""


class Erased(Exception):
    """Whoever does something was erased in the meantime, from another page of theirs."""


def keep_code(email: str, *, code: str, leads_to: str, now: datetime) -> SignInCode:
    """Keep the code that is sent to an address, whoever has it. Its cost is the same for every address."""
    return SignInCode.objects.create(email=email, code=_marked(email, code), leads_to=leads_to, ends_at=now + LASTS)


def prove_address(number: int, *, code: str, now: datetime) -> SignInCode:
    """The address that a code was sent to, and where it leads; it is good no more. Raises CodeRefused, CodeOver.

    A try is counted and committed before anybody looks: however many come at once, three are compared.
    """
    open_ones = SignInCode.objects.filter(pk=number, ends_at__gt=now, tries__lt=MOST_TRIES)
    if not open_ones.update(tries=F("tries") + 1):
        raise CodeOver
    kept = SignInCode.objects.filter(pk=number).first()
    if kept is None:
        raise CodeOver
    if not hmac.compare_digest(kept.code, _marked(kept.email, code)):
        raise CodeOver if kept.tries >= MOST_TRIES else CodeRefused
    # Of two who type it at once one deletes it.
    if not SignInCode.objects.filter(pk=number).delete()[0]:
        raise CodeOver
    return kept


def drop_codes(_item: Item, *, now: datetime) -> None:
    """Forget the codes that are over."""
    SignInCode.objects.filter(ends_at__lte=now).delete()


@transaction.atomic
def user_proven(email: str) -> User:
    """Who signs in with an address that was just proven; somebody new has no password and no role."""
    return user_of(email) or User.objects.create_user(email)


@transaction.atomic
def reader_for(user: User, *, now: datetime) -> Reader:
    """The reader that somebody who signed in is; made the first time, apart from whoever only claimed the address.

    Raises Erased.
    """
    hold_user(user)
    facts = {"email": canonical(user.email), "name": user.get_full_name()[:60], "known_since": now}
    return Reader.objects.get_or_create(user=user, defaults=facts)[0]


@transaction.atomic
def claimed_reader(email: str, *, name: str = "", now: datetime) -> Reader:
    """The reader who claims an address without having proven it, whether or not somebody else signs in with it."""
    facts = {"name": name, "known_since": now}
    return Reader.objects.get_or_create(user=None, email=canonical(email.strip()), defaults=facts)[0]


def hold_user(user: User) -> None:
    """Let nobody erase a user before the caller's transaction ends. Raises Erased where somebody has."""
    if not list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk")):
        raise Erased


def hold_reader(reader: Reader) -> None:
    """Let nobody erase a reader before the caller's transaction ends. Raises Erased where somebody has."""
    if not list(Reader.objects.select_for_update().filter(pk=reader.pk, erased_at=None).values_list("pk")):
        raise Erased


def hold_rows(reader: Reader) -> list[Reader]:
    """All rows of a reader who is erased: whoever does something in their name just now waits for the caller's
    transaction, or has done it.
    """
    list(User.objects.select_for_update().filter(pk=reader.user_id or 0))
    numbers = [row.pk for row in rows_of(reader)]
    return list(Reader.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


@transaction.atomic
def name_reader(reader: Reader, *, name: str) -> None:
    """The name under which they write from now on. Raises Erased."""
    hold_reader(reader)
    reader.name = name
    reader.save(update_fields=["name"])


def part_from_user(user: User) -> None:
    """What a reader wrote stays when an administrator deletes the user; the address goes."""
    Reader.objects.filter(user=user).update(email="", user=None)


@transaction.atomic
def forget_reader(reader: Reader, *, rows: Sequence[Reader], now: datetime) -> None:
    """Erase who a reader is: address, name, codes, mail on its way, sessions, traces, and the user, unless the newsroom
    gave them a role. Their rows stay, of which `hold_rows` told, and say nothing of them.
    """
    user, email = reader.user, reader.email
    numbers = [row.pk for row in rows]
    note_event("reader erased", now=now, readers=numbers)
    Reader.objects.filter(pk__in=numbers).update(email="", name="", user=None, erased_at=now)
    if email:
        SignInCode.objects.filter(email=email).delete()
        Letter.objects.filter(to__iexact=email).delete()
    if user and not is_of_the_newsroom(user):
        _delete_user(user)


def _delete_user(user: User) -> None:
    number, email = user.pk, user.email
    end_sessions(user)
    Invitation.objects.filter(email__iexact=email).delete()
    ModelLogEntry.objects.for_instance(user).delete()
    theirs = Event.objects.filter(stream=STREAM, position__in=Trace.objects.values("position"), data__user=number)
    traces = list(theirs.values_list("position", flat=True))
    user.delete()
    # Last, since the log is told of the user who went, and keeps the address beside it.
    Trace.objects.filter(position__in=traces).delete()
    Trace.objects.filter(email__iexact=email).delete()


def _marked(email: str, code: str) -> str:
    """A code is read as people type it: letters in any case, with or without what stands between them."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return mark("sign-in code", email, typed)
