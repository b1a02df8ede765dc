"""Rate limits that hold across workers and machines: declared once, asked with the facts they join.

Counted in Redis where there is one, else in the database, else in this process: never not at all.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gazeti.guard import redis, table
from gazeti.guard.arrivals import SECOND, Charge
from gazeti.guard.marks import DAY, marks_of_days
from gazeti.guard.memory import Memory

Change = Callable[[Sequence[Charge]], None]
logger = logging.getLogger(__name__)
nearby, instead = Memory(), Memory()
"""What this process lets pass by itself, and what it counts while nothing else does."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in `seconds`, for all who share the facts that `by` names; the pace of GCRA (`arrivals`).

    With `slack`, each process lets that many in `seconds` pass by its own count before it asks the shared one, so that
    somebody who asks rarely is never written down: in all at most `most`, and `slack` more for each process.
    """

    name: str
    most: int
    seconds: int
    by: tuple[str, ...]
    slack: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if self.most < 1 or not 1 <= self.seconds <= DAY or not self.by or self.slack < 0:
            raise ValueError(f"the limit {self.name} counts at least one, in a second to a day, by some fact")

    def charge(self, facts: dict[str, Any], *, now: float, most: int | None = None) -> Charge:
        """What to count under it for these facts. Raises KeyError if one is missing."""
        today, yesterday = marks_of_days(self.name, *(facts[name] for name in self.by), now=now)
        interval = max(1, self.seconds * SECOND // (most or self.most))
        return Charge(today, yesterday, interval, interval * (most or self.most))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may go on; if not, after how many whole seconds it may, and which limit says so."""

    allowed: bool
    retry_after: int = 0
    limit: str = ""


FREE = Verdict(allowed=True)


def allow(*limits: Limit, now: float | None = None, has_looked: bool = False, **facts: Any) -> Verdict:
    """Count one under each of the limits, if every one lets it through.

    Inside a transaction it counts if and only if that commits, and others with the same facts wait for it. Whoever has
    asked `peek` a moment ago says so by `has_looked`: then it is not looked once more before it is counted.
    """
    moment = time.time() if now is None else now
    asked = [limit for limit in limits if not _passes_nearby(limit, facts, moment)]
    return _judged(asked, facts, moment, counting=True, has_looked=has_looked)


def peek(*limits: Limit, now: float | None = None, **facts: Any) -> Verdict:
    """What `allow` would say, by the shared count, counting nothing."""
    return _judged(limits, facts, time.time() if now is None else now, counting=False)


def give_back(*limits: Limit, now: float | None = None, **facts: Any) -> None:
    """Count one less under each: what was counted turned out not to be what is limited."""
    _changed((redis.give_back, table.give_back), limits, facts, now)


def forget(*limits: Limit, now: float | None = None, **facts: Any) -> None:
    """Let each begin anew for these facts."""
    _changed((redis.forget, table.forget), limits, facts, now)


def _passes_nearby(limit: Limit, facts: dict[str, Any], now: float) -> bool:
    if not limit.slack:
        return False
    return max(nearby.take([limit.charge(facts, now=now, most=limit.slack)], now=int(now * SECOND))) <= 0


def _judged(
    limits: Sequence[Limit], facts: dict[str, Any], now: float, *, counting: bool, has_looked: bool = False
) -> Verdict:
    if not limits:
        return FREE
    charges = [limit.charge(facts, now=now) for limit in limits]
    waits = _waits(charges, int(now * SECOND), counting=counting, has_looked=has_looked)
    longest = max(waits)
    if longest <= 0:
        return FREE
    return Verdict(allowed=False, retry_after=math.ceil(longest / SECOND), limit=limits[waits.index(longest)].name)


def _waits(charges: list[Charge], now: int, *, counting: bool, has_looked: bool) -> list[int]:
    if redis.is_there():
        try:
            return list((redis.take if counting else redis.waits)(charges, now=now))
        except redis.Away:
            logger.warning("Redis does not answer: limits are counted in the database meanwhile.")
    try:
        if counting and has_looked:
            return table.take(charges, now=now, has_looked=True)
        return (table.take if counting else table.waits)(charges, now=now)
    except table.Away:
        return (instead.take if counting else instead.waits)(charges, now=now)


def _changed(ways: Sequence[Change], limits: Sequence[Limit], facts: dict[str, Any], now: float | None) -> None:
    """Change the counts wherever they may be: they move when Redis comes or goes."""
    charges = [limit.charge(facts, now=time.time() if now is None else now) for limit in limits]
    for change in ways if charges else ():
        with suppress(redis.Away, table.Away):
            change(charges)
