"""Three hundred readers, three authors, and everything between them breaks: at the end every copy equals the server's.

Thirty seconds with one seed; `make soak` takes minutes and ten seeds (tests/soak/test_live.py, docs/live-chaos.md).
"""

from pathlib import Path

import pytest

from tests.cli.conftest import made, paper
from tests.live.chaos.chromium import watch
from tests.live.chaos.house import house
from tests.live.chaos.hunt import HEAD, Pace, Trail, chaos

__all__ = ["made", "paper"]

SEED, SECONDS = 6, 30.0


@pytest.mark.browser
def test_after_a_chaos_every_reader_has_what_the_server_has_by_every_event_once_and_in_order(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print(f"seed {SEED}")  # noqa: T201 (a failing run must say its seed)
    with house(paper) as home:
        trail = chaos(home, seed=SEED, seconds=SECONDS, pace=Pace(), watch=watch)
    print(told(trail))  # noqa: T201
    assert trail.faults == [], told(trail)
    assert trail.events > 50
    assert trail.kills >= 3, "a worker, the server and an author's desk"
    assert trail.unheard, "no author missed the answer to what was done"
    assert trail.late, "nothing came late or twice"


def told(trail: Trail) -> str:
    """What a run went through and found, with its seed."""
    lines = [HEAD, trail.row(), f"seed {trail.seed}; {trail.counts}; harms: {trail.harms}", *trail.faults[:30]]
    return "\n".join(lines)
