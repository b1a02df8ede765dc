"""Killed as by `kill -9` during publishes and load, a worker or all: nothing stale, nothing half, no purge lost."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from gazeti.edge.store.records import UNFINISHED
from gazeti.edge.store.written import whole
from tests.cli.processes import serving, until
from tests.cli.test_clock import Paper
from tests.edge.hunting.conftest import hunted, laid, made
from tests.edge.hunting.harm import kill_a_worker, kill_all
from tests.edge.hunting.history import History
from tests.edge.hunting.hunt import Pace, editor, hunt, pages
from tests.edge.hunting.judge import Observation, faults, stale
from tests.edge.hunting.lines import answers
from tests.edge.hunting.pages import Page, shown

__all__ = ["hunted", "laid", "made"]

PACE = Pace(readers=200, per_second=300)


def test_after_a_worker_was_killed_and_then_all_nothing_is_stale_or_half_and_no_purge_lost(hunted: Path) -> None:
    broken = []
    with editor(hunted, 8) as press:
        with serving(hunted, "--workers", "2") as server:

            async def harm(crowd: Any) -> None:
                press.begin()
                await kill_a_worker(crowd, server, press)
                broken.append(crowd.broken)
                await kill_all(crowd, server, press)

            trail = hunt(server, press, seconds=120, seed=8, pace=PACE, begun_at=press.history.head, harm=harm)
            until(lambda: server.left() == [], "no process is left")
        assert (trail.faults, trail.stale) == ([], [])
        assert trail.judged > 100
        assert 0 < broken[0] <= PACE.readers, "who was with that worker, and nobody else"
        records_are_whole(hunted)
        files_are_whole_and_true(hunted, press.history)
        with serving(hunted, "--workers", "2") as server:
            files_are_whole_and_true(hunted, press.history)
            given = answers_are_true(server.port, press.history)
            # Each purge takes all files away, so that few may have been there before.
            until(lambda: given <= files_are_whole_and_true(hunted, press.history), "what was given lies for nginx")
    every_change_was_purged(Paper(hunted))


def records_are_whole(home: Path) -> None:
    """See that of the answers that the workers kept for each other, which are some, none is half."""
    kept = [path for path in (home / "store" / "records").glob("*/*/*") if path.suffix != UNFINISHED]
    assert kept
    assert [path for path in kept if whole(path.read_bytes()) is None] == []


def files_are_whole_and_true(home: Path, history: History) -> set[str]:
    """See that what nginx would serve by itself is whole in each coding and shows what the log knows; the addresses."""
    places, found_at = {page.path: page for page in pages()}, set()
    for file in (home / "store" / "pages").rglob("index.html*"):
        coding = {".gz": "gzip", ".br": "br"}.get(file.suffix, "identity")
        found = shown(file.read_bytes(), coding, is_html=True)
        parts = file.relative_to(home / "store" / "pages").parts[1:-1]
        address = "/" + "".join(f"{part}/" for part in parts)
        found_at.add(address)
        page = places.get(address, Page(str(file)))
        one = Observation(page, history.head, 200, found, asked_at=0, come_at=0)
        assert [*faults(one), *stale(history, one)] == [], file
    return found_at


def answers_are_true(port: int, history: History) -> set[str]:
    """See that the first answers after a start are of now; the addresses at which there was a page."""
    return {page.path for page in pages() if is_given(page, port, history) and "?" not in page.path}


def is_given(page: Page, port: int, history: History) -> bool:
    """See that an address answers as of now in each coding; whether there is a page."""
    statuses = set()
    for status, coding, body in answers(port, page.path, times=3):
        one = Observation(page, history.head, status, shown(body, coding, is_html=True), asked_at=0, come_at=0)
        assert [*faults(one), *stale(history, one)] == []
        statuses.add(status)
    return statuses == {200}


def every_change_was_purged(paper: Paper) -> None:
    """See that each publication and withdrawal in the log is followed by its purge."""
    changed = paper.rows(
        "SELECT data FROM gazeti_log_event WHERE stream = 'stories' AND kind IN ('published', 'withdrawn')"
    )
    assert paper.purged() == Counter(json.loads(data)["story"] for (data,) in changed)
