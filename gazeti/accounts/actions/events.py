"""Telling the log what happened to accounts: ids, kinds and reasons; what is personal goes into an erasable row."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gazeti import log
from gazeti.accounts.models import Trace, User
from gazeti.accounts.queries import KEPT
from gazeti.log.clock import Item

STREAM = "accounts"


@transaction.atomic
def note_event(
    kind: str,
    *,
    now: datetime,
    user: User | None = None,
    by: User | None = None,
    address: str | None = None,
    email: str = "",
    **facts: Any,
) -> None:
    """Append an event, and keep beside it from where it was done and which email was typed."""
    people = {name: person.pk for name, person in (("user", user), ("by", by)) if person and person.pk}
    place = log.append(STREAM, kind, {**people, **facts})
    if address or email:
        Trace.objects.create(position=place.position, address=address, email=email[:254], at=now)


def forget_traces(_item: Item, *, now: datetime) -> None:
    """Erase the traces of people that are past their time; the events stay."""
    Trace.objects.filter(at__lte=now - KEPT).delete()
