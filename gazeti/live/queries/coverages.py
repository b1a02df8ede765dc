"""Which stories are covered live, and where each coverage stands: known to a worker until one changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from gazeti import edge
from gazeti.live.models import Coverage
from gazeti.live.rules import State
from gazeti.stories.queries import public_stories

COVERAGES = "coverages"
"""The tag of whatever shows which stories are covered live: the strip, the label on lists, the page of all."""


@dataclass(frozen=True, slots=True)
class Known:
    """Where each coverage stands, by its story's number."""

    states: dict[int, State]

    def state_of(self, story: int) -> State | None:
        """Where the story's coverage stands; None where it has none."""
        return self.states.get(story)

    @property
    def going_on(self) -> list[int]:
        """The stories that are covered at this moment, or in a pause of it."""
        return [story for story, state in self.states.items() if state in (State.LIVE, State.PAUSED)]


def known() -> Known:
    """All coverages; one query, once a worker until one begins, pauses or ends."""
    return edge.known("coverages", tags={COVERAGES}, make=_all)


def _all() -> Known:
    return Known({story: State(state) for story, state in Coverage.objects.values_list("pk", "state")})


def planned_coverages(most: int) -> list[tuple[int, datetime | None]]:
    """The public stories whose coverage is to come, with when it begins, the next first; one without a time last."""
    ours = Coverage.objects.filter(state=State.PLANNED, story__in=public_stories().order_by())
    return list(ours.order_by(F("starts_at").asc(nulls_last=True), "pk").values_list("pk", "starts_at")[:most])


def closed_coverages(start: int, *, most: int) -> list[int]:
    """The public stories whose coverage has ended, the last first, from `start` on and at most so many."""
    ours = Coverage.objects.filter(state=State.CLOSED, story__in=public_stories().order_by())
    return list(ours.order_by(F("closed_at").desc(nulls_last=True), "-pk").values_list("pk", flat=True)[start:][:most])
