"""Comments posted while thousands of servers and of workers are killed as by `kill -9`."""

from pathlib import Path

import pytest

from tests.cli.conftest import made, paper
from tests.cli.test_comment_kills import killed

__all__ = ["made", "paper"]

pytestmark = pytest.mark.soak
SERVERS, WORKERS_EACH = 250, 2
"""In each of eight newsrooms."""
FORMS = 60_000


@pytest.mark.parametrize("seed", range(1, 9))
def test_of_what_was_answered_nothing_is_lost_or_there_twice(
    paper: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    outcome = killed(paper, servers=SERVERS, workers_each=WORKERS_EACH, forms=FORMS, seed=seed)
    with capsys.disabled():
        print(f"\n{SERVERS} servers and {SERVERS * WORKERS_EACH} workers killed: {outcome}")  # noqa: T201
    assert outcome.broken > SERVERS
    assert outcome.unheard, "somebody was not told of what was taken"
