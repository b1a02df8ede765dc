"""The clock's lease: one process ticks at a time; another takes over when the holder is dead or silent."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from gazeti.log import clock
from gazeti.log.clock import lease
from gazeti.log.models import Failure, Lease
from tests.log.desk import NOW, Desk, Refused, sent

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ELSEWHERE = "elsewhere:1:1"

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("desk")]


class TestLease:
    """One process at a time; another takes over when the holder is dead or silent."""

    def held_by(self, holder: str, *, until: datetime) -> None:
        Lease.objects.update_or_create(
            name=lease.NAME, defaults={"holder": holder, "term": 4, "until": until, "seen_at": NOW}
        )

    def test_while_another_holds_it_nothing_is_done(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW}
        self.held_by(ELSEWHERE, until=NOW + SECOND)
        ticked = clock.tick(now=NOW)
        assert (ticked.is_ours, ticked.done) == (False, [])

    def test_a_holder_elsewhere_that_is_silent_is_followed_when_its_time_is_over(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW}
        self.held_by(ELSEWHERE, until=NOW + SECOND)
        assert clock.tick(now=NOW + SECOND).done == [("letters", "a")]
        assert Lease.objects.get().term == 5

    def test_a_holder_here_that_is_dead_is_followed_at_once(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW}
        self.held_by(lease.worker_name().rpartition(":")[0] + ":0", until=NOW + lease.LASTS)
        assert clock.tick(now=NOW).done == [("letters", "a")]

    def test_one_that_a_wrong_clock_wrote_far_ahead_is_not_believed(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW}
        self.held_by(ELSEWHERE, until=NOW + timedelta(days=365))
        assert clock.tick(now=NOW).is_ours

    def test_it_is_renewed_every_ten_seconds_and_no_oftener(self) -> None:
        written = []
        for second in range(0, 60, 5):
            clock.tick(now=NOW + second * SECOND)
            written.append(clock.last_seen())
        assert len(set(written)) == 6
        assert Lease.objects.get().term == 1

    def test_one_given_up_is_free_at_once(self, desk: Desk) -> None:
        clock.tick(now=NOW)
        lease.give_up(now=NOW, me=ELSEWHERE)
        assert lease.take(now=NOW, me=ELSEWHERE) is None
        lease.give_up(now=NOW + SECOND)
        assert lease.take(now=NOW + SECOND, me=ELSEWHERE) == lease.Hold(ELSEWHERE, 2)

    def test_whoever_lost_it_commits_nothing_and_stops(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW - SECOND, "b": NOW}

        def robbed(item: clock.Item, *, now: datetime) -> None:
            self.held_by(ELSEWHERE, until=NOW + lease.LASTS)

        clock.register("letters", due=desk.due, prepare=robbed, carry_out=desk.carry_out)
        ticked = clock.tick(now=NOW)
        assert (ticked.done, ticked.failed) == ([], [])
        assert sent() == []
        assert clock.open_failures() == []

    def test_a_failure_of_whoever_lost_it_is_not_recorded(self, desk: Desk) -> None:
        desk.waiting = {"a": NOW}

        def robbed(item: clock.Item, *, now: datetime) -> None:
            self.held_by(ELSEWHERE, until=NOW + lease.LASTS)
            raise Refused

        clock.register("letters", due=desk.due, prepare=robbed, carry_out=desk.carry_out)
        clock.tick(now=NOW)
        assert Failure.objects.count() == 0

    @pytest.mark.django_db(transaction=True)
    def test_of_many_that_want_it_at_once_one_gets_it(self) -> None:
        for round_ in range(5):
            moment = NOW + round_ * MINUTE
            start = Barrier(4)

            def want(number: int, moment: datetime = moment, start: Barrier = start) -> bool:
                try:
                    start.wait(10)
                    return lease.take(now=moment, me=f"machine{number}:{number}:1") is not None
                finally:
                    connection.close()

            with ThreadPoolExecutor(max_workers=4) as pool:
                assert sum(pool.map(want, range(4))) == 1

    @pytest.mark.django_db(transaction=True)
    def test_nobody_takes_over_while_an_item_is_being_committed(self) -> None:
        """A take-over waits for the lock that the item's transaction has on the lease, so both never commit."""
        hold = lease.take(now=NOW, me=ELSEWHERE)
        assert hold

        def rob() -> bool:
            try:
                return lease.take(now=NOW + MINUTE, me="other:1:1") is not None
            except OperationalError:
                return False
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=1) as pool:
            with transaction.atomic():
                lease.confirm(hold, now=NOW)
                robbery = pool.submit(rob)
                assert not wait([robbery], timeout=0.5).done
            assert robbery.result(30)
        with pytest.raises(lease.Lost), transaction.atomic():
            lease.confirm(hold, now=NOW)
