"""A kept answer is found again whole, by every process and after a restart; anything else is not found."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gazeti.edge.store import disk as disks
from gazeti.edge.store.records import ABANDONED
from gazeti.edge.store.written import whole, written
from tests.edge.store.samples import page, prepared

DAY = 86_400


def records(folder: Path) -> list[Path]:
    return [path for path in (folder / "records").rglob("*") if path.is_file()]


def test_an_answer_is_found_again_as_it_was_in_another_process_too(tmp_path: Path) -> None:
    answer = page(query="page=2")
    assert prepared(tmp_path / "store").keep(answer)
    another = prepared(tmp_path / "store")
    assert another.find("/city/bridge/", "page=2") == answer
    assert another.find("/city/bridge/", "") is None


def test_the_one_kept_last_is_found(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    store.keep(page(text="It is open. "))
    store.keep(page(text="It is closed. "))
    found = store.find("/city/bridge/", "")
    assert found
    assert b"closed" in found.bodies["identity"]
    assert len(records(tmp_path / "store")) == 1


def test_a_record_cut_anywhere_or_with_one_bit_turned_is_no_record(tmp_path: Path) -> None:
    content = written(page())
    assert whole(content) == page(at=whole(content).at, modified=whole(content).modified)  # type: ignore[union-attr]
    assert [length for length in range(len(content)) if whole(content[:length])] == []
    for place in range(0, len(content), 7):
        turned = bytearray(content)
        turned[place] ^= 1
        assert whole(bytes(turned)) is None


def test_a_torn_file_is_not_found(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    store.keep(page())
    (path,) = records(tmp_path / "store")
    path.write_bytes(path.read_bytes()[:-1])
    assert store.find("/city/bridge/", "") is None


def test_only_the_server_may_read_it(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    store.keep(page())
    (path,) = records(tmp_path / "store")
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "store" / "records").stat().st_mode & 0o777 == 0o700


def test_another_edition_finds_nothing_and_tidies_it_away(tmp_path: Path) -> None:
    prepared(tmp_path / "store").keep(page())
    newer = prepared(tmp_path / "store", edition="fedcba9876543210")
    assert newer.find("/city/bridge/", "") is None
    newer.tidy()
    assert records(tmp_path / "store") == []


def test_one_older_than_a_day_is_not_found(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    store.keep(page(at=time.time() - DAY - 1))
    assert store.find("/city/bridge/", "") is None
    store.keep(page(at=time.time() - DAY + 60))
    assert store.find("/city/bridge/", "")


def test_tidying_drops_the_oldest_beyond_the_limit_the_old_and_the_unfinished(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    now = time.time()
    for number, age in enumerate((30, 20, 10, DAY + 1)):
        store.keep(page(f"/city/{number}/"))
        (path,) = [one for one in records(tmp_path / "store") if one.stat().st_mtime > now - 5]
        os.utime(path, (now - age, now - age))
    size = records(tmp_path / "store")[0].stat().st_size
    part = path.with_name("left.part")
    part.touch()
    os.utime(part, (now - ABANDONED - 1,) * 2)
    store.most_bytes = int(size * 2.5)
    store.tidy()
    assert [number for number in range(4) if store.find(f"/city/{number}/", "")] == [1, 2]
    assert not part.exists()


def test_what_must_not_even_stand_in_is_taken_away(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    for path, position in (("/city/1/", 7), ("/city/2/", 9)):
        store.keep(page(path, position=position))
    store.keep(page("/city/3/", tags=frozenset({"story:13"})))
    assert store.forget_tags(frozenset({"story:12"}), before=8) == 1
    assert [number for number in (1, 2, 3) if store.find(f"/city/{number}/", "")] == [2, 3]
    store.forget("/city/2/", "")
    store.forget("/city/2/", "")
    assert store.find("/city/2/", "") is None


def test_after_an_older_database_was_put_in_place_nothing_is_found(tmp_path: Path) -> None:
    prepared(tmp_path / "store").keep(page(position=40))
    assert prepared(tmp_path / "store", head=40).find("/city/bridge/", "")
    assert prepared(tmp_path / "store", head=39).find("/city/bridge/", "") is None


def test_a_full_disk_stops_the_storing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = prepared(tmp_path / "store")
    assert store.state == "ok"
    store.keep(page())
    monkeypatch.setattr(disks, "room", lambda _folder: "full")
    assert not store.keep(page("/city/other/"))
    assert store.find("/city/bridge/", "")
    assert store.state == "full"


def test_a_disk_that_refuses_is_told_until_it_takes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = prepared(tmp_path / "store")

    def refuse(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", refuse)
        assert not store.keep(page(position=-1))
        assert not store.keep(page(position=-1))
    assert store.state == "Keeping a page failed: Input/output error."
    assert len(caplog.messages) == 1
    assert records(tmp_path / "store") == []
    assert store.keep(page())
    assert store.state == "ok"


class TestClaims:
    """One render of an address at a time on this machine."""

    def test_one_has_it_until_it_lets_go(self, tmp_path: Path) -> None:
        store, other = prepared(tmp_path / "store"), prepared(tmp_path / "store")
        claim = store.claim("/recent/", "")
        assert claim
        assert other.claim("/recent/", "") is None
        assert store.claim("/recent/", "") is None
        assert other.claim("/recent/", "page=2")
        claim.release()
        claim.release()
        assert other.claim("/recent/", "")

    def test_nothing_is_left_of_those_that_were_let_go(self, tmp_path: Path) -> None:
        store = prepared(tmp_path / "store")
        for number in range(20):
            claim = store.claim(f"/city/{number}/", "")
            assert claim
            claim.release()
        assert list((tmp_path / "store" / "claims").iterdir()) == []

    def test_the_kernel_frees_that_of_a_dead_process(self, tmp_path: Path) -> None:
        store = prepared(tmp_path / "store")
        code = (
            "import sys; from pathlib import Path; from gazeti.edge.store.claims import claimed;"
            "claim = claimed(Path(sys.argv[1]), '/recent/'); print(bool(claim), flush=True); sys.stdin.read()"
        )
        folder = str(tmp_path / "store" / "claims")
        with subprocess.Popen(
            [sys.executable, "-c", code, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as holder:
            assert holder.stdout
            assert holder.stdout.readline() == b"True\n"
            assert store.claim("/recent/", "") is None
            holder.kill()
            holder.wait()
        claim = store.claim("/recent/", "")
        assert claim
        assert claim.path

    def test_where_the_disk_gives_none_everybody_renders(self, tmp_path: Path) -> None:
        store = prepared(tmp_path / "store")
        (tmp_path / "store" / "claims").rmdir()
        first, second = store.claim("/recent/", ""), store.claim("/recent/", "")
        assert first
        assert second
        first.release()


def test_a_position_that_was_seen_is_noted_once(tmp_path: Path) -> None:
    store = prepared(tmp_path / "store")
    for position in (7, 9, 8):
        store.keep(replace(page(), position=position))
    assert (tmp_path / "store" / "highest").read_text() == "9"
