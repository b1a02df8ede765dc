"""The clock killed for minutes: at each statement of a tick, and a served newsroom again and again."""

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import made, paper
from tests.cli.processes import until
from tests.cli.test_clock import LATEST, Paper, clockwork, killed_at_the_end, serving

__all__ = ["made", "paper"]

pytestmark = pytest.mark.soak


def test_killed_at_each_statement_of_a_tick_it_leaves_what_one_leaves_that_was_not_killed(paper: Path) -> None:
    trial = clockwork(paper, "kill", 1)
    assert trial["kills"] == trial["steps"] > 100
    assert trial["wrong"] == []


def test_a_server_killed_before_a_minute_and_started_after_it_publishes_what_that_minute_brought(paper: Path) -> None:
    newsroom = Paper(paper)
    with killed_at_the_end(paper):
        good = clockwork(paper, "schedule", 60, 5, 0)
        due = time.time() + 60
        assert newsroom.live(good) == 0
    until(lambda: time.time() > due, "their time has come, and nobody serves")
    assert newsroom.live(good) == 0
    with serving(paper, "--workers", "1"):
        began = time.time()
        until(lambda: newsroom.live(good) == 5, "they are out")
        assert time.time() - began < LATEST
    assert newsroom.published() == newsroom.purged() == Counter(good)


def test_a_server_killed_ever_later_while_sixty_stories_go_out_publishes_each_once(paper: Path) -> None:
    newsroom = Paper(paper)
    good = clockwork(paper, "schedule", 0, 51, 9)
    for kills in range(1, 11):
        with killed_at_the_end(paper):
            until(lambda kills=kills: newsroom.live(good) >= 5 * kills, "some more are out")
        out = newsroom.published()
        assert newsroom.purged() == out
        assert set(out.values()) == {1}
        assert newsroom.live(good) == len(out)
    with serving(paper, "--workers", "1"):
        until(lambda: newsroom.live(good) == 51 and newsroom.failed() == 9, "all are out or listed")
    assert newsroom.published() == newsroom.purged() == Counter(good)
