"""Counts of one process: what it lets pass before it asks the count that all share, and what holds when that is away.

Bounded by entries: the one longest untouched goes first.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from gazeti.guard.arrivals import Charge, after, wait

MOST = 50_000


class Memory:
    """Arrivals by mark."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with none."""
        self._most = most
        self._arrivals: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, charges: Sequence[Charge], *, now: int) -> list[int]:
        """Count one under each, if all let it through; the wait of each in microseconds, none above 0 if it was."""
        with self._lock:
            waits = self._waits(charges, now)
            if max(waits) <= 0:
                for charge in charges:
                    self._keep(charge.mark, after(charge, arrival=self._of(charge), now=now))
        return waits

    def waits(self, charges: Sequence[Charge], *, now: int) -> list[int]:
        """The wait of each, counting nothing."""
        with self._lock:
            return self._waits(charges, now)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._arrivals.clear()

    def _waits(self, charges: Sequence[Charge], now: int) -> list[int]:
        return [wait(charge, arrival=self._of(charge), now=now) for charge in charges]

    def _of(self, charge: Charge) -> int | None:
        return self._arrivals.get(charge.mark, self._arrivals.get(charge.before))

    def _keep(self, mark: str, arrival: int) -> None:
        self._arrivals[mark] = arrival
        self._arrivals.move_to_end(mark)
        if len(self._arrivals) > self._most:
            self._arrivals.popitem(last=False)
