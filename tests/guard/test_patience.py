"""SQLite has one writer at a time: how long a count waits for him. PostgreSQL locks rows."""

import pytest
from django.db import connection, transaction

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


def test_within_a_callers_transaction_it_waits_as_long_as_he_does() -> None:
    with transaction.atomic(), table._patient():
        assert wait() == 20_000
