"""Jobs by the time they are due: of one name the newest is done, and no other."""

import time
from pathlib import Path

import pytest

from gazeti.edge.store import kinds
from gazeti.edge.store.caretaker import Caretaker
from tests.cli.processes import until
from tests.edge.store.samples import PAGES, never, page, prepared


def test_what_comes_later_under_a_name_is_done_instead_and_when_it_is_due() -> None:
    caretaker, done = Caretaker(), list[str]()
    now = time.time()
    caretaker.later(now + 0.2, "page", lambda: done.append("old"))
    caretaker.later(now + 0.4, "page", lambda: done.append("new"))
    caretaker.later(now + 0.6, "last", lambda: done.append("last"))
    until(lambda: "last" in done, "all is done")
    assert done == ["new", "last"]


def test_a_page_that_was_purged_while_it_waited_is_filed_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})
    store, now = prepared(tmp_path / "store"), time.time()
    assert store.file(page(at=now, modified=int(now), text="The old bridge is closed. "), lambda *_asked: True)
    store.flush(8)
    new = page(at=now, modified=int(now), text="The new bridge is open now. ", position=8)
    assert store.file(new, never)
    place = store.pages.root / kinds.shape() / "city/bridge/index.html"
    until(place.exists, "it is filed")
    assert place.read_bytes() == new.bodies["identity"]
