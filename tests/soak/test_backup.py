"""Backups of 5,000 stories with pictures, drilled on both databases; and kills at sixty moments."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import made, paper
from tests.cli.keeping import furnished, left_behind, members
from tests.cli.processes import GAZETI, PATIENCE, environment, gazeti
from tests.services.postgresql import postgresql

__all__ = ["made", "paper"]

pytestmark = pytest.mark.soak
STORIES = 5000
KILLS = 60


def ran(*words: object, **variables: str) -> dict[str, object]:
    """Run a verb that may take minutes; return what it said as JSON."""
    done = subprocess.run(
        [*GAZETI, *map(str, words), "--json"],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=30 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_five_thousand_stories_on_sqlite_come_back_with_every_page_the_same(paper: Path, tmp_path: Path) -> None:
    furnished(paper, STORIES)
    said = ran("--home", paper, "backup", tmp_path / "b.tar")
    drill = ran("restore", "--drill", tmp_path / "b.tar")
    print(json.dumps({"backup": said, "drill": drill}, indent=1))  # noqa: T201 (figures for whoever soaks)
    assert said["counts"]["stories"] == STORIES  # type: ignore[index]
    assert drill["different"] == []


@pytest.mark.postgresql
def test_five_thousand_stories_on_postgresql_come_back_with_every_page_the_same(tmp_path: Path) -> None:
    import psycopg

    with postgresql() as url:
        there = url.replace("/postgres", "/paper", 1)
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("CREATE DATABASE paper")
        assert gazeti("new", tmp_path / "paper", DATABASE_URL=there).returncode == 0
        furnished(tmp_path / "paper", STORIES, DATABASE_URL=there)
        said = ran("--home", tmp_path / "paper", "backup", tmp_path / "b.tar", DATABASE_URL=there)
        drill = ran("restore", "--drill", tmp_path / "b.tar", DATABASE_URL=there)
    print(json.dumps({"backup": said, "drill": drill}, indent=1))  # noqa: T201 (figures for whoever soaks)
    assert drill["different"] == []


def lasting(*words: object) -> float:
    """Return how long a verb takes that is not killed."""
    began = time.monotonic()
    assert gazeti(*words).returncode == 0
    return time.monotonic() - began


def killed_after(seconds: float, *words: object) -> None:
    """Begin a verb, and kill it after so long unless it has ended."""
    process = subprocess.Popen([*GAZETI, *map(str, words)], env=environment(), stdout=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_a_backup_killed_at_sixty_moments_leaves_yesterdays_file_or_a_whole_new_one(
    paper: Path, tmp_path: Path
) -> None:
    file, dice = tmp_path / "b.tar", Random(7)
    furnished(paper, 40)
    words = ("--home", paper, "backup", file)
    longest = lasting(*words)
    for _ in range(KILLS):
        killed_after(dice.uniform(0, longest), *words)
        assert members(file)["pages"]
    lasting(*words)
    assert left_behind(tmp_path) == []


def test_a_restore_killed_at_sixty_moments_leaves_no_newsroom_or_a_whole_one(paper: Path, tmp_path: Path) -> None:
    file, restored, dice = tmp_path / "b.tar", tmp_path / "restored", Random(8)
    furnished(paper, 40)
    lasting("--home", paper, "backup", file)
    longest = lasting("restore", file, restored)
    for _ in range(KILLS):
        shutil.rmtree(restored, ignore_errors=True)
        killed_after(dice.uniform(0, longest), "restore", file, restored)
        if restored.exists():
            again = tmp_path / "again.tar"
            lasting("--home", restored, "backup", again)
            assert members(again)["pages"] == members(file)["pages"]
    shutil.rmtree(restored, ignore_errors=True)
    lasting("restore", file, restored)
    assert left_behind(tmp_path) == []
