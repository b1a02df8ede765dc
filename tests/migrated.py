"""The database as migrations leave it, made once and copied for each later run on SQLite (ten seconds become one).

It is kept in pytest's cache under a name made of our migrations and of the lock, so a changed one makes it anew.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent


def fingerprint(root: Path = ROOT) -> str:
    """Return a name for what the migrations of this tree make."""
    files = [root / "requirements" / "runtime.txt", *sorted(root.glob("gazeti/*/migrations/*.py"))]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path:
    """Return where the migrated database is kept, whether it is there or not."""
    folder = request.config.cache.mkdir("gazeti") if request.config.cache else Path(settings.GAZETI_HOME)
    return folder / f"migrated-{fingerprint()}.db"


@pytest.fixture(scope="session")
def migrating(kept_database: Path) -> Iterator[IO[bytes]]:
    """A file that is locked while one of pytest's processes migrates, and the others wait for what it keeps."""
    with (kept_database.parent / "migrating.lock").open("wb") as file:
        yield file


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let migrations go on from what was copied; pytest-django asks for this."""
    return is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, kept_database: Path, migrating: IO[bytes]
) -> None:
    """Lay the copy where pytest-django is about to look for the database."""
    if not is_sqlite():
        return
    fcntl.flock(migrating, fcntl.LOCK_EX)
    if kept_database.exists():
        fcntl.flock(migrating, fcntl.LOCK_UN)
        shutil.copyfile(kept_database, settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, kept_database: Path, migrating: IO[bytes]
) -> str:
    """Keep the migrated database for the runs to come; return its rows, which come back before a test that commits."""
    if is_sqlite() and not kept_database.exists():
        fresh = kept_database.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
        fresh.replace(kept_database)
        drop_older(kept_database)
    fcntl.flock(migrating, fcntl.LOCK_UN)
    return getattr(connection, "_test_serialized_contents", "[]")


@pytest.fixture(name="_django_db_helper")
def database_of_a_test(first_rows: None, _django_db_helper: None) -> None:
    """Set up a test's database as pytest-django does, once its connection knows the first rows."""


@pytest.fixture
def first_rows(django_db_setup: str) -> None:
    """Tell this test's connection the rows that migrations made.

    Under a browser's event loop Django gives this thread another connection, which was not there when they were read;
    without them it would leave every table empty, or fill some by itself under other keys.
    """
    connection._test_serialized_contents = django_db_setup  # type: ignore[attr-defined]


def drop_older(kept: Path, *, most: int = 4) -> None:
    """Keep only the newest few: a file is left behind with each change of a migration."""
    older = sorted(kept.parent.glob("migrated-*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in older[most:]:
        path.unlink(missing_ok=True)
