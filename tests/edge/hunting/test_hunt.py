"""Random publishes, four workers, nginx in front, thousands of readers: nothing stale after its purge, nothing torn.

Thirty seconds with one seed; `make soak` takes minutes and other seeds (tests/soak/test_edge_hunt.py).
"""

from pathlib import Path

import pytest

from tests.cli.processes import gazeti, serving
from tests.edge.hunting.hunt import Pace, Trail, editor, hunt, nothing_is_stale, stood_in
from tests.services import nginx

SEED, SECONDS, PACE = 4, 30.0, Pace(readers=2_000, per_second=300)


@pytest.mark.nginx
def test_in_a_hunt_nobody_is_given_anything_stale_or_torn(hunted: Path, tmp_path: Path) -> None:
    trail = hunted_for(hunted, tmp_path, seconds=SECONDS, seed=SEED, pace=PACE)
    assert trail.history.count > 20
    assert trail.judged > 1_000


def hunted_for(home: Path, folder: Path, *, seconds: float, seed: int, pace: Pace) -> Trail:
    """Hunt in a newsroom behind nginx, and see that there is no fault."""
    with editor(home, seed) as press, serving(home, "--workers", "4") as server:
        printed = gazeti("--home", home, "doctor", "--nginx", PORT=str(server.port)).stdout
        with nginx.nginx(printed, folder / "nginx") as front:
            port = int(front.rpartition(":")[2])
            begun = press.history.head
            trail = hunt(server, press, seconds=seconds, seed=seed, pace=pace, nginx_port=port, begun_at=begun)
        assert trail.faults == []
        assert trail.broken == 0
        assert trail.told > 10
        nothing_is_stale(trail, server)
        assert stood_in(server) == 0, "too slow a machine to judge on: older answers stood in for renders"
    return trail
