"""The clock without the newsroom's own jobs."""

import pytest

from gazeti.log.clock import jobs, rounds
from tests.log.desk import Desk


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the only job there is."""
    monkeypatch.setattr(jobs, "JOBS", {})
    monkeypatch.setattr(rounds, "JOBS", jobs.JOBS)
    return Desk()
