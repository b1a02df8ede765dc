"""The clock: what is due is done once, in order; what fails is kept, told, tried again, and stops nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection

from gazeti import log
from gazeti.log import clock
from gazeti.log.clock import lease, running
from gazeti.log.clock.failures import pause_after, sentences_of
from gazeti.log.models import Event, Failure
from tests.log.desk import NOW, Desk, Refused, sent

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("desk")]


def clock_says() -> list[str]:
    return [entry.kind for entry in log.read(stream="clock")]


class TestWhatIsDue:
    """It is done once, the oldest first."""

    def test_it_is_done_in_the_order_of_time_whatever_job_it_is(self, desk: Desk) -> None:
        other = Desk("calls")
        order: list[str] = []
        desk.done = other.done = order
        desk.waiting = {"b": NOW - MINUTE, "d": NOW}
        other.waiting = {"c": NOW - SECOND, "a": NOW - 60 * MINUTE}
        ticked = clock.tick(now=NOW)
        assert order == ["a", "b", "c", "d"]
        assert ticked.done == [("calls", "a"), ("letters", "b"), ("calls", "c"), ("letters", "d")]
        assert clock.tick(now=NOW).done == []

    def test_what_is_still_to_come_is_left_and_its_moment_told(self, desk: Desk) -> None:
        desk.waiting = {"now": NOW, "soon": NOW + 3 * SECOND, "later": NOW + MINUTE}
        ticked = clock.tick(now=NOW)
        assert (ticked.done, ticked.upcoming) == ([("letters", "now")], NOW + 3 * SECOND)
        assert clock.tick(now=NOW + 3 * SECOND).done == [("letters", "soon")]

    def test_what_becomes_due_by_what_was_done_is_done_in_the_same_tick(self, desk: Desk) -> None:
        desk.waiting = {"first": NOW}
        after = Desk("after")
        clock.register(
            "letters", due=desk.due, carry_out=lambda item, now: after.waiting.update(second=desk.waiting.pop(item.key))
        )
        assert clock.tick(now=NOW).done == [("letters", "first"), ("after", "second")]

    def test_one_that_stays_due_is_done_once_a_tick(self, desk: Desk) -> None:
        clock.register("letters", due=lambda now: [clock.Item("a", NOW)], carry_out=desk.carry_out)
        assert clock.tick(now=NOW).done == [("letters", "a")]

    def test_what_takes_long_is_done_before_the_transaction(self, desk: Desk) -> None:
        seen: list[int] = []

        def depth(item: clock.Item, *, now: datetime) -> None:
            seen.append(len(connection.savepoint_ids))

        desk.waiting = {"a": NOW}
        clock.register("letters", due=desk.due, prepare=depth, carry_out=depth)
        clock.tick(now=NOW)
        assert seen[1] == seen[0] + 1

    def test_what_follows_is_enqueued_with_it_or_not_at_all(self, desk: Desk) -> None:
        followed: list[str] = []

        def send(item: clock.Item, *, now: datetime) -> str | None:
            desk.carry_out(item, now=now)
            return None if item.key == "quiet" else f"sent {item.key}"

        def follow(outcome: str, *, now: datetime) -> None:
            log.append("letters", "sent", {"key": outcome})
            followed.append(outcome)
            if outcome == "sent b":
                raise Refused

        clock.register("letters", due=desk.due, carry_out=send, follow=follow)
        desk.waiting = {"a": NOW - SECOND, "b": NOW, "quiet": NOW}
        clock.tick(now=NOW)
        assert followed == ["sent a", "sent b"]
        assert sent() == ["a", "sent a", "quiet"]

    def test_told_to_stop_it_begins_no_other(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW, "b": NOW}
        ticked = clock.tick(now=NOW, is_stopping=lambda: len(desk.done) == 1)
        assert ticked.done == [("letters", "a")]
        assert list(desk.waiting) == ["b"]


class TestFailures:
    """Each is listed, told once, and tried again ever later; the others go on."""

    def test_the_others_are_done(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW - MINUTE, "c": NOW + 0 * MINUTE}
        desk.fails("b", Refused(), at=NOW - SECOND)
        ticked = clock.tick(now=NOW)
        assert (ticked.done, ticked.failed) == ([("letters", "a"), ("letters", "c")], [("letters", "b")])
        assert sent() == ["a", "c"]

    def test_it_is_kept_with_its_reasons_and_told_once(self, desk: Desk) -> None:
        desk.fails("a", Refused(), Refused(), Refused())
        for minutes in (0, 1, 3):
            clock.tick(now=NOW + minutes * MINUTE)
        [failure] = clock.open_failures()
        assert (failure.job, failure.key, failure.about, failure.tries) == ("letters", "a", 7, 3)
        assert failure.sentences == ["The standfirst is missing. Write one."]
        assert (failure.first_at, failure.last_at) == (NOW, NOW + 3 * MINUTE)
        assert desk.told == ["a"]
        assert clock_says() == ["failed"]

    def test_it_is_tried_after_pauses_that_grow_to_an_hour(self, desk: Desk) -> None:
        desk.fails("a", *[Refused() for _ in range(100)])
        tried = [minute for minute in range(300) if clock.tick(now=NOW + minute * MINUTE).failed]
        assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]
        assert [pause_after(tries) for tries in (1, 2, 6, 7, 999)] == [
            MINUTE, 2 * MINUTE, 32 * MINUTE, 60 * MINUTE, clock.LONGEST_PAUSE,
        ]  # fmt: skip

    def test_one_that_works_at_last_is_closed(self, desk: Desk) -> None:
        desk.fails("a", Refused())
        clock.tick(now=NOW)
        assert clock.tick(now=NOW + MINUTE).done == [("letters", "a")]
        assert clock.open_failures() == []
        assert clock_says() == ["failed", "resolved"]

    def test_one_that_is_due_no_more_is_closed_at_once(self, desk: Desk) -> None:
        desk.fails("a", Refused())
        clock.tick(now=NOW)
        desk.waiting.clear()
        clock.tick(now=NOW + SECOND)
        assert clock.open_failures() == []
        assert Failure.objects.get().resolved_at == NOW + SECOND

    def test_the_same_again_later_is_another_failure_and_told_again(self, desk: Desk) -> None:
        desk.fails("a", Refused())
        clock.tick(now=NOW)
        desk.waiting.clear()
        clock.tick(now=NOW + SECOND)
        desk.fails("a", Refused(), at=NOW + MINUTE)
        clock.tick(now=NOW + MINUTE)
        assert desk.told == ["a", "a"]
        assert Failure.objects.count() == 2

    def test_a_job_that_cannot_tell_what_is_due_is_a_failure_and_keeps_its_others_open(self, desk: Desk) -> None:
        desk.fails("a", Refused())
        clock.tick(now=NOW)
        other = Desk("calls")
        other.waiting = {"b": NOW}

        def broken(*, now: datetime) -> list[clock.Item]:
            raise LookupError("no such column")

        clock.register("letters", due=broken, carry_out=desk.carry_out)
        assert clock.tick(now=NOW + SECOND).done == [("calls", "b")]
        assert clock.tick(now=NOW + 2 * SECOND).failed == []
        kept = {one.key: one.sentences for one in clock.open_failures()}
        assert set(kept) == {"a", ""}
        assert "LookupError: no such column" in kept[""][0]
        clock.register("letters", due=desk.due, carry_out=desk.carry_out)
        clock.tick(now=NOW + 3 * SECOND)
        assert [one.key for one in clock.open_failures()] == ["a"]

    def test_one_whose_telling_fails_is_told_at_the_next_try(self, desk: Desk) -> None:
        def tell(failure: Failure) -> None:
            desk.told.append(failure.key)
            if len(desk.told) == 1:
                raise OSError("the queue is full")

        clock.register("letters", due=desk.due, carry_out=desk.carry_out, told=tell)
        desk.fails("a", *[Refused() for _ in range(3)])
        clock.tick(now=NOW)
        assert Failure.objects.get().told_at is None
        clock.tick(now=NOW + MINUTE)
        clock.tick(now=NOW + 3 * MINUTE)
        assert desk.told == ["a", "a"]
        assert Failure.objects.get().told_at == NOW + MINUTE

    def test_an_item_that_breaks_a_constraint_leaves_nothing_behind(self, desk: Desk) -> None:
        def twice(item: clock.Item, *, now: datetime) -> None:
            event = {"stream": "x", "number": 1, "kind": "x", "at": now}
            Event.objects.create(position=10_001, **event)
            Event.objects.create(position=10_002, **event)

        clock.register("letters", due=desk.due, carry_out=twice)
        desk.waiting = {"a": NOW}
        clock.tick(now=NOW)
        assert IntegrityError.__name__ in clock.open_failures()[0].sentences[0]
        assert not Event.objects.filter(stream="x").exists()

    def test_a_database_that_refused_once_is_asked_again_at_once(self, desk: Desk) -> None:
        desk.fails("a", OperationalError("deadlock detected"))
        desk.fails("b", OperationalError("deadlock detected"), OperationalError("deadlock detected"))
        ticked = clock.tick(now=NOW)
        assert (ticked.done, ticked.failed) == ([("letters", "a")], [("letters", "b")])

    def test_what_nobody_foresaw_is_named_in_a_sentence(self) -> None:
        [sentence] = sentences_of(OSError("lead\nand more"))
        assert sentence.startswith("Nobody foresaw what went wrong (OSError: lead). It is tried again;")


class TestRunning:
    """The process ticks until told to stop."""

    @pytest.fixture
    def waits(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """Give the pauses that were asked for."""
        monkeypatch.setattr(running.timezone, "now", lambda: NOW)
        return []

    def stop_after(self, ticks: int, waits: list[float]) -> Callable[[float], bool]:
        def wait(seconds: float) -> bool:
            if seconds:
                waits.append(seconds)
            return len(waits) >= ticks

        return wait

    def test_it_waits_five_seconds_or_until_what_comes_next(self, desk: Desk, waits: list[float]) -> None:
        clock.run(wait=self.stop_after(1, waits))
        desk.waiting = {"a": NOW + 2 * SECOND}
        clock.run(wait=self.stop_after(2, waits))
        assert waits == [5.0, 2.0]
        assert running.pause(NOW - MINUTE, now=NOW) == 0
        assert running.pause(NOW + MINUTE, now=NOW) == 5

    def test_it_gives_the_lease_up_at_the_end(self, waits: list[float]) -> None:
        clock.run(wait=self.stop_after(1, waits))
        assert lease.take(now=NOW, me="elsewhere:1:1")

    def test_a_database_that_does_not_answer_is_asked_again(
        self, desk: Desk, waits: list[float], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        answers: list[Any] = [DatabaseError("the server closed the connection"), *[clock.Ticked(True, [], [])] * 2]

        def tick(**_words: Any) -> clock.Ticked:
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return clock.Ticked(is_ours=True, done=[], failed=[])

        monkeypatch.setattr(running, "tick", tick)
        monkeypatch.setattr(running.connection, "close", lambda: None)
        clock.run(wait=self.stop_after(3, waits))
        assert answers == []
        assert "The clock cannot use the database: the server closed the connection" in caplog.text


def test_a_tick_with_nothing_to_do_reads_twice_and_writes_nothing(desk: Desk, django_assert_num_queries: Any) -> None:
    clock.tick(now=NOW)
    with django_assert_num_queries(2) as seen:
        clock.tick(now=NOW + SECOND)
    assert all(one["sql"].startswith("SELECT") for one in seen.captured_queries)
