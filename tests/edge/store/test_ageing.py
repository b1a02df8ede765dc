"""Public pages are given by the server in front for a day at most, though no purge takes them away."""

import time
from pathlib import Path

import pytest

from gazeti.edge.answers import KEPT_SECONDS
from gazeti.edge.store import Store, folders, kinds
from tests.edge.store.samples import PAGES, never, page, prepared


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store that is ready, and takes pages of the sample's kind."""
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})
    return prepared(tmp_path / "store")


def laid(store: Store) -> set[str]:
    """Return the public files."""
    base = store.pages.root / kinds.shape()
    return {str(path.relative_to(base)) for path in base.rglob("*") if path.is_file()}


def test_a_page_that_was_laid_a_day_ago_is_taken_away_and_laid_again_when_it_is_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.file(page(), never)
    store.file(page("/"), never)
    store.tidy()
    assert len(laid(store)) == 6
    generation, later = store.generation, time.time() + KEPT_SECONDS + 60
    monkeypatch.setattr(time, "time", lambda: later)
    store.tidy()
    assert laid(store) == set()
    assert store.generation > generation, "whoever holds it in memory lays it again"
    assert store.file(page(), never)
    assert len(laid(store)) == 3


def test_a_page_that_was_laid_again_lately_and_rendered_a_day_ago_is_taken_away(store: Store) -> None:
    day_ago = time.time() - KEPT_SECONDS - 60
    for path in ("/old/", "/new/", "/city/bridge/"):
        answer = page(path, at=day_ago) if path == "/old/" else page(path)
        store.keep(answer)
        store.file(answer, never)
    store.records.drop("/city/bridge/", "")
    store.tidy()
    assert {path.partition("/")[0] for path in laid(store)} == {"new", "city"}


def test_of_a_page_that_was_rendered_again_after_it_was_laid_the_older_bytes_are_taken_away(store: Store) -> None:
    for path in ("/twice/", "/once/"):
        store.keep(page(path))
        store.file(page(path), never)
    later = time.time() + 60
    store.keep(page("/twice/", at=later, modified=int(later)))
    store.tidy()
    assert {path.partition("/")[0] for path in laid(store)} == {"once"}, "what lies there is of an earlier render"


def test_a_record_that_was_copied_is_as_old_as_its_render(store: Store) -> None:
    day_ago = time.time() - KEPT_SECONDS - 60
    answer = page("/copied/", at=day_ago, modified=int(day_ago))
    store.keep(answer)
    store.file(answer, never)
    store.tidy()
    assert laid(store) == set()


def test_while_somebody_is_filing_nothing_of_it_is_taken_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "PATIENCE", 0.01)
    store.file(page(), never)
    with store.pages._opened() as root:
        assert root is not None
        with folders.alone(root) as is_alone:
            assert is_alone
            assert store.pages.drop(lambda _address, _laid: True) == 0
            assert len(laid(store)) == 3
    assert store.pages.drop(lambda address, _laid: address == "/city/bridge/") == 1
    assert laid(store) == set()
