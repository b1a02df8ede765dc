"""Limits: counted by the facts they join, in the database or in Redis, by the same rules."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gazeti import guard
from gazeti.guard import table
from gazeti.guard.models import Tally

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
THREE = guard.Limit("three", most=3, seconds=60, by=("address",))
TWO_EACH = guard.Limit("two each", most=2, seconds=60, by=("address", "story"))

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def allowed(*limits: guard.Limit, times: int, now: float = NOON, **facts: object) -> int:
    """Ask so often; return how often the answer was yes."""
    return sum(guard.allow(*limits, now=now, **facts).allowed for _ in range(times))


def test_so_many_are_allowed_and_the_next_is_told_when_and_why(counted_in: str) -> None:
    assert allowed(THREE, times=3, address="192.0.2.1") == 3
    assert guard.allow(THREE, now=NOON, address="192.0.2.1") == guard.Verdict(
        allowed=False, retry_after=20, limit="three"
    )
    assert allowed(THREE, times=5, now=NOON + 19.9, address="192.0.2.1") == 0
    assert allowed(THREE, times=5, now=NOON + 20, address="192.0.2.1") == 1


def test_facts_are_joined_and_each_joint_is_counted_apart(counted_in: str) -> None:
    facts = {"address": "192.0.2.1"}
    assert allowed(TWO_EACH, times=5, story=1, **facts) == 2
    assert allowed(TWO_EACH, times=5, story=2, **facts) == 2
    assert allowed(TWO_EACH, times=5, story=1, address="192.0.2.2") == 2


def test_what_one_limit_refuses_no_other_counts(counted_in: str) -> None:
    assert allowed(TWO_EACH, times=2, address="a", story=1) == 2
    verdict = guard.allow(THREE, TWO_EACH, now=NOON, address="a", story=1)
    assert (verdict.allowed, verdict.limit) == (False, "two each")
    assert allowed(THREE, times=9, address="a") == 3


def test_a_clock_that_goes_back_keeps_nobody_waiting_until_it_is_that_late_again(counted_in: str) -> None:
    assert allowed(THREE, times=9, now=NOON + 3600, address="a") == 3
    assert guard.peek(THREE, now=NOON, address="a").allowed
    assert allowed(THREE, times=9, address="a") == 3
    assert allowed(THREE, times=9, now=NOON - 60, address="a") == 0, "clocks that differ by a minute begin nothing anew"


def test_a_look_counts_nothing(counted_in: str) -> None:
    assert all(guard.peek(THREE, now=NOON, address="a").allowed for _ in range(9))
    assert allowed(THREE, times=9, address="a") == 3
    assert not guard.peek(THREE, now=NOON, address="a").allowed


def test_what_is_given_back_may_be_taken_again_and_what_is_forgotten_begins_anew(counted_in: str) -> None:
    assert allowed(THREE, times=9, address="a") == 3
    guard.give_back(THREE, now=NOON, address="a")
    assert allowed(THREE, times=9, address="a") == 1
    guard.forget(THREE, now=NOON, address="a")
    assert allowed(THREE, times=9, address="a") == 3


def test_the_key_changes_at_midnight_and_nobody_begins_anew_by_that(counted_in: str) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    assert allowed(THREE, times=9, now=midnight - 1, address="a") == 3
    assert allowed(THREE, times=9, now=midnight + 1, address="a") == 0
    assert allowed(THREE, times=9, now=midnight + 19, address="a") == 1
    assert allowed(THREE, times=9, now=midnight + 38, address="a") == 0
    charges = {THREE.charge({"address": "a"}, now=at).mark for at in (midnight - 1, midnight + 1)}
    assert len(charges) == 2


def test_what_was_forgotten_after_midnight_is_forgotten_of_both_days(counted_in: str) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    assert allowed(THREE, times=9, now=midnight - 1, address="a") == 3
    guard.forget(THREE, now=midnight + 1, address="a")
    assert allowed(THREE, times=9, now=midnight + 1, address="a") == 3


def test_a_fact_that_is_missing_is_an_error_and_not_a_limit_for_all() -> None:
    with pytest.raises(KeyError):
        guard.allow(TWO_EACH, address="a")


@pytest.mark.parametrize(
    "facts", [{"most": 0}, {"seconds": 0}, {"seconds": 86_401}, {"by": ()}, {"slack": -1}], ids=str
)
def test_a_limit_that_cannot_be_counted_is_refused(facts: dict[str, object]) -> None:
    whole = {"most": 1, "seconds": 1, "by": ("address",)}
    with pytest.raises(ValueError, match="the limit odd"):
        guard.Limit("odd", **{**whole, **facts})  # type: ignore[arg-type]


def test_with_slack_somebody_who_asks_rarely_is_never_written_down() -> None:
    limit = guard.Limit("reading", most=6, seconds=60, by=("address",), slack=4)
    with CaptureQueriesContext(connection) as queries:
        assert allowed(limit, times=4, address="a") == 4
    assert len(queries) == 0
    assert allowed(limit, times=20, address="a") == 6
    assert Tally.objects.count() == 1


def test_a_flood_of_refusals_writes_nothing() -> None:
    allowed(THREE, times=3, address="a")
    with CaptureQueriesContext(connection) as queries:
        assert allowed(THREE, times=50, address="a") == 0
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert len(queries) == 50


def test_two_limits_at_once_cost_one_look_and_one_transaction() -> None:
    with CaptureQueriesContext(connection) as queries:
        guard.allow(THREE, TWO_EACH, now=NOON, address="a", story=1)
    told = [query["sql"].split()[0] for query in queries]
    in_one = ["SELECT", "WITH"]
    in_turns = ["SELECT", "SAVEPOINT", "INSERT", "INSERT", "RELEASE"]
    assert told == (in_one if connection.vendor == "sqlite" else in_turns)


def test_whoever_has_looked_is_counted_at_once_and_refused_all_the_same() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert guard.allow(THREE, TWO_EACH, now=NOON, has_looked=True, address="a", story=1).allowed
    assert "SELECT" not in {query["sql"].split()[0] for query in queries}
    assert allowed(TWO_EACH, times=9, address="a", story=1) == 1
    verdict = guard.allow(THREE, TWO_EACH, now=NOON, has_looked=True, address="a", story=1)
    assert (verdict.allowed, verdict.limit) == (False, TWO_EACH.name)
    assert verdict.retry_after == guard.peek(TWO_EACH, now=NOON, address="a", story=1).retry_after
    assert allowed(THREE, times=9, address="a") == 2, "nothing was counted under the other"


def test_where_one_of_two_refuses_it_is_by_a_look_too() -> None:
    allowed(TWO_EACH, times=2, address="a", story=1)
    with CaptureQueriesContext(connection) as queries:
        assert not guard.allow(THREE, TWO_EACH, now=NOON, address="a", story=1).allowed
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_where_another_takes_the_last_one_after_the_look_neither_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed(TWO_EACH, times=2, address="a", story=1)
    really = table._waits
    looks = [[0, 0]]
    monkeypatch.setattr(table, "_waits", lambda charges, now: looks.pop() if looks else really(charges, now))
    assert not guard.allow(THREE, TWO_EACH, now=NOON, address="a", story=1).allowed
    assert allowed(THREE, times=9, address="a") == 3


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_counts_if_and_only_if_that_commits() -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        assert allowed(THREE, times=3, address="a") == 3
        raise Stop
    assert allowed(THREE, times=9, address="a") == 3


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_get_no_more_than_one_by_one(counted_in: str) -> None:
    limit = guard.Limit("racing", most=25, seconds=3600, by=("address",))
    start, answers = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        answers.append(allowed(limit, times=10, address="a"))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert sum(answers) == 25


def test_without_the_database_the_process_counts_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never open: who cannot be counted for all is counted by each."""

    def away(*_charges: object, now: int) -> list[int]:
        raise table.Away

    monkeypatch.setattr(table, "take", away)
    monkeypatch.setattr(table, "waits", away)
    assert allowed(THREE, times=9, address="a") == 3
    assert not guard.peek(THREE, now=NOON, address="a").allowed


def test_facts_that_read_alike_when_run_together_are_counted_apart() -> None:
    assert allowed(TWO_EACH, times=5, address="192.0.2.1", story=23) == 2
    assert allowed(TWO_EACH, times=5, address="192.0.2.12", story=3) == 2
