"""Noticing that something was committed: PostgreSQL tells (LISTEN), SQLite is asked (`PRAGMA data_version`).

Each watches with the reader's own connection. What is missed here is found by the reader's poll.
"""

import time
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from gazeti.log.bell import Bell
from gazeti.log.ledger import CHANNEL

ASKED_EVERY = 0.01
"""Seconds between two looks at an SQLite file; what a look costs stands in docs/decisions/0016."""


class Watch(Protocol):
    """Waits for a commit by anybody."""

    def wait(self, bell: Bell, seconds: float) -> bool:
        """Wait at most so long; whether there may be something new. Raises what the database raises."""


def watch(connection: BaseDatabaseWrapper) -> Watch:
    """Begin to watch; whatever is committed from now on is noticed."""
    connection.ensure_connection()
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)


class SQLite:
    """The file's version changes when another connection commits, whichever process has it."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Note the version before anything is read."""
        self.raw: Any = connection.connection
        self.version = self._version()

    def wait(self, bell: Bell, seconds: float) -> bool:
        """Look a hundred times a second, and at once where this process committed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            has_rung = bell.wait(ASKED_EVERY)
            before, self.version = self.version, self._version()
            if has_rung or self.version != before:
                return True
        return False

    def _version(self) -> int:
        return int(self.raw.execute("PRAGMA data_version").fetchone()[0])


class PostgreSQL:
    """The server notifies the connection after each commit that appended."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Listen before anything is read."""
        self.raw: Any = connection.connection
        self.has_heard = False
        # One that arrives while a query runs is handed here; any other is found by `wait`.
        self.raw.add_notify_handler(self._hear)
        self.raw.execute(f"LISTEN {CHANNEL}")

    def wait(self, bell: Bell, seconds: float) -> bool:
        """Sleep until the server or the bell says something; a server that has gone raises OperationalError."""
        # What came behind the answer to the last query was read with it: the socket will not tell of it again.
        if not self._drain() and not self.has_heard:
            if not self._wait(bell, seconds):
                return False
            self.raw.pgconn.consume_input()
            self._drain()
        self.has_heard = False
        return True

    def _drain(self) -> bool:
        """Take what the server has told; whether it was anything."""
        has_told = False
        while self.raw.pgconn.notifies():
            has_told = True
        return has_told

    def _wait(self, bell: Bell, seconds: float) -> bool:
        descriptor = self.raw.fileno()
        bell.listen_to(descriptor)
        try:
            return bell.wait(seconds)
        finally:
            bell.forget(descriptor)

    def _hear(self, _notification: object) -> None:
        self.has_heard = True
