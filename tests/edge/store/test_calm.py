"""Whether purges come one after the other, so that what is filed would be gone at once."""

from pathlib import Path

import pytest

from tests.edge.store.samples import prepared


def test_it_is_calm_unless_purges_come_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, moment = prepared(tmp_path / "store"), [1000.0]
    monkeypatch.setattr("gazeti.edge.store.pages.time.monotonic", lambda: moment[0])
    told = []
    for position, pause in enumerate((0.0, 5.0, 0.1, 0.1, 5.0), start=8):
        moment[0] += pause
        store.flush(position)
        told.append(store.is_calm)
    assert told == [True, True, False, False, True]
    moment[0] += 0.1
    store.flush(13)
    assert not store.is_calm
    moment[0] += 0.6
    assert store.is_calm, "they have paused"
