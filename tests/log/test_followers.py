"""Durable followers: each entry is dealt with once, also under kills and races; what fails is listed and stops none."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from gazeti import log
from gazeti.log import clock, followers, following
from gazeti.log.clock import jobs, rounds
from gazeti.log.followers import registry, running
from gazeti.log.models import Event, Progress
from tests.cli.processes import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no follower and no job but those of these tests."""
    monkeypatch.setattr(registry, "FOLLOWERS", {})
    monkeypatch.setattr(running, "FOLLOWERS", registry.FOLLOWERS)
    monkeypatch.setattr(jobs, "JOBS", {})
    monkeypatch.setattr(rounds, "JOBS", jobs.JOBS)
    clock.register("followers", due=running.failing_due, carry_out=running.try_again)


@pytest.fixture
def at_work() -> Iterator[Callable[[], followers.Running]]:
    """Return how to start the followers' thread; it ends with the test."""
    started: list[followers.Running] = []

    def start() -> followers.Running:
        started.append(followers.Running())
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.stop()
    following.stop()


class Deals:
    """A follower that answers each entry by one of its own stream, and fails on what it is told to."""

    def __init__(self, name: str, *streams: str) -> None:
        self.name, self.bad = name, set[str]()
        followers.register(name, self, streams=streams)
        followers.advance(registry.FOLLOWERS[name], now=timezone.now())

    def __call__(self, entries: list[log.Entry]) -> None:
        for entry in entries:
            log.append(f"{self.name}:done", entry.kind, {"of": entry.position})
            if entry.kind in self.bad:
                raise LookupError(f"nobody knows {entry.kind}")

    def done(self) -> list[str]:
        return [entry.kind for entry in log.read(stream=f"{self.name}:done")]

    def row(self) -> Progress:
        return Progress.objects.get(name=self.name)


def append(*kinds: str, stream: str = "a") -> None:
    for kind in kinds:
        log.append(stream, kind)


def test_a_new_follower_begins_with_what_is_appended_after_it() -> None:
    append("before")
    deals = Deals("letters", "a")
    append("after")
    append("elsewhere", stream="b")
    assert followers.advance(registry.FOLLOWERS["letters"], now=timezone.now()) == 1
    assert followers.advance(registry.FOLLOWERS["letters"], now=timezone.now()) == 0
    assert deals.done() == ["after"]


def test_what_it_writes_and_how_far_it_came_hold_together_or_not_at_all() -> None:
    deals = Deals("letters", "a")
    append("one", "two")
    deals.bad = {"two"}
    start = deals.row().position
    with pytest.raises(LookupError):
        followers.advance(registry.FOLLOWERS["letters"], now=timezone.now())
    assert (deals.done(), deals.row().position) == ([], start)


def test_the_thread_deals_with_what_is_appended(at_work: Callable[[], followers.Running]) -> None:
    deals = Deals("letters", "a")
    append("waiting")
    at_work()
    until(lambda: deals.done() == ["waiting"], "what waited is dealt with")
    append("one", "two")
    until(lambda: deals.done() == ["waiting", "one", "two"], "the others are dealt with")


def test_one_that_fails_is_listed_and_stops_no_other(at_work: Callable[[], followers.Running]) -> None:
    fails, works = Deals("letters", "a"), Deals("calls", "a")
    fails.bad = {"two"}
    append("one", "two", "three")
    at_work()
    until(lambda: fails.row().failing_since, "it has failed")
    until(lambda: works.done() == ["one", "two", "three"], "the other goes on")
    assert fails.done() == ["one"]
    now = fails.row().failing_since
    assert now
    clock.tick(now=now)
    [failure] = clock.open_failures()
    assert (failure.job, failure.key, failure.next_try_at) == ("followers", "letters", now + 60 * SECOND)
    assert "nobody knows two" in failure.sentences[0]
    fails.bad.clear()
    clock.tick(now=now + 61 * SECOND)
    assert clock.open_failures() == []
    append("four")
    until(lambda: fails.done() == ["one", "two", "three", "four"], "it has gone on where it stood")


def test_a_database_that_refused_once_is_asked_again(
    at_work: Callable[[], followers.Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    deals, errors = Deals("letters", "a"), [OperationalError("deadlock detected")] * 2
    ledger_head = running.ledger.head

    def head() -> int:
        if errors:
            raise errors.pop()
        return ledger_head()

    monkeypatch.setattr(running.ledger, "head", head)
    append("one")
    at_work()
    until(lambda: deals.done() == ["one"], "it is dealt with")
    assert not deals.row().failing_since


def test_several_that_race_deal_with_each_entry_once() -> None:
    deals = Deals("letters", "a")
    append(*[f"{number}" for number in range(60)])

    def race(_turn: int) -> None:
        try:
            while followers.advance(registry.FOLLOWERS["letters"], now=timezone.now(), batch=3):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(race, range(4)))
    assert deals.done() == [f"{number}" for number in range(60)]


KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import connection
from django.utils import timezone
from gazeti import log
from gazeti.log import followers
from gazeti.log.followers import registry

def deal(entries):
    for entry in entries:
        log.append("letters:done", entry.kind, {"of": entry.position})

def run(dies_at):
    statements = []

    def count(execute, *rest):
        statements.append(1)
        if len(statements) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)

    with connection.execute_wrapper(count):
        while followers.advance(registry.FOLLOWERS["letters"], now=timezone.now(), batch=4):
            pass

followers.register("letters", deal, streams=["a"])
for dies_at in map(int, sys.argv[2:]):
    if not (child := os.fork()):
        run(dies_at)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), end=" ")
"""


def test_killed_at_any_statement_it_deals_with_each_entry_once() -> None:
    deals = Deals("letters", "a")
    kinds = [f"{number}" for number in range(12)]
    append(*kinds)
    name = str(connection.settings_dict["NAME"])
    connection.close()
    moments = [*map(str, range(2, 32)), "0"]
    command = [sys.executable, "-c", KILLED, name, *moments]
    ran = subprocess.run(command, env=os.environ, cwd=settings.GAZETI_HOME, check=True, capture_output=True, text=True)
    statuses = [int(word) for word in ran.stdout.split()]
    assert statuses.count(-signal.SIGKILL) > 10
    assert statuses[-1] == 0
    assert deals.done() == kinds
    assert [entry.data["of"] for entry in log.read(stream="letters:done")] == list(
        Event.objects.filter(stream="a").order_by("position").values_list("position", flat=True)
    )
