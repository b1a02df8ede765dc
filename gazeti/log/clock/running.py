"""The clock's own process: ticks until told to stop, a few seconds apart or at the moment of what comes next."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from gazeti.log.clock import lease
from gazeti.log.clock.rounds import tick

logger = logging.getLogger(__name__)

POLL = 5.0
"""Seconds between two ticks at most. A dead holder elsewhere is followed after its 20, so nothing waits for 30."""
BROKEN = (DatabaseError, InterfaceError)


def run(*, wait: Callable[[float], bool]) -> None:
    """Tick until told to stop: `wait(seconds)` waits, at most so long, and says whether it was.

    A database that does not answer is asked again at the next tick.
    """
    while not wait(pause(_upcoming(wait), now=timezone.now())):
        pass
    with suppress(*BROKEN):
        lease.give_up(now=timezone.now())


def pause(upcoming: datetime | None, *, now: datetime) -> float:
    """Seconds until the next tick."""
    return max(0.0, min(POLL, (upcoming - now).total_seconds())) if upcoming else POLL


def _upcoming(wait: Callable[[float], bool]) -> datetime | None:
    try:
        return tick(now=timezone.now(), is_stopping=lambda: wait(0)).upcoming
    except BROKEN as error:
        logger.warning("The clock cannot use the database: %s", str(error).strip())
        connection.close()
        return None
