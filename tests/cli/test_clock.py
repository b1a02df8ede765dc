"""The clock of a real `gazeti serve` and its end by kill -9: all that is due goes out, nothing else, nothing twice."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.cli.processes import Server, environment, serving, until
from tests.conventions.tree import ROOT

LATEST = 30.0
"""Seconds after its time within which everything is out; the promise of docs/contracts/log-and-tags.md."""


def clockwork(home: Path, *words: object) -> Any:
    """Run `tests.cli.clockwork` on a newsroom, and return its answer."""
    variables = environment(GAZETI_HOME=str(home), DJANGO_SETTINGS_MODULE="gazeti.config.settings")
    command = [sys.executable, "-m", "tests.cli.clockwork", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Paper:
    """What the database of a served newsroom says."""

    def __init__(self, home: Path) -> None:
        self.file = home / "gazeti.db"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.file, timeout=20, isolation_level=None)) as database:
            return database.execute(query, values).fetchall()

    def live(self, among: list[int]) -> int:
        marks = ",".join("?" * len(among))
        return int(self.rows(f"SELECT count(*) FROM wagtailcore_page WHERE live AND id IN ({marks})", *among)[0][0])  # noqa: S608

    def published(self) -> Counter[int]:
        """Return how often each story was published, as the log has it."""
        rows = self.rows("SELECT data FROM gazeti_log_event WHERE stream = 'stories' AND kind = 'published'")
        return Counter(json.loads(data)["story"] for (data,) in rows)

    def purged(self) -> Counter[int]:
        """Return how often each story was purged."""
        rows = self.rows("SELECT data FROM gazeti_log_event WHERE stream = 'purges'")
        tags = [tag for (data,) in rows for tag in json.loads(data)["tags"]]
        return Counter(int(tag.partition(":")[2]) for tag in tags if tag.startswith("story:"))

    def stories(self) -> list[int]:
        return [pk for (pk,) in self.rows("SELECT page_ptr_id FROM gazeti_stories_story")]

    def clock_says(self) -> list[str]:
        return [kind for (kind,) in self.rows("SELECT kind FROM gazeti_log_event WHERE stream = 'clock'")]

    def holder(self) -> int:
        """Return the process that has the clock; 0 if none."""
        name = self.rows("SELECT holder FROM gazeti_log_lease")[0][0]
        return int(name.split(":")[1]) if name else 0

    def let_an_hour_pass(self, *, but_for: int) -> None:
        """Bring all but one of what is scheduled an hour nearer; `make soak` waits for its time instead."""
        nearer = "strftime('%Y-%m-%d %H:%M:%f', approved_go_live_at, '-1 hour')"
        self.rows(f"UPDATE wagtailcore_revision SET approved_go_live_at = {nearer} WHERE object_id <> ?", str(but_for))  # noqa: S608

    def let_it_be_due(self, story: int, *, at: float) -> None:
        """Schedule for a moment what is scheduled for later."""
        when = "strftime('%Y-%m-%d %H:%M:%f', ?, 'unixepoch')"
        due = f"UPDATE wagtailcore_revision SET approved_go_live_at = {when} WHERE object_id = ?"  # noqa: S608
        self.rows(f"{due} AND approved_go_live_at IS NOT NULL", at, str(story))

    def failed(self) -> int:
        return len(self.rows("SELECT id FROM gazeti_log_failure WHERE resolved_at IS NULL AND key <> ''"))


@contextmanager
def killed_at_the_end(home: Path) -> Iterator[Server]:
    """Serve a newsroom, and kill -9 every process of it at the end of the block."""
    with serving(home, "--workers", "1") as server:
        yield server
        for pid in [server.process.pid, *server.children()]:
            os.kill(pid, signal.SIGKILL)
        server.process.wait(30)
        until(lambda: server.left() == [], "no process is left")


def test_twenty_schedules_that_nobody_served_of_which_three_fail_and_a_server_killed_during_them(paper: Path) -> None:
    newsroom = Paper(paper)
    *good, later = clockwork(paper, "schedule", 3600, 18, 3)
    newsroom.let_an_hour_pass(but_for=later)
    assert newsroom.live([*good, later]) == 0
    with killed_at_the_end(paper):
        until(lambda: newsroom.live(good) >= 3, "some are out")
    out = newsroom.published()
    assert newsroom.purged() == out == Counter(pk for pk in good if pk in out)
    with serving(paper, "--workers", "1") as server:
        began = time.time()
        until(lambda: newsroom.live(good) == 17 and newsroom.failed() == 3, "all are out or listed")
        assert time.time() - began < LATEST
        assert newsroom.published() == newsroom.purged() == Counter(good)
        assert newsroom.live(newsroom.stories()) == 17
        assert newsroom.clock_says() == ["failed"] * 3
        goes_on_after_a_clock_was_killed(server, newsroom, later=later)


def goes_on_after_a_clock_was_killed(server: Server, newsroom: Paper, *, later: int) -> None:
    """See that another process has the lease at once, and that the next story goes out at its second."""
    [victim] = server.children("clock")
    os.kill(victim, signal.SIGKILL)
    until(
        lambda: newsroom.holder() not in (victim, 0) and newsroom.holder() in server.children("clock"), "it is followed"
    )
    assert "clock was ended by SIGKILL; a new one starts in 0.1 s." in server.said()
    due = time.time() + 2
    newsroom.let_it_be_due(later, at=due)
    until(lambda: newsroom.live([later]) == 1, "it is out")
    assert 0 <= time.time() - due < LATEST


def test_killed_at_steps_of_a_tick_it_leaves_what_one_leaves_that_was_not_killed(paper: Path) -> None:
    """Before and after each commit and at every sixtieth statement; `make soak` takes every statement."""
    trial = clockwork(paper, "kill", 60)
    assert trial["kills"] > 15
    assert trial["wrong"] == []
