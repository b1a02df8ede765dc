"""The database as it was at one moment, in one file, while writers go on; Django reads that moment meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from gazeti.cli.failures import Failure

SQLITE, POSTGRESQL = "database.sqlite3.gz", "database.pgdump"
"""How the database's member of a backup is called."""
PATIENCE = 60
"""Seconds to wait for SQLite's file where somebody locks all of it."""
DAMAGED = "gazeti.db is damaged ({what}), and so would its backup be. Stop the server, and restore the last good one."


@contextmanager
def snapshot(workbench: Path) -> Iterator[Path]:
    """The file of the copy; for as long as the block lasts every query of this process sees just what is in it."""
    from django.db import connection

    of_vendor = _of_sqlite if connection.vendor == "sqlite" else _of_postgresql
    with of_vendor(connection, workbench) as copy:
        yield copy


@contextmanager
def _of_sqlite(connection: Any, workbench: Path) -> Iterator[Path]:
    """By SQLite's online backup: one read transaction, so writers neither wait nor are seen."""
    live, copy = Path(connection.settings_dict["NAME"]), workbench / "gazeti.db"
    copy_sqlite(live, copy)
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    try:
        yield copy
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(live)


def copy_sqlite(live: Path, copy: Path) -> None:
    """Copy a database that others may be writing. Raises Failure where it is not there or damaged."""
    copy.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{live.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
            whole = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Failure(f"{live} could not be copied: {error}. `gazeti doctor` looks closer.") from error
    if whole != "ok":
        raise Failure(DAMAGED.format(what=" ".join(whole.split())))


@contextmanager
def _of_postgresql(connection: Any, workbench: Path) -> Iterator[Path]:
    """By pg_dump in the snapshot of a transaction of ours, which stays open meanwhile and changes nothing."""
    from django.db import transaction

    from gazeti.cli.backup.postgres import dump

    copy = workbench / POSTGRESQL
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        dump(connection.settings_dict, snapshot=name, to=copy)
        yield copy
        transaction.set_rollback(True)
