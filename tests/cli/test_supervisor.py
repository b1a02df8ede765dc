"""The supervisor starts again whatever dies, later each time, and ends what does not end by itself."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from gazeti.cli import supervisor
from gazeti.cli.supervisor import Post, Supervisor

# A shell that writes to the descriptor of --ready=N, which is its second argument, and then does what it is told.
READY = 'echo > "/dev/fd/${2#--ready=}"; '


def post(script: str, name: str = "worker") -> Post:
    return Post(name, ["/bin/sh", "-c", script, "sh"])


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.08)
    monkeypatch.setattr(supervisor, "GRACE", 0.3)


class Run:
    """One run of a supervisor: what it said, and when it was told to stop."""

    def __init__(self, *posts: Post, stop_after: int = 0, preparation: tuple[str, ...] = ()) -> None:
        self.said: list[str] = []
        self.ready = 0
        self.stop_after = stop_after
        self.supervisor = Supervisor(posts, say=self.say, preparation=preparation)

    def say(self, what: str) -> None:
        self.said.append(what)
        if len(self.said) == self.stop_after:
            self.supervisor.stopping.set()

    def until_stopped(self, *, when_ready: Callable[[], None] = lambda: None) -> None:
        async def run() -> None:
            await asyncio.wait_for(self.supervisor.run(when_ready=when_ready), 60)

        asyncio.run(run())


@pytest.fixture
def own_signals() -> Iterator[None]:
    """Put back what signals meant before the supervisor took them."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, meaning in zip(numbers, before, strict=True):
        signal.signal(number, meaning)


pytestmark = pytest.mark.usefixtures("own_signals")


def test_a_process_that_dies_at_once_is_started_again_and_again_ever_later() -> None:
    run = Run(post("exit 3"), stop_after=6)
    run.until_stopped()
    pauses = [line.rsplit(" ", 2)[1] for line in run.said]
    assert pauses == ["0.01", "0.02", "0.04", "0.08", "0.08", "0.08"]
    assert run.said[0] == "worker ended with status 3; a new one starts in 0.01 s."


def test_after_a_long_life_the_pause_is_short_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LONG_LIFE", 0.0)
    run = Run(post("kill -9 $$"), stop_after=3)
    run.until_stopped()
    assert set(run.said) == {"worker was ended by SIGKILL; a new one starts in 0.01 s."}


def test_one_that_does_not_listen_is_killed() -> None:
    run = Run(post(f"trap '' TERM; {READY}while :; do sleep 1; done"))
    run.until_stopped(when_ready=lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert [process.returncode for process in run.supervisor.processes] == [-signal.SIGKILL]


def test_a_new_process_that_never_is_ready_does_not_replace_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    place = post(READY + "sleep 60")
    run = Run(place, stop_after=1)

    def spoil_and_hang_up() -> None:
        place.command = ["/bin/false"]
        os.kill(os.getpid(), signal.SIGHUP)

    run.until_stopped(when_ready=spoil_and_hang_up)
    assert run.said == ["The new worker did not start; the old one stays, and so do the others."]
    assert place.process
    assert place.process.returncode == -signal.SIGTERM


def test_when_the_preparation_fails_nothing_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    run = Run(post(READY + "sleep 60"), stop_after=1, preparation=("/bin/false",))
    run.until_stopped(when_ready=lambda: os.kill(os.getpid(), signal.SIGHUP))
    assert run.said == ["The preparation failed: everything stays as it is."]
    assert len(run.supervisor.processes) == 2


def test_it_tells_once_that_it_is_ready_and_only_when_it_is() -> None:
    told: list[bool] = []
    place = post(READY + "sleep 60")
    run = Run(place)

    def tell() -> None:
        told.append(place.ready.is_set())
        os.kill(os.getpid(), signal.SIGINT)

    run.until_stopped(when_ready=tell)
    assert told == [True]
