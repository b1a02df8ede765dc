"""The desk's home: for whoever signs in, what waits, what is on its way and what went wrong."""

from datetime import datetime
from typing import Any

from django.forms import Media
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gazeti.stories import queries
from gazeti.stories.queries import home
from gazeti.stories.queries.desk import Person


class Listing(Component):
    """One list of the home: a heading, its lines, and what to do where there are none."""

    template_name = "stories/desk/list.html"

    def __init__(self, name: str, heading: str, entries: list[home.Entry], *, empty: str, ends: str = "") -> None:
        """`name` is its anchor; `ends` is said where more is there than it shows."""
        self.name, self.heading, self.entries, self.empty, self.ends = name, heading, entries, empty, ends

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        is_full = len(self.entries) >= home.MOST
        return {"list": self, "most": home.MOST if is_full else 0}

    @property
    def media(self) -> Media:
        """Its look."""
        return Media(css={"all": ["gazeti/css/desk-home.css"]})


class Start(Component):
    """The way to a new story, before all lists."""

    template_name = "stories/desk/start.html"


def home_of(user: Person, *, now: datetime) -> list[Component]:
    """The parts of somebody's home. What failed to go out comes first as long as there is any."""
    writes = policy_registry.get_by_type(Page).user_has_permission(user, "add")
    held_up, parts = _held_up(user), [*(_work(user) if writes else []), *_on_the_way(user, now=now)]
    start: list[Component] = [Start()] if writes else []
    return [*start, held_up, *parts] if held_up.entries else [*start, *parts, *([held_up] if writes else [])]


def _work(user: Person) -> list[Component]:
    waiting = home.sent_back(user=user)
    empty = _("Nothing waits for you. What an editor sends back to you will stand here.")
    if queries.knows_all_drafts(user):
        waiting += home.submitted(user=user, own=False)
        empty = _("Nothing waits for you. What reporters submit will stand here.")
    return [
        Listing("waiting", _("Waiting for you"), waiting, empty=empty),
        Listing(
            "drafts", _("Your drafts"), home.own_drafts(user=user), empty=_("You have no drafts. Begin a new story.")
        ),
        Listing(
            "review",
            _("Yours in review"),
            home.submitted(user=user, own=True),
            empty=_("None of your stories is in review. Submit one from its page."),
        ),
    ]


def _on_the_way(user: Person, *, now: datetime) -> list[Component]:
    writes = policy_registry.get_by_type(Page).user_has_permission(user, "add")
    out = Listing(
        "today",
        _("Published today"),
        home.published_today(user=user, now=now),
        empty=_("Nothing has been published today yet."),
    )
    if not writes:
        return [out]
    return [
        Listing(
            "scheduled",
            _("Scheduled"),
            home.scheduled(user=user),
            empty=_("Nothing is scheduled. A story's status panel sets its time."),
        ),
        Listing(
            "embargoed",
            _("Under embargo"),
            home.embargoed(user=user),
            empty=_("Nothing is under embargo. A story's tab “Promote” sets one."),
        ),
        out,
    ]


def _held_up(user: Person) -> Listing:
    return Listing(
        "failed",
        _("Did not go out"),
        home.held_up(user=user),
        empty=_("Everything went out on time."),
    )
