"""A newsroom whose database is PostgreSQL: made once, backed up, drilled and restored. One server for all of it."""

import json
from pathlib import Path

import psycopg
import pytest

from tests.cli.keeping import furnished
from tests.cli.processes import gazeti
from tests.services.postgresql import postgresql

TAKEN = "gazeti: The database that DATABASE_URL names holds a newsroom already. Name an empty one.\n"
FULL = "gazeti: The database paper that DATABASE_URL names is not empty. Name an empty one.\n"
MIXED = "gazeti: This is a backup of PostgreSQL. Name an empty database of it in DATABASE_URL.\n"


@pytest.mark.postgresql
def test_it_is_made_once_then_its_backup_is_drilled_and_restored_where_nothing_is(tmp_path: Path) -> None:
    with postgresql() as url:
        there, empty = (url.replace("/postgres", f"/{name}", 1) for name in ("paper", "empty"))
        with psycopg.connect(url, autocommit=True) as server:
            for name in ("paper", "empty"):
                server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        _is_made_once(tmp_path, there)
        furnished(tmp_path / "paper", DATABASE_URL=there)
        done = gazeti("--home", tmp_path / "paper", "backup", tmp_path / "b.tar", "--json", DATABASE_URL=there)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["counts"]["stories"] == 200
        _is_drilled(tmp_path / "b.tar", there)
        _is_restored(tmp_path, full=there, empty=empty)


def _is_made_once(folder: Path, url: str) -> None:
    first, second = (gazeti("new", folder / name, DATABASE_URL=url) for name in ("paper", "second"))
    assert first.returncode == 0, first.stderr
    assert {path.name for path in (folder / "paper").iterdir()} == {"gazeti.toml", "media", "secret"}
    assert (second.returncode, second.stderr) == (1, TAKEN)
    assert [path.name for path in folder.iterdir()] == ["paper"]
    seen = gazeti("--home", folder / "paper", "doctor", "--json", DATABASE_URL=url)
    assert json.loads(seen.stdout)["ok"] is True


def _is_drilled(file: Path, url: str) -> None:
    drill = gazeti("restore", "--drill", file, "--json", DATABASE_URL=url)
    assert drill.returncode == 0, drill.stderr
    assert json.loads(drill.stdout)["compared"] > 350
    with psycopg.connect(url) as server:
        names = {name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()}
    assert names == {"postgres", "paper", "empty", "template0", "template1"}


def _is_restored(folder: Path, *, full: str, empty: str) -> None:
    restored, file = folder / "restored", folder / "b.tar"
    assert gazeti("restore", file, restored, DATABASE_URL=full).stderr == FULL
    assert not restored.exists()
    assert gazeti("restore", file, restored, DATABASE_URL=empty).returncode == 0
    with psycopg.connect(empty) as server:
        assert server.execute("SELECT count(*) FROM gazeti_stories_story").fetchone() == (200,)
        estimate = "SELECT reltuples FROM pg_class WHERE relname = 'gazeti_stories_story'"
        assert server.execute(estimate).fetchone() == (200,), "the planner knows how large it is"
    assert gazeti("restore", file, folder / "other").stderr == MIXED
