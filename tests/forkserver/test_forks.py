"""A process that was forked is as one that was started: nobody could tell them apart."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import PATIENCE, command_of, environment, gazeti, serving, until
from tests.forkserver.client import TITLE
from tests.forkserver.plugin import for_real

TELLING = [sys.executable, "-P", "-m", "tests.forkserver.telling"]


def told(home: Path, *, plain: bool = False, **variables: str) -> list[dict[str, Any]]:
    """Return what a process tells of itself in this newsroom."""
    reading, writing = os.pipe()
    command = [*(word for word in TELLING if not plain or word != "-P"), "3", "another word"]
    done = subprocess.run(
        command,
        cwd=home,
        env=environment(GAZETI_HOME=str(home), **variables),
        pass_fds=[reading],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
        process_group=0,
        timeout=PATIENCE,
    )
    os.close(reading)
    os.close(writing)
    assert done.returncode == 3
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def is_forked(pid: int) -> bool:
    """Say whether it was forked by us: the room for its command is the server's."""
    return len(command_of(pid)) >= TITLE


@pytest.mark.parametrize(
    ("plain", "variables"),
    [
        pytest.param(False, {}, id="a newsroom's own settings"),
        pytest.param(True, {"GAZETI_TIME_ZONE": "Asia/Kolkata", "GAZETI_ADDRESS": "https://a.example"}, id="others"),
        pytest.param(False, {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, id="on PostgreSQL"),
    ],
)
def test_a_fork_tells_of_itself_what_a_fresh_python_tells(paper: Path, plain: bool, variables: dict[str, str]) -> None:
    forked = told(paper, plain=plain, **variables)
    with for_real():
        started = told(paper, plain=plain, **variables)
    for ours, theirs in zip(forked, started, strict=True):
        assert [(name, ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]] == []


def test_a_setting_that_what_is_loaded_has_read_otherwise_is_told_aloud(paper: Path) -> None:
    done = gazeti("--home", paper, "manage", "version", GAZETI_DEBUG="true")
    assert (done.returncode, done.stdout) == (97, "")
    assert "Mark this test real_start" in done.stderr
    assert "DEBUG" in done.stderr


def test_a_variable_that_what_is_loaded_has_read_otherwise_starts_a_fresh_python(paper: Path) -> None:
    assert gazeti("--home", paper, "manage", "version", PILLOW_BLOCKS_MAX="8").returncode == 0
    with subprocess.Popen(
        [*TELLING, "0"], env=environment(GAZETI_HOME=str(paper), PILLOW_BLOCKS_MAX="8"), stdout=subprocess.PIPE
    ) as process:
        # The fork that finds it out becomes a fresh Python, whose command is as long as it was given.
        until(lambda: 0 < len(command_of(process.pid)) < TITLE, "it is a fresh Python")
        process.communicate()


def test_all_processes_of_a_served_newsroom_are_forks_and_a_killed_one_ends_as_any(paper: Path) -> None:
    with serving(paper, "--workers", "1") as server:
        assert [is_forked(pid) for pid in (server.process.pid, *server.children())] == [True] * 4
        server.process.send_signal(signal.SIGKILL)
        assert server.process.wait(PATIENCE) == -signal.SIGKILL
        until(lambda: server.left() == [], "its processes end with it")


@pytest.mark.real_start
def test_a_test_marked_for_it_starts_a_fresh_python(paper: Path) -> None:
    with subprocess.Popen([*TELLING, "0"], env=environment(GAZETI_HOME=str(paper)), stdout=subprocess.PIPE) as process:
        assert not is_forked(process.pid)
        process.communicate()
