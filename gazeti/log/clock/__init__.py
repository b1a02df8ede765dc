"""The newsroom's clock: whatever changes by time alone is done by it, at that time (house decision 6).

Apps register jobs in `AppConfig.ready`; `gazeti serve` keeps one process that lets the clock tick.
"""

from gazeti.log.clock.failures import LONGEST_PAUSE, open_failures
from gazeti.log.clock.jobs import Item, register
from gazeti.log.clock.lease import LASTS, give_up, last_seen
from gazeti.log.clock.rounds import Ticked, tick
from gazeti.log.clock.running import run

__all__ = [
    "LASTS",
    "LONGEST_PAUSE",
    "Item",
    "Ticked",
    "give_up",
    "last_seen",
    "open_failures",
    "register",
    "run",
    "tick",
]
