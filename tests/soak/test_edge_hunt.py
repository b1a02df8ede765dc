"""Hunts for minutes with several seeds, and PostgreSQL stopped or frozen for a minute under load."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bench.cores import family
from tests.cli.test_edge_stopped import WELL_WITHIN, read_without
from tests.edge.hunting.conftest import hunted, laid, made
from tests.edge.hunting.hunt import Pace
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
