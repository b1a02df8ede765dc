"""Beginning to cover a story, and taking its coverage from one state into another."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gazeti import edge
from gazeti.live.actions.events import Refused, append, locked, purge
from gazeti.live.actions.times import refuse_out_of_reach
from gazeti.live.models import Coverage
from gazeti.live.queries.coverages import COVERAGES
from gazeti.live.rules import BECOMES, FROM, Kind, Reached, State
from gazeti.log.clock import Item
from gazeti.stories.models import Story

STAYS = MappingProxyType(
    {
        (Kind.PAUSE, State.PLANNED): gettext_lazy("The coverage has not begun: it cannot pause."),
        (Kind.PAUSE, State.PAUSED): gettext_lazy("The coverage is paused already."),
        (Kind.PAUSE, State.CLOSED): gettext_lazy("The coverage is closed: it cannot pause."),
        (Kind.RESUME, State.LIVE): gettext_lazy("The coverage is live already: it cannot resume."),
        (Kind.CLOSE, State.CLOSED): gettext_lazy("The coverage is closed already."),
    }
)
"""Why it does not become what is asked for, by that and where it stands: whatever `FROM` leaves out."""


@transaction.atomic
def cover(
    story: Story,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    now: datetime | None = None,
) -> Coverage:
    """Make a story one that is covered live, planned at first; one that is already stays as it is.

    Raises Refused for times that do not follow each other, OutOfReach for one too far from `now`, the clock's if empty.
    """
    refuse_out_of_reach(now=now or timezone.now(), starts_at=starts_at, ends_at=ends_at)
    _refuse_backwards(starts_at, ends_at)
    coverage, is_new = Coverage.objects.get_or_create(
        pk=story.pk, defaults={"starts_at": starts_at, "ends_at": ends_at}
    )
    if is_new:
        edge.purge([f"story:{story.pk}", COVERAGES])
    return coverage


@transaction.atomic
def plan(story: int, *, starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> Coverage:
    """Say when a coverage begins and ends. One that is planned opens itself then; readers are told both times.

    Raises Refused for times that do not follow each other, OutOfReach for another one that lies too far from now.
    """
    coverage = locked(story)
    given = {"starts_at": starts_at, "ends_at": ends_at}
    other = {name: moment for name, moment in given.items() if moment != getattr(coverage, name)}
    refuse_out_of_reach(now=now, **other)
    _refuse_backwards(starts_at, ends_at)
    coverage.starts_at, coverage.ends_at = starts_at, ends_at
    coverage.save(update_fields=["starts_at", "ends_at"])
    purge(story, is_state=True)
    return coverage


@transaction.atomic
def uncover(story: int) -> None:
    """Let a story be none that is covered live. Raises Refused once anything has happened in its coverage, and while
    anything waits in it, which would go with it.
    """
    coverage = locked(story)
    if coverage.head:
        raise Refused(_("Something has happened in this coverage already: close it instead."))
    _refuse_waiting(coverage)
    coverage.delete()
    edge.purge([f"story:{story}", COVERAGES])


@transaction.atomic
def move_to(story: int, *, kind: Kind, now: datetime, by: Any = None) -> int:
    """Pause, resume (which also begins) or close a coverage; the event's number.

    Raises Refused where it does not stand so that it could.
    """
    coverage = locked(story)
    if State(coverage.state) not in FROM[kind]:
        raise Refused(str(STAYS[kind, State(coverage.state)]))
    coverage.state = BECOMES[kind]
    if kind is Kind.RESUME:
        coverage.opened_at, coverage.closed_at = coverage.opened_at or now, None
    if kind is Kind.CLOSE:
        coverage.closed_at = now
    number = append(coverage, kind=kind, update=None, by=by)
    purge(story, is_state=True)
    return number


@transaction.atomic
def open_due(item: Item, *, now: datetime) -> None:
    """Open a planned coverage as it begins, also where its story is not out yet; one that somebody opened stays."""
    story = int(item.key)
    due = Coverage.objects.select_for_update().filter(pk=story, state=State.PLANNED, starts_at__lte=now)
    if due.first():
        move_to(story, kind=Kind.RESUME, now=now)


def _refuse_backwards(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused(_("The coverage ends before it begins. Correct one of the two times."))


def _refuse_waiting(coverage: Coverage) -> None:
    reached = list(coverage.waiting.values_list("reached", flat=True))
    if not reached:
        return
    sent, timed = reached.count(Reached.SENT), reached.count(Reached.SCHEDULED)
    told = [
        ngettext(
            "%(number)d update that was sent in waits here.", "%(number)d updates that were sent in wait here.", sent
        )
        % {"number": sent},
        ngettext("%(number)d update waits here for its time.", "%(number)d updates wait here for their time.", timed)
        % {"number": timed},
    ]
    to_do = _("Post what is to go out and do not post the rest first: all of it would be gone with the coverage.")
    raise Refused(" ".join([*(one for one, number in zip(told, (sent, timed), strict=True) if number), to_do]))
