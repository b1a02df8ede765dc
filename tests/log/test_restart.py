"""PostgreSQL crashed and started again under a follower: it knows, comes back by itself, and misses nothing."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO

import pytest

from tests.cli.processes import PATIENCE, environment
from tests.conventions.tree import ROOT
from tests.services.postgresql import server


def until_said(output: IO[str], what: Callable[[str], bool]) -> str:
    """Read lines until one is as wanted, and return it."""
    for line in output:
        if what(line.strip()):
            return line.strip()
    raise AssertionError("the process ended too early")


def until_heard(output: IO[str], more_than: int = 0) -> int:
    """Read lines until the follower has heard more than that many entries; return how many."""
    return int(until_said(output, lambda line: line.isdigit() and int(line) > more_than))


@pytest.mark.postgresql
def test_nothing_is_lost_or_twice_when_the_server_crashes_and_comes_back() -> None:
    with server(synchronous_commit="on") as database:
        variables = environment(DATABASE_URL=database.url, DJANGO_SETTINGS_MODULE="gazeti.config.settings")
        with subprocess.Popen(
            [sys.executable, "-m", "tests.log.survivor"],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            # One that hangs is a failure too, and not the end of all tests.
            end = threading.Timer(PATIENCE, process.kill)
            end.start()
            assert process.stdin
            assert process.stdout
            heard = until_heard(process.stdout, 5)
            database.stop(mode="immediate")
            until_said(process.stdout, lambda line: line == "unwell")
            database.start()
            began = time.monotonic()
            until_said(process.stdout, lambda line: line == "well")
            assert time.monotonic() - began < 10
            until_heard(process.stdout, heard + 5)
            process.stdin.close()
            last = process.stdout.read().splitlines()[-1:]
            end.cancel()
    assert last, "the process was ended: it had not caught up"
    seen = json.loads(last[0])
    assert seen["heard"] == seen["kept"] == list(range(1, len(seen["kept"]) + 1))
