"""The public folder: whole files with their date, gone with every purge, and never what a purge has made untrue."""

import os
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gazeti.edge.store import Store, folders, kinds
from gazeti.edge.store import disk as disks
from tests.cli.processes import until
from tests.edge.store.samples import EDITION, PAGES, never, page, prepared


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages of the sample's kind be filed, and nothing else."""
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store that is ready; its mask would hide its files from other users."""
    before = os.umask(0o077)
    yield prepared(tmp_path / "store")
    os.umask(before)


def filed(store: Store) -> set[str]:
    """Return the public files, and see that anybody may read them."""
    found, base = set(), store.pages.root / kinds.shape()
    for path in store.pages.root.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644)
        found |= {str(path.relative_to(base))} if path.is_file() else set()
    return found


def test_a_page_lies_there_in_each_coding_with_its_date(store: Store) -> None:
    answer = page()
    assert store.file(answer, never)
    assert filed(store) == {f"city/bridge/index.html{ending}" for ending in ("", ".gz", ".br")}
    for ending, coding in (("", "identity"), (".gz", "gzip"), (".br", "br")):
        path = store.pages.root / kinds.shape() / f"city/bridge/index.html{ending}"
        assert path.read_bytes() == answer.bodies[coding]
        assert path.stat().st_mtime == answer.modified
    assert list(store.pages.filing.iterdir()) == []


def test_no_folder_is_there_before_others_may_enter_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    moved = os.rename

    def watched(path: Path, mode: int) -> None:
        path.mkdir()
        filed(store)
        path.chmod(mode)
        filed(store)

    def rename(*arguments: object, **more: object) -> None:
        moved(*arguments, **more)  # type: ignore[arg-type]
        seen.append(len(filed(store)))

    monkeypatch.setattr(folders, "lay_folder", watched)
    monkeypatch.setattr(os, "rename", rename)
    assert store.file(page(), never)
    assert seen == [0, 0, 0, 1, 2, 3], "three folders, each whole as it comes, then the files"


def test_the_front_lies_at_the_root(store: Store) -> None:
    assert store.file(page("/"), never)
    assert "index.html" in filed(store)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 404},
        {"query": "page=2"},
        {"path": "/city/../secret/"},
        {"path": "/.hidden/"},
        {"path": "/city//bridge/"},
        {"path": "/city/bridge"},
        {"path": "/city/index.html"},
        {"path": "/city/bridge.gz"},
        {"path": "/caf\u00e9/"},
        {"path": "/" + "a" * 300 + "/"},
        {"headers": (*page().headers, (b"link", b"</a.css>; rel=preload"))},
        {"headers": page().headers[1:]},
        {"headers": tuple((name, value + b"x") for name, value in page().headers)},
        {"bodies": {"identity": b"short"}},
    ],
)
def test_what_the_server_in_front_would_say_otherwise_is_not_filed(store: Store, facts: dict[str, object]) -> None:
    assert not store.file(replace(page(), **facts), never)  # type: ignore[arg-type]
    assert filed(store) == set()


def test_a_purge_takes_everything_away_for_all_processes(store: Store, tmp_path: Path) -> None:
    other = prepared(tmp_path / "store")
    store.file(page(), never)
    generation = other.generation
    store.flush(8)
    assert filed(store) == set()
    assert store.pages.root.is_dir()
    until(lambda: not list(store.folder.glob("gone-*")), "the files are removed")
    store.file(page(position=8), never)
    other.flush(8)
    assert filed(store) != set(), "the second to hear of a purge takes away nothing new"
    assert other.generation == generation + 1
    other.flush(9)
    assert filed(store) == set()


def test_what_the_log_says_is_purged_is_not_filed(store: Store) -> None:
    asked: list[tuple[int, frozenset[str]]] = []

    def purged(position: int, tags: frozenset[str]) -> bool:
        asked.append((position, tags))
        return True

    assert not store.file(page(), purged)
    assert asked == [(7, frozenset({"story:12", "recent"}))]
    assert filed(store) == set()


def test_a_purge_that_comes_while_a_page_is_filed_takes_it_along(store: Store, tmp_path: Path) -> None:
    other = prepared(tmp_path / "store")

    def purge_meanwhile(_position: int, _tags: frozenset[str]) -> bool:
        other.flush(8)
        return False

    store.file(page(), purge_meanwhile)
    assert filed(store) == set()


def test_a_page_that_lies_there_is_not_touched(store: Store) -> None:
    first = page()
    store.file(first, never)
    path = store.pages.root / kinds.shape() / "city/bridge/index.html"
    number = path.stat().st_ino
    assert store.file(replace(first, modified=first.modified + 5), never)
    assert (path.stat().st_ino, path.stat().st_mtime) == (number, first.modified)


def test_a_half_filed_page_of_a_process_that_died_is_written_anew(store: Store) -> None:
    folder = store.pages.root / kinds.shape() / "city" / "bridge"
    folder.mkdir(parents=True)
    for one in (folder.parent.parent, folder.parent, folder):
        one.chmod(0o755)
    (folder / "index.html.gz").write_bytes(b"of another version")
    answer = page()
    assert store.file(answer, never)
    assert (folder / "index.html.gz").read_bytes() == answer.bodies["gzip"]


def test_where_other_headers_are_to_be_set_other_files_are_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kinds.shape()
    monkeypatch.setattr(kinds, "_declared", {"pages": replace(PAGES, own=lambda: {"Cache-Control": "no-cache"})})
    assert not store.file(page(), never)
    assert kinds.shape() != before


def test_a_page_waits_until_its_second_is_over(store: Store) -> None:
    now = time.time()
    answer = page(at=now, modified=int(now))
    assert store.file(answer, never)
    until(lambda: filed(store), "it is filed")
    found = store.pages.root / kinds.shape() / "city/bridge/index.html"
    assert int(found.stat().st_ctime) > found.stat().st_mtime == answer.modified


def test_a_page_that_is_purged_while_it_waits_is_never_filed(store: Store) -> None:
    now = time.time()
    purges: list[int] = []

    def purged(_position: int, _tags: frozenset[str]) -> bool:
        purges.append(8)
        return True

    assert store.file(page(at=now, modified=int(now)), purged)
    until(lambda: purges, "the log is asked")
    store.file(page("/later/"), never)
    assert filed(store) == {f"later/index.html{ending}" for ending in ("", ".gz", ".br")}


def test_a_store_that_is_deleted_while_it_is_used_is_laid_again(store: Store) -> None:
    assert store.file(page(), never)
    shutil.rmtree(store.folder)
    assert store.keep(page())
    assert store.file(page(), never)
    assert len(filed(store)) == 3
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.iterdir()]}
    assert (modes["store"], modes["filing"], modes["records"], modes["claims"]) == (0o711, 0o700, 0o700, 0o700)
    assert store.state == "ok"
    store.flush(9)
    assert filed(store) == set()


def test_what_a_process_that_died_had_begun_is_removed_after_an_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (store.pages.filing / "file").write_bytes(b"half a page")
    (store.pages.filing / "folder").mkdir()
    store.tidy()
    assert len(list(store.pages.filing.iterdir())) == 2
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    store.tidy()
    assert list(store.pages.filing.iterdir()) == []


class TestStart:
    """What a process does before it serves."""

    def test_pages_flushed_at_the_last_purge_stay(self, store: Store, tmp_path: Path) -> None:
        store.file(page(), never)
        prepared(tmp_path / "store")
        assert filed(store)

    @pytest.mark.parametrize("purged", [6, 4, 0])
    def test_a_purge_while_nothing_ran_or_another_log_takes_them_away(
        self, store: Store, tmp_path: Path, purged: int
    ) -> None:
        store.file(page(), never)
        prepared(tmp_path / "store", purged=purged)
        assert filed(store) == set()

    def test_the_first_purge_that_a_process_is_told_of_does_the_same(self, store: Store, tmp_path: Path) -> None:
        store.file(page(), never)
        Store(tmp_path / "store", EDITION).flush(5)
        assert filed(store)
        Store(tmp_path / "store", EDITION).flush(4)
        assert filed(store) == set()

    @pytest.mark.parametrize("note", ["", "x", "\xff"])
    def test_a_position_that_cannot_be_read_takes_them_away(self, store: Store, tmp_path: Path, note: str) -> None:
        store.file(page(), never)
        (tmp_path / "store" / "flushed").write_text(note)
        prepared(tmp_path / "store")
        assert filed(store) == set()

    def test_another_edition_takes_them_away_and_the_one_before_files_nothing_more(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.file(page(), never)
        newer = prepared(tmp_path / "store", edition="fedcba9876543210")
        assert filed(store) == set()
        assert not store.file(page(), never)
        assert newer.file(page(), never)

    def test_one_that_was_killed_while_taking_them_away_is_done_again(self, store: Store, tmp_path: Path) -> None:
        store.file(page(), never)
        store.pages.root.rename(tmp_path / "store" / "gone-1")
        assert not store.file(page(), never)
        assert store.file(page(), never)
        prepared(tmp_path / "store", purged=6)
        until(lambda: not list(store.folder.glob("gone-*")), "what was left is removed")


def test_a_full_disk_stops_the_filing_and_no_purge(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.file(page(), never)
    monkeypatch.setattr(disks, "room", lambda _folder: "full")
    assert not store.file(page("/city/other/"), never)
    assert filed(store)
    store.flush(8)
    assert filed(store) == set()


def test_a_folder_that_cannot_be_taken_away_is_told_and_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.file(page(), never)

    def refuse(*_arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", refuse)
        store.flush(8)
        assert store.state == "Taking away purged pages failed: Read-only file system."
    until(lambda: not filed(store), "it is tried again")
    until(lambda: store.state == "ok", "it says so")


def test_more_pages_than_there_is_room_for_are_taken_away(store: Store) -> None:
    store.file(page(), never)
    store.tidy()
    assert filed(store)
    store.most_bytes = 100
    store.tidy()
    assert filed(store) == set()
