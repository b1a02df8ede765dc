"""The log under processes that race for minutes: no number shared, none skipped, and a follower misses nothing."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

from gazeti import log
from tests.conventions.tree import ROOT

WRITERS, EACH = 6, 1500

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


def address() -> str:
    """Return the DATABASE_URL of the tests' own database, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql://{quote(settings['USER'])}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def start(stream: str) -> subprocess.Popen[bytes]:
    """Start a process that writes to the log."""
    variables = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "gazeti.config.settings"}
    command = [sys.executable, "-m", "tests.soak.writer", stream, str(EACH)]
    return subprocess.Popen(command, cwd=ROOT, env=variables)


def test_processes_that_race_leave_no_gap_and_a_follower_sees_all_in_order() -> None:
    first = seen = log.head()
    entries: list[log.Entry] = []
    writers = [start(f"stream:{number % 3}") for number in range(WRITERS)]
    while any(writer.poll() is None for writer in writers) or log.head() > seen:
        fresh = log.read(seen)
        entries += fresh
        seen = fresh[-1].position if fresh else seen
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert [entry.position for entry in entries] == list(range(first + 1, first + 1 + WRITERS * EACH))
    for stream in {entry.stream for entry in entries}:
        numbers = [entry.number for entry in entries if entry.stream == stream]
        assert numbers == list(range(1, len(numbers) + 1))
