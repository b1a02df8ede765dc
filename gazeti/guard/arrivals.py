"""The arithmetic of limits: GCRA, the generic cell rate algorithm (ITU-T I.371, annex A), in whole microseconds.

One number a key says how far ahead of its even pace somebody is. It lets `most` through at once, then one each
`seconds / most`: so over any `seconds` fewer than twice as many, and over a long time never more than the rate.
"""

from typing import NamedTuple

SECOND = 1_000_000


class Charge(NamedTuple):
    """One thing to count: under which marks (today's, yesterday's), and the pace in microseconds."""

    mark: str
    before: str
    interval: int
    tolerance: int


def after(charge: Charge, *, arrival: int | None, now: int) -> int:
    """Where the number stands once one more is let through; `arrival` is where it stands, None before the first."""
    return max(arrival or 0, now) + charge.interval


def wait(charge: Charge, *, arrival: int | None, now: int) -> int:
    """Microseconds until one more may come; 0 or less if it may now."""
    return after(charge, arrival=arrival, now=now) - charge.tolerance - now
