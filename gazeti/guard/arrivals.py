"""The arithmetic of limits: GCRA, the generic cell rate algorithm (ITU-T I.371, annex A), in whole microseconds.

One number a key says how far ahead of its even pace somebody is. It lets `most` through at once, then one each
`seconds / most`: so over any `seconds` fewer than twice as many, and over a long time never more than the rate.
"""

from typing import NamedTuple

SECOND = 1_000_000
SKEW = 60 * SECOND
"""How far the clocks of two machines may be apart."""


class Charge(NamedTuple):
    """One thing to count: under which marks (today's, yesterday's), and the pace in microseconds."""

    mark: str
    before: str
    interval: int
    tolerance: int


def farthest(charge: Charge, *, now: int) -> int:
    """How far ahead the number may stand. What is farther was counted before the clock went back, and begins anew:
    else whoever asked once an hour ago, by a clock that was an hour ahead, would wait for an hour.
    """
    return now + charge.tolerance + SKEW


def after(charge: Charge, *, arrival: int | None, now: int) -> int:
    """Where the number stands once one more is let through; `arrival` is where it stands, None before the first."""
    stood = arrival if arrival is not None and arrival <= farthest(charge, now=now) else 0
    return max(stood, now) + charge.interval


def wait(charge: Charge, *, arrival: int | None, now: int) -> int:
    """Microseconds until one more may come; 0 or less if it may now."""
    return after(charge, arrival=arrival, now=now) - charge.tolerance - now
