"""The guard's time standing still, so that a slow machine gives nobody one more try."""

from types import SimpleNamespace

import pytest

from gazeti.guard import limits

NOON = 1_800_014_400.0


@pytest.fixture
def time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it always be the same moment wherever a limit asks."""
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: NOON))
