"""Half a file, a bit that flipped, no backup, a newer Gazeti's: each is refused in a sentence, and nothing is laid."""

import json
import tarfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from gazeti.cli.backup import manifest
from gazeti.cli.backup.laying import _put_out, lay
from gazeti.cli.backup.sealed import LENGTH_OF_SEAL, Sealing, Unsealing
from gazeti.cli.failures import Failure
from gazeti.cli.main import main
from tests.cli.keeping import Kept, changed, kept, members

__all__ = ["kept"]

HALF = "is not whole: its end is missing. Restore another backup."
DAMAGED = "is damaged: its bytes are not those that were written. Restore another backup."
OTHER = "is no backup of Gazeti, or its beginning is damaged."


def refused(file: Path, folder: Path) -> str:
    """Restore in this process; return the sentence with which it was refused. Nothing stands there afterwards."""
    done = CliRunner().invoke(main, ["restore", str(file), str(folder)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert not folder.exists()
    assert [path.name for path in folder.parent.glob(".*gazeti*")] == []
    return done.stderr.removeprefix(f"gazeti: {file} ").strip()


def test_cut_off_at_each_twentieth_it_is_refused(kept: Kept, tmp_path: Path) -> None:
    whole, half = kept.file.read_bytes(), tmp_path / "half.tar"
    told = []
    for part in range(20):
        half.write_bytes(whole[: len(whole) * part // 20])
        told.append(refused(half, tmp_path / "there"))
    assert told == [OTHER, *[HALF] * 19]
    half.write_bytes(whole[:-1])
    assert refused(half, tmp_path / "there") == HALF


def test_with_one_bit_changed_anywhere_it_is_refused(kept: Kept, tmp_path: Path) -> None:
    data, file, dice = bytearray(kept.file.read_bytes()), tmp_path / "flipped.tar", Random(20)
    seal = len(data) - LENGTH_OF_SEAL
    places = [dice.randrange(len(data)) for _ in range(60)]
    for place in [*places, 0, 156, seal, seal + 200, seal + 520, len(data) - 1]:
        bit = 1 << dice.randrange(8)
        data[place] ^= bit
        file.write_bytes(data)
        assert refused(file, tmp_path / "there") in (DAMAGED, HALF, OTHER)
        data[place] ^= bit


def test_a_byte_after_its_end_is_refused(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "longer.tar"
    file.write_bytes(kept.file.read_bytes() + b"\0")
    assert refused(file, tmp_path / "there") in (HALF, DAMAGED)


@pytest.mark.parametrize("data", [b"", b"text", b"\0" * 10_000])
def test_what_is_no_backup_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(data)
    assert refused(tmp_path / "other", tmp_path / "there") == OTHER


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["restore", str(tmp_path / "b.tar"), str(tmp_path / "there")])
    assert done.stderr == f"gazeti: There is no file {tmp_path / 'b.tar'}.\n"


@pytest.mark.parametrize("facts", [{"gazeti": "99.0.0"}, {"format": 2}, {"gazeti": "0.100.0rc1"}])
def test_a_newer_gazetis_is_refused(kept: Kept, facts: dict[str, object], tmp_path: Path) -> None:
    def newer(name: str, data: bytes) -> bytes:
        return json.dumps(json.loads(data) | facts).encode() if name == "gazeti-backup.json" else data

    file = changed(kept.file, to=tmp_path / "newer.tar", change=newer)
    told = refused(file, tmp_path / "there")
    assert told.startswith("was made by a newer Gazeti (")
    assert told.endswith("Install that version, and restore it with that.")


def test_a_migration_that_is_not_known_here_is_a_newer_gazetis(kept: Kept) -> None:
    ours = manifest.manifest_of(members(kept.file)["gazeti-backup.json"], name="b.tar")
    manifest.refuse_unknown(ours, name="b.tar")
    ours.migrations.append("gazeti_log.0999_future")
    with pytest.raises(Failure, match=r"b.tar was made by a newer Gazeti \(gazeti_log.0999_future is not known here\)"):
        manifest.refuse_unknown(ours, name="b.tar")


@pytest.mark.parametrize("name", ["newsroom/templates/../../out", "media//etc/out", "media/../out"])
def test_a_name_that_leads_out_of_the_newsroom_is_refused(name: str, tmp_path: Path) -> None:
    said = manifest.Manifest("sqlite", "", [], "", "en-KE", "Africa/Nairobi")
    with pytest.raises(Failure, match="outside of the newsroom"):
        lay(backup_of({"gazeti-backup.json": said.as_json().encode(), name: b"!"}), into=tmp_path, media=tmp_path / "m")


def test_two_files_in_one_place_are_refused(tmp_path: Path) -> None:
    said = manifest.Manifest("sqlite", "", [], "", "en-KE", "Africa/Nairobi")
    file = backup_of({"gazeti-backup.json": said.as_json().encode(), "media/one": b"1", "media/one/two": b"2"})
    with pytest.raises(Failure, match="two files in one place: two"):
        lay(file, into=tmp_path, media=tmp_path / "m")


def test_a_link_in_it_is_refused(tmp_path: Path) -> None:
    said = manifest.Manifest("sqlite", "", [], "", "en-KE", "Africa/Nairobi")
    out = BytesIO()
    sealing = Sealing(out)
    sealing.add_text("gazeti-backup.json", said.as_json())
    link = tarfile.TarInfo("media/one")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    sealing.tar.addfile(link)
    sealing.close()
    out.seek(0)
    with pytest.raises(Failure, match="cannot be read"):
        lay(Unsealing(out, name="b.tar"), into=tmp_path, media=tmp_path / "m")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_shrinks_while_it_is_read_stops_the_backup() -> None:
    with pytest.raises(Failure, match=r"media/a\.webp became shorter while it was read"):
        Sealing(BytesIO()).add("media/a.webp", BytesIO(b"four"), size=5)


def test_only_what_is_read_is_held_in_memory() -> None:
    class Endless:
        """A stream that counts what was asked of it."""

        asked = 0

        def read(self, size: int) -> bytes:
            self.asked += size
            return bytes(size)

    source = Endless()
    backup = Unsealing(source, name="b.tar")
    for _ in range(50):
        assert len(backup.read()) == 1 << 20
        assert len(backup.held) <= 2 << 20
    assert source.asked <= 52 << 20


@pytest.mark.parametrize("line", ['media = "/srv/media"', '\tmedia="/srv/media" # there'])
def test_a_line_that_leads_elsewhere_is_put_out_of_use(line: str, tmp_path: Path) -> None:
    file = tmp_path / "gazeti.toml"
    file.write_text(f'language = "sw"\n{line}\nport = 1\n')
    assert _put_out(file, "media")
    assert file.read_text() == f'language = "sw"\n# Put out of use by gazeti restore: {line}\nport = 1\n'
    assert not _put_out(file, "media")


def backup_of(files: dict[str, bytes]) -> Unsealing:
    """Return a sealed backup that holds these files."""
    output = BytesIO()
    sealing = Sealing(output)
    for name, data in files.items():
        sealing.add(name, BytesIO(data), size=len(data))
    sealing.close()
    return Unsealing(BytesIO(output.getvalue()), name="b.tar")


@pytest.fixture(autouse=True)
def no_other_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is restored here knows of no database of the tests."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
