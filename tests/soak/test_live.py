"""Ten chaoses of minutes around a coverage, each with another seed; the table goes to docs/live-chaos.md."""

from pathlib import Path

import pytest

from tests.cli.conftest import made, paper
from tests.live.chaos.chromium import watch
from tests.live.chaos.house import house
from tests.live.chaos.hunt import HEAD, Pace, Trail, chaos
from tests.live.chaos.test_chaos import told

__all__ = ["made", "paper"]

pytestmark = [pytest.mark.soak, pytest.mark.browser]
SEEDS = range(1, 11)
MINUTES = 3.0
PACE = Pace(least=400, harm_every=10.0, arriving=120.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_minutes_of_chaos_every_reader_has_what_the_server_has(
    paper: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    with house(paper) as home:
        trail = chaos(home, seed=seed, seconds=60 * MINUTES, pace=PACE, watch=watch)
    with capsys.disabled():
        print(row_of(trail))  # noqa: T201 (the table is what a soak is for)
    assert trail.faults == [], told(trail)
    assert trail.events > 300
    assert trail.counts.streamed > 10_000
    assert trail.kills > 5


def row_of(trail: Trail) -> str:
    """The row of this seed, below the table's head where it is the first."""
    return f"\n{HEAD}\n{trail.row()}" if trail.seed == SEEDS[0] else f"\n{trail.row()}"
