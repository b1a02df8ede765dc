"""Who sends something from a page below a story: a reader who signed in, somebody of the newsroom, or anybody."""

from typing import Any

from django.http import HttpRequest

from gazeti import guard
from gazeti.accounts.queries import roles_of
from gazeti.accounts.queries.readers import reader_of
from gazeti.comments.queries.facts import Sender, claimed_reader
from gazeti.comments.rules import LONGEST_NAME
from gazeti.guard.marks import mark
from gazeti.guard.origins import Origin, origin_of
from gazeti.plain.letters import cleaned_name

ADMINISTRATOR = "administrator"
"""The badge of who has every right without a role."""


def person_in(request: HttpRequest) -> Any:
    """Who signed in, where the request is a page's own and no other site's; None for nobody."""
    user = request.user
    is_reading = request.method in ("GET", "HEAD")
    if not user.is_authenticated or not (is_reading or origin_of(request) is Origin.OURS):
        return None
    return user


def name_of(person: Any) -> str:
    """The name somebody who signed in writes under, as one that was typed is kept; empty while they have none."""
    if person is None:
        return ""
    reader = reader_of(person)
    name = cleaned_name(reader.name if reader else "") or cleaned_name(person.get_full_name())
    return cleaned_name(name[:LONGEST_NAME])


def badge_of(person: Any) -> str:
    """The role of somebody of the newsroom, empty for a reader."""
    roles = roles_of(person)
    return roles[0] if roles else ADMINISTRATOR if person.is_superuser else ""


def sender_of(request: HttpRequest, *, person: Any, email: str) -> Sender:
    """Who sends a comment, and from where; whoever is not signed in is who the address claims."""
    facts = guard.facts_of(request)
    if person is None:
        return Sender(**facts, reader=claimed_reader(email))
    return Sender(**facts, reader=reader_of(person), is_signed_in=True, badge=badge_of(person))


def mark_of(request: HttpRequest, *, deed: str, day: str, apart: str = "") -> str:
    """A mark of who does something that each does once: the reader, or the network and device of that day.

    Of two who share these, `apart` may tell them from each other: what they say of who they are.
    """
    person = person_in(request)
    if person is not None:
        return mark(deed, "person", person.pk)
    facts = guard.facts_of(request)
    return mark(deed, day, facts["address"], facts["device"], *filter(None, [apart]))
