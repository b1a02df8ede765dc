"""What reading a page yields: each fact with how sure we are of it and why. Knows nothing of stories."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)
NOON = time(12)


class Confidence(StrEnum):
    """How sure a fact is: said by a person, read plainly, worked out, or a guess."""

    GIVEN = "given"
    HIGH = "high"
    FAIR = "fair"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Found(Generic[Value_co]):
    """A fact, how sure it is, and the reason as the end of a sentence."""

    value: Value_co
    confidence: Confidence
    because: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A written day, with the time of day if one was written (aware when its zone was)."""

    day: date
    clock: time | None = None

    def moment(self, zone: tzinfo, *, now: datetime) -> datetime:
        """The moment in UTC; noon in the newsroom's zone where no time was written, or now where noon is to come.

        Noon, so that the day stays the same when it is read in a neighbouring zone.
        """
        clock = self.clock or NOON
        moment = datetime.combine(self.day, clock, tzinfo=clock.tzinfo or zone).astimezone(UTC)
        is_today = self.clock is None and self.day == now.astimezone(zone).date()
        return min(moment, now) if is_today else moment


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it: people in order, and a free credit such as an agency."""

    names: tuple[str, ...] = ()
    credit: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.names and not self.credit


@dataclass(frozen=True, slots=True)
class Recent:
    """A headline from a list of other stories, whose text the page does not have."""

    headline: str
    date: Found[Dated] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the page that is no part of the story, and what it is instead."""

    line: str
    because: str


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page as read. What is None was not there; `body` is empty when no text was."""

    section: Found[str] | None = None
    headline: Found[str] | None = None
    standfirst: Found[str] | None = None
    byline: Found[Byline] | None = None
    date: Found[Dated] | None = None
    language: Found[str] | None = None
    body: Found[tuple[str, ...]] | None = None
    recent: tuple[Recent, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
