"""Killed at any instant, the store leaves no half page to a server in front, and after the next start no stale one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def killing(which: str, folder: Path, seconds: float = 0) -> dict[str, int]:
    """Run it in a process of its own; return what it counted."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.edge.store.killing", which, str(folder), str(seconds)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


def test_a_process_killed_before_any_of_its_calls_leaves_what_the_next_can_serve(tmp_path: Path) -> None:
    counted = killing("steps", tmp_path)
    assert counted["killed"] > 80


def test_while_processes_are_killed_readers_find_whole_pages_and_none_from_before_a_purge(tmp_path: Path) -> None:
    counted = killing("storm", tmp_path)
    assert counted["found"] >= 10
    assert counted["kills"] >= 5


@pytest.mark.soak
def test_the_same_for_two_minutes(tmp_path: Path) -> None:
    counted = killing("storm", tmp_path, 120)
    assert counted["kills"] > 500
    assert counted["found"] > 1000
