"""Starting processes that race for one limit, and reading what each was let through."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from gazeti import guard
from tests.conventions.tree import ROOT

HAMMERED = guard.Limit("hammered", most=100, seconds=86_400, by=("who",))
"""Whoever used it up waits 14 minutes for one more: what passes in a test is exactly this."""
RACED = guard.Limit("raced", most=300, seconds=30, by=("who",))

Process = subprocess.Popen[str]


def database_url() -> str:
    """Return the DATABASE_URL of the tests' own database, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgresql://{quote(facts['USER'])}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def racers(deed: str, *, count: int, times: int = 0) -> Iterator[list[Process]]:
    """Start so many, and give them once each is ready; whichever still runs at the end is killed."""
    command = [sys.executable, "-m", "tests.guard.hammering", deed, getattr(settings, "REDIS_URL", ""), str(times)]
    variables = os.environ | {"DATABASE_URL": database_url()}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, cwd=ROOT, env=variables, **pipes) for _ in range(count)]  # type: ignore[call-overload]
    try:
        for one in started:
            assert line_of(one) == "ready"
        yield started
    finally:
        for one in started:
            one.kill()
            one.communicate()


def begin(process: Process) -> None:
    """Let it go on."""
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def line_of(process: Process) -> str:
    """Return the next line that it says; it is waited for."""
    assert process.stdout
    return process.stdout.readline().strip()


def rest_of(process: Process) -> list[str]:
    """Return whatever else it says until it ends."""
    assert process.stdout
    lines = process.stdout.read().split("\n")[:-1]
    process.wait()
    return lines
