"""A purge that says to forget, from a process that serves nobody: what it names is gone from the disk at once."""

from pathlib import Path

import pytest

from gazeti import edge
from gazeti.edge import truth
from gazeti.edge.store import Store
from tests.edge.store.samples import page, prepared

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("forget", "heard", "is_left"), [(["story:12"], 0, False), ([], 0, True), (["story:12"], 1, True)]
)
def test_what_a_withdrawal_names_is_in_no_record_whichever_edition_kept_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: list[str], heard: int, *, is_left: bool
) -> None:
    """A worker leaves it to its vigil, which looks through the records aside."""
    serving, ours = prepared(tmp_path / "store", head=0, purged=0), Store(tmp_path / "store", "fedcba9876543210")
    monkeypatch.setattr("gazeti.edge.store.newsroom_store", lambda: ours)
    monkeypatch.setattr(truth.truth, "heard", heard)
    serving.keep(page(position=0))
    serving.keep(page("/other/", position=0, tags=frozenset({"story:13"})))
    edge.purge(["story:12"], forget=forget)
    assert (serving.find("/city/bridge/", "") is not None) is is_left
    assert serving.find("/other/", "") is not None
