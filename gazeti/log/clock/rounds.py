"""One tick: whatever is due is done once, each item by itself, in the order of time."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connection, transaction

from gazeti.log.clock import failures, lease
from gazeti.log.clock.jobs import JOBS, Item, Job
from gazeti.log.models import Failure

logger = logging.getLogger(__name__)

AHEAD = timedelta(seconds=6)
"""How far a tick looks ahead, so that whoever waits for the next tick knows of what comes before it."""
PASSING = (OperationalError, InterfaceError)
"""A database may refuse once for a reason that passes: a deadlock, a lock, a connection that was cut."""
Place = tuple[str, str]
"""The name of a job and the key of an item in it."""


class Ticked(NamedTuple):
    """What a tick did: whether the clock was ours, what was done and what failed, and when more is due, if soon."""

    is_ours: bool
    done: list[Place]
    failed: list[Place]
    upcoming: datetime | None = None


def tick(*, now: datetime, is_stopping: Callable[[], bool] = lambda: False) -> Ticked:
    """Do everything that is due, once; nothing while another process has the clock.

    What fails is recorded and stops nothing else. Raises DatabaseError where the database itself does not work.
    """
    hold = lease.take(now=now)
    if hold is None:
        return Ticked(is_ours=False, done=[], failed=[])
    turn = Round(hold, now=now, is_stopping=is_stopping)
    try:
        turn.run()
    except lease.Lost:
        logger.warning("Another process has the clock now.")
    return Ticked(is_ours=True, done=turn.done, failed=turn.failed, upcoming=turn.upcoming)


class Round:
    """One tick while it lasts."""

    def __init__(self, hold: lease.Hold, *, now: datetime, is_stopping: Callable[[], bool]) -> None:
        """Begin at a moment, with the lease."""
        self.hold, self.now, self.is_stopping = hold, now, is_stopping
        self.began = time.monotonic()
        self.done: list[Place] = []
        self.failed: list[Place] = []
        self.upcoming: datetime | None = None
        self.open: dict[Place, Failure] = {}

    def run(self) -> None:
        """Ask what is due and do it, until nothing more is: what was done may have made something else due."""
        tried: set[Place] = set()
        while not self.is_stopping():
            fresh = [one for one in self.due() if _place(*one) not in tried]
            if not fresh:
                return
            tried |= {_place(*one) for one in fresh}
            self.go_through(fresh)

    def go_through(self, due: list[tuple[Job, Item]]) -> None:
        """Do these, one after the other; told to stop, begin no other."""
        for job, item in due:
            if self.is_stopping():
                return
            self.do(job, item)

    def due(self) -> list[tuple[Job, Item]]:
        """What is to be done now, the oldest first."""
        self.open = {(one.job, one.key): one for one in failures.open_failures()}
        found: list[tuple[Job, Item]] = []
        silent = set()
        for job in JOBS.values():
            try:
                found += [(job, item) for item in job.due(now=self.now + AHEAD)]
            except Exception as error:  # whatever it is, the other jobs go on
                silent.add(job.name)
                self.fail(error, job=job, item=Item(key="", at=self.now))
        self.close_failures({_place(*one) for one in found}, silent=silent)
        self.upcoming = min((item.at for _job, item in found if item.at > self.now), default=None)
        ripe = [one for one in found if one[1].at <= self.now and self.is_ripe(_place(*one))]
        return sorted(ripe, key=lambda one: one[1].at)

    def is_ripe(self, place: Place) -> bool:
        """Whether it has not failed, or has paused long enough."""
        return place not in self.open or self.open[place].next_try_at <= self.now

    def close_failures(self, due: set[Place], *, silent: set[str]) -> None:
        """Close the failures of what is due no more, except where a job cannot tell what is due."""
        for place, failure in self.open.items():
            if place not in due and failure.job not in silent:
                with transaction.atomic():
                    self.confirm()
                    failures.resolve(failure, now=self.now)

    def do(self, job: Job, item: Item) -> None:
        """Do one item, or record why it could not be done."""
        try:
            self.carry_out(job, item)
        except lease.Lost:
            raise
        except Exception as error:
            self.fail(error, job=job, item=item)
        else:
            self.done.append(_place(job, item))

    def carry_out(self, job: Job, item: Item) -> None:
        """Try it, and once more where the database refused."""
        try:
            self.attempt(job, item)
        except PASSING:
            if not connection.in_atomic_block:
                connection.close()
            self.attempt(job, item)

    def attempt(self, job: Job, item: Item) -> None:
        """What takes long first, then the action and the end of its failure in one transaction that needs the lease."""
        if job.prepare:
            job.prepare(item, now=self.now)
        with transaction.atomic():
            self.confirm()
            outcome = job.carry_out(item, now=self.now)
            if job.follow and outcome is not None:
                job.follow(outcome, now=self.now)
            if failure := self.open.get(_place(job, item)):
                failures.resolve(failure, now=self.now)

    def fail(self, error: Exception, *, job: Job, item: Item) -> None:
        """Record an error, unless this item's pause is not over."""
        if self.is_ripe(_place(job, item)):
            unforeseen = None if failures.reasons_of(error) else error
            logger.warning("%s %s could not be done: %s", job.name, item.key, error, exc_info=unforeseen)
            failures.record(error, job=job, item=item, confirm=self.confirm, now=self.now)
            self.failed.append(_place(job, item))

    def confirm(self) -> None:
        """Hold the lease to the end of the transaction. It may have lasted long: that counts."""
        lease.confirm(self.hold, now=self.now + timedelta(seconds=time.monotonic() - self.began))


def _place(job: Job, item: Item) -> Place:
    return job.name, item.key
