"""SQLite has one writer at a time: how long a count waits for him. PostgreSQL locks rows."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from gazeti import guard
from gazeti.guard import table

pytestmark = pytest.mark.django_db(transaction=True)


def wait() -> int:
    """Return the milliseconds that this connection waits."""
    connection.ensure_connection()
    return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])


def test_to_be_counted_nobody_waits_long_for_who_writes() -> None:
    with table._patient():
        assert wait() == 1_000
    assert wait() == 20_000


def test_a_count_waits_so_and_a_connection_that_breaks_meanwhile_is_no_other_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits, bound = list[int](), table._bound
    monkeypatch.setattr(table, "_bound", lambda *asked: (waits.append(wait()), bound(*asked))[1])
    assert guard.allow(guard.Limit("one", most=1, seconds=60, by=("address",)), address="192.0.2.1").allowed
    assert waits == [1_000]
    with table._patient():
        connection.close()
    assert wait() == 20_000


@pytest.mark.parametrize(("change", "writes"), [(guard.give_back, "UPDATE"), (guard.forget, "DELETE")])
def test_what_is_counted_less_waits_no_longer_than_what_is_counted(change: Callable[..., None], writes: str) -> None:
    limits = [guard.Limit(name, most=1, seconds=60, by=("address",)) for name in ("one", "two")]
    assert guard.allow(*limits, address="192.0.2.1").allowed
    waits = list[int]()

    def noting(execute: Callable[..., object], sql: str, *asked: object) -> object:
        if sql.startswith(("BEGIN", writes)):
            waits.append(wait())
        return execute(sql, *asked)

    with connection.execute_wrapper(noting):
        change(*limits, address="192.0.2.1")
    assert set(waits) == {1_000}
    assert wait() == 20_000
    assert guard.allow(*limits, address="192.0.2.1").allowed


def test_where_the_database_is_locked_nothing_is_counted_less_and_nobody_gets_an_error() -> None:
    def locked(*_asked: object) -> object:
        """Stand for a writer who holds the file for longer than anybody waits."""
        raise OperationalError("database is locked")

    limit = guard.Limit("one", most=1, seconds=60, by=("address",))
    assert guard.allow(limit, address="192.0.2.1").allowed
    with connection.execute_wrapper(locked):
        guard.give_back(limit, address="192.0.2.1")
        guard.forget(limit, address="192.0.2.1")
    assert not guard.allow(limit, address="192.0.2.1").allowed


def test_within_a_callers_transaction_it_waits_as_long_as_he_does() -> None:
    with transaction.atomic(), table._patient():
        assert wait() == 20_000
