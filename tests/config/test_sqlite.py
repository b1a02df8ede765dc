"""A database that is moved away while it is used comes back with everything."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gazeti.config.sqlite import Connection


def opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(str(path), factory=Connection, uri=True, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    return connection


def test_one_that_is_not_there_is_made(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "new paper%.db")) as connection:
        connection.execute("CREATE TABLE one (word)")
    assert [path.name for path in tmp_path.iterdir()] == ["new paper%.db"]


def test_one_that_is_moved_away_while_it_is_used_is_not_made_anew_and_loses_nothing(tmp_path: Path) -> None:
    path, aside = tmp_path / "paper%20 ?#.db", tmp_path / "aside.db"
    with closing(opened(path)) as serving:
        serving.execute("CREATE TABLE one (word)")
        serving.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        serving.execute("INSERT INTO one VALUES ('accepted')")
        path.rename(aside)
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            opened(path)
        assert not path.exists()
        aside.rename(path)
        with closing(opened(path)) as again:
            assert again.execute("SELECT word FROM one").fetchall() == [("accepted",)]
