"""PostgreSQL crashed and started again under a follower: it knows, comes back by itself, and misses nothing."""

import json
import subprocess
import sys
import time
from typing import IO

import pytest

from tests.cli.processes import environment
from tests.conventions.tree import ROOT
from tests.services.postgresql import server


def until_said(output: IO[str], what: str) -> None:
    """Read lines until one says that."""
    for line in output:
        if line.strip() == what:
            return
    raise AssertionError(f"the process ended and never said {what}")


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
            assert process.stdin
            assert process.stdout
            until_said(process.stdout, "well")
            database.stop(mode="immediate")
            until_said(process.stdout, "unwell")
            database.start()
            began = time.monotonic()
            until_said(process.stdout, "well")
            assert time.monotonic() - began < 5
            process.stdin.close()
            seen = json.loads(process.stdout.read().splitlines()[-1])
    assert seen["heard"] == seen["kept"] == list(range(1, len(seen["kept"]) + 1))
    assert len(seen["kept"]) > 10
