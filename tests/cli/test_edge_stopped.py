"""PostgreSQL stopped under load: no read of a page that was seen fails, and all is well soon after its return.

For some seconds here; for a minute, and frozen instead of stopped, in `make soak` (tests/soak/test_edge_hunt.py).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import gazeti, serving
from tests.edge.hunting.editor import FIRST
from tests.edge.hunting.harm import without_database
from tests.edge.hunting.hunt import Pace, editor, hunt, lay, nothing_is_stale
from tests.services.postgresql import Server, server

WELL_WITHIN = 2.0
"""Seconds from the moment at which it takes connections again."""


@pytest.mark.postgresql
def test_while_postgresql_is_stopped_every_page_that_was_seen_is_given(tmp_path: Path) -> None:
    with server() as database:
        well = read_without(tmp_path, database, stop=database.stop, start=database.start, seconds=4)
    assert well < WELL_WITHIN


def read_without(
    folder: Path, database: Server, *, stop: Callable[[], None], start: Callable[[], None], seconds: float
) -> float:
    """Read a newsroom while its database is away; the seconds until all was well after it came back."""
    home, took = folder / "paper", [0.0]
    variables = {"DATABASE_URL": database.url, "GAZETI_SECRET": "signs-only-what-tests-sign"}
    home.mkdir()
    assert gazeti("--home", home, "manage", "migrate", "--verbosity", "0", **variables).returncode == 0
    lay(home, **variables)
    with editor(home, 9, **variables) as press, serving(home, "--workers", "2", **variables) as served:

        async def harm(crowd: Any) -> None:
            took[0] = await without_database(crowd, served, press, stop=stop, start=start, seconds=seconds)

        trail = hunt(
            served, press, seconds=600, seed=9, pace=Pace(100, 200), begun_at=press.history.head,
            most_tales=FIRST, harm=harm,
        )  # fmt: skip
        assert (trail.faults, trail.broken) == ([], 0)
        # Nothing was published while it was away, so that nothing that stood in can have been stale.
        nothing_is_stale(trail, served)
    assert trail.judged > 200
    return took[0]
