"""Durable followers at work: a thread beside the clock, which the reader wakes. One that fails is left to the clock.

So each failure is listed, tried again ever later, and stops no other follower.
"""

import logging
import threading
import time
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from gazeti.log import following, ledger
from gazeti.log.bell import Bell
from gazeti.log.clock import Item
from gazeti.log.followers.advance import BATCH, advance
from gazeti.log.followers.registry import FOLLOWERS, Follower
from gazeti.log.models import Progress

logger = logging.getLogger(__name__)

POLL = 5.0
"""Seconds after which all are looked at, though the log said nothing: one that failed may have been mended."""
PAUSE = 0.25
GATHERED = 0.1
"""Seconds between two rounds: what is appended meanwhile is one transaction of each follower, not many."""
PASSING = (OperationalError, InterfaceError)


class Running:
    """The followers of this process while they run."""

    def __init__(self) -> None:
        """Begin with none looked at."""
        self._bell = Bell()
        self._is_stopping = False
        self._seen: dict[str, int] = {}
        self._thread = threading.Thread(target=self._run, name="log followers", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End it; what one follower is doing is finished first."""
        self._is_stopping = True
        self._bell.ring()
        self._thread.join()

    def _run(self) -> None:
        listener = None
        while not self._is_stopping:
            try:
                listener = listener or following.reader().listen(self._wake, after=ledger.head())
                self.look()
                time.sleep(GATHERED)
                self._bell.wait(POLL)
            except Exception as error:
                logger.warning("The log's followers cannot work: %s", str(error).strip())
                connection.close()
                self._bell.wait(PAUSE)
        if listener:
            listener.stop()
        connection.close()
        self._bell.close()

    def _wake(self, _entries: list[ledger.Entry]) -> None:
        self._bell.ring()

    def look(self) -> None:
        """Let each follower deal with what it lacks, unless it has failed. Raises where the database itself fails."""
        failing = set(Progress.objects.exclude(failing_since=None).values_list("name", flat=True))
        for follower in FOLLOWERS.values():
            if follower.name not in failing and not self._is_stopping:
                self._go_on(follower)

    def _go_on(self, follower: Follower) -> None:
        head = ledger.head()
        try:
            self._finish(follower, batch=BATCH)
            self._seen[follower.name] = head
        except Exception as error:
            if isinstance(error, PASSING):
                connection.close()
            self._try_singly(follower)

    def _try_singly(self, follower: Follower) -> None:
        """What comes before the entry that it cannot deal with is dealt with."""
        try:
            self._finish(follower, batch=1)
        except Exception as error:
            logger.exception("%s failed on the log; the clock tries it again.", follower.name)
            _leave_to_the_clock(follower, error, now=timezone.now())

    def _finish(self, follower: Follower, *, batch: int) -> None:
        seen = self._seen.get(follower.name, 0)
        while advance(follower, now=timezone.now(), seen=seen, batch=batch) and not self._is_stopping:
            pass


def _leave_to_the_clock(follower: Follower, error: Exception, *, now: datetime) -> None:
    failure = f"{type(error).__name__}: {error}"
    Progress.objects.filter(name=follower.name, failing_since=None).update(failing_since=now, failure=failure[:1000])


def failing_due(*, now: datetime) -> list[Item]:
    """The followers that failed, for the clock: each is due until it gets past what it failed on."""
    rows = Progress.objects.exclude(failing_since=None).filter(name__in=FOLLOWERS, failing_since__lte=now)
    return [Item(name, since) for name, since in rows.values_list("name", "failing_since") if since]


def try_again(item: Item, *, now: datetime) -> None:
    """Let it deal with the entry that it failed on; if it can, its own thread goes on with the rest."""
    if not advance(FOLLOWERS[item.key], now=now, batch=1):
        Progress.objects.filter(name=item.key).update(failing_since=None, failure="")
