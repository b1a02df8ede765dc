"""Hunts for minutes with several seeds, and PostgreSQL stopped or frozen for a minute under load."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bench.cores import family
from tests.cli.processes import serving
from tests.cli.test_edge_stopped import WELL_WITHIN, read_without
from tests.edge.hunting.conftest import hunted, laid, made
from tests.edge.hunting.harm import kill_a_worker
from tests.edge.hunting.hunt import Pace, editor, hunt, nothing_is_stale
from tests.edge.hunting.test_hunt import hunted_for
from tests.services.postgresql import Server, server

__all__ = ["hunted", "laid", "made"]

pytestmark = pytest.mark.soak
MINUTE = 60.0


@pytest.mark.nginx
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_in_long_hunts_nobody_is_given_anything_stale_or_torn(hunted: Path, tmp_path: Path, seed: int) -> None:
    trail = hunted_for(hunted, tmp_path, seconds=5 * MINUTE, seed=seed, pace=Pace(readers=4_000, per_second=1_000))
    assert trail.history.count > 300


def test_what_follows_twenty_killed_workers_gives_nothing_that_was_purged_before(hunted: Path) -> None:
    pace = Pace(readers=200, per_second=300)
    with editor(hunted, 7) as press, serving(hunted, "--workers", "2") as served:

        async def harm(crowd: Any) -> None:
            press.begin()
            for _ in range(20):
                await kill_a_worker(crowd, served, press)
            crowd.end()

        trail = hunt(served, press, seconds=10 * MINUTE, seed=7, pace=pace, begun_at=press.history.head, harm=harm)
        nothing_is_stale(trail, served)
    assert trail.faults == []
    assert trail.judged > 2_000


@pytest.fixture
def database() -> Iterator[Server]:
    """Give a PostgreSQL of one's own."""
    with server() as running:
        yield running


@pytest.mark.postgresql
def test_a_minute_without_postgresql_fails_no_read_of_what_was_seen(tmp_path: Path, database: Server) -> None:
    assert read_without(tmp_path, database, stop=database.stop, start=database.start, seconds=MINUTE) < WELL_WITHIN


@pytest.mark.postgresql
def test_a_minute_of_a_frozen_postgresql_fails_no_read_of_what_was_seen(tmp_path: Path, database: Server) -> None:
    def freeze() -> None:
        signal_all(database, signal.SIGSTOP)

    def thaw() -> None:
        signal_all(database, signal.SIGCONT)

    assert read_without(tmp_path, database, stop=freeze, start=thaw, seconds=MINUTE) < WELL_WITHIN


def signal_all(database: Server, number: signal.Signals) -> None:
    """Send a signal to the server and each of its processes."""
    main = int((database.folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    for pid, _ticks in family(main):
        with suppress(ProcessLookupError):
            # The server, told first, may have buried one that had ended.
            os.kill(pid, number)
