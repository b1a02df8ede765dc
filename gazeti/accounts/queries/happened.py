"""What happened to accounts and what was published, newest first, a page at a time and in four queries."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from gazeti.accounts.models import Trace, User
from gazeti.log.models import Event

MOST = 50
CHOICES: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "sign-ins": (
            "accounts",
            {
                "signed in": _("Signed in"),
                "signed out": _("Signed out"),
                "sign-in failed": _("Sign-in failed"),
                "sign-in refused": _("Sign-in refused"),
            },
        ),
        "factors": (
            "accounts",
            {
                "factor added": _("Factor added"),
                "factor removed": _("Factor removed"),
                "factors taken away": _("Factors taken away"),
                "password replaced": _("Password replaced"),
                "token made": _("API token made"),
                "token revoked": _("API token revoked"),
            },
        ),
        "people": (
            "accounts",
            {
                "user added": _("Person added"),
                "first administrator": _("First administrator made"),
                "roles": _("Roles changed"),
                "every right": _("Given every right"),
                "no longer every right": _("No longer has every right"),
                "closed": _("Account closed"),
                "opened": _("Account opened again"),
                "user deleted": _("Person deleted"),
                "invited": _("Invited"),
                "invitation taken back": _("Invitation taken back"),
                "invitation accepted": _("Invitation accepted"),
            },
        ),
        "publications": (
            "stories",
            {
                "published": _("Published"),
                "embargoed": _("Published under embargo"),
                "withdrawn": _("Withdrawn"),
                "unpublished": _("Back to draft"),
            },
        ),
    }
)
"""What to look at: the log's stream, and the kinds in it with the words for them."""
NAMES = MappingProxyType(
    {
        "sign-ins": _("Sign-ins"),
        "factors": _("Factors, passwords and tokens"),
        "people": _("People and roles"),
        "publications": _("Publications"),
    }
)
WORDS = MappingProxyType({kind: word for _stream, kinds in CHOICES.values() for kind, word in kinds.items()})


class Happening(NamedTuple):
    """One thing that happened, ready to be shown."""

    position: int
    at: datetime
    kind: str
    person: str
    by: str
    page: Page | None
    address: str
    details: str


def happened(*, choice: str = "", before: int | None = None, most: int = MOST) -> list[Happening]:
    """What happened before a position of the log, newest first, of one choice or of all."""
    events = _events(choice, before, most)
    people = User.objects.in_bulk(
        {event.data[name] for event in events for name in ("user", "by") if name in event.data}
    )
    pages = Page.objects.in_bulk({event.data["story"] for event in events if "story" in event.data})
    traces = Trace.objects.in_bulk([event.position for event in events])
    return [_shown(event, people, pages, traces.get(event.position)) for event in events]


def _events(choice: str, before: int | None, most: int) -> list[Event]:
    chosen = [CHOICES[choice]] if choice in CHOICES else list(CHOICES.values())
    found: list[Event] = []
    for stream in {stream for stream, _kinds in chosen}:
        kinds = [kind for name, kinds in chosen if name == stream for kind in kinds]
        events = Event.objects.filter(stream=stream, kind__in=kinds).order_by("-number")
        found += events.filter(position__lt=before)[:most] if before else events[:most]
    return sorted(found, key=lambda event: -event.position)[:most]


def _shown(event: Event, people: dict[int, User], pages: dict[int, Page], trace: Trace | None) -> Happening:
    data: dict[str, Any] = event.data
    details = [data.get("reason", ""), data.get("factor", ""), ", ".join(data.get("ways", data.get("roles", ())))]
    return Happening(
        position=event.position,
        at=event.at,
        kind=str(WORDS[event.kind]),
        person=_named("user", data, people, email=trace.email if trace else ""),
        by=_named("by", data, people),
        page=pages.get(data.get("story", 0)),
        address=(trace.address if trace else None) or "",
        details="; ".join(part for part in details if part),
    )


def _named(part: str, data: dict[str, Any], people: dict[int, User], *, email: str = "") -> str:
    if data.get(part) in people:
        return str(people[data[part]])
    number = data.get(part)
    return email or (gettext("person %(number)s, deleted") % {"number": number} if number else "")
