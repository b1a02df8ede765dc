"""Backups that somebody made to do harm, and what lies in a backup's way: refused or left out, in a sentence."""

import gzip
import os
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from gazeti.cli.backup import writing
from gazeti.cli.backup.laying import lay
from gazeti.cli.backup.manifest import Manifest
from gazeti.cli.backup.places import PART, whole_file
from gazeti.cli.backup.sealed import Sealing, Unsealing
from gazeti.cli.backup.snapshot import SQLITE
from gazeti.cli.failures import Failure
from tests.cli.processes import GAZETI, environment

SAID = Manifest("sqlite", "", [], "", "en-KE", "Africa/Nairobi").as_json()
Fill = Callable[[Sealing], object]


def sealed(fill: Fill, *, said: str = SAID) -> bytes:
    """Return a backup, sealed as it should be, that holds its facts and what `fill` adds."""
    out = BytesIO()
    sealing = Sealing(out)
    sealing.add_text("gazeti-backup.json", said)
    fill(sealing)
    sealing.close()
    return out.getvalue()


def laid(data: bytes, folder: Path) -> str:
    """Lay a backup as it comes by standard input; return why it was refused."""
    with pytest.raises(Failure) as refused:
        lay(Unsealing(BytesIO(data), name="b.tar"), into=folder, media=folder / "media")
    return refused.value.format_message()


def member(name: str, **facts: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info


def sparse(name: str) -> Fill:
    """Return what adds a file of few bytes that says it is four gigabytes long (GNU's sparse format 1.0)."""
    facts = {"major": "1", "minor": "0", "name": name, "realsize": str(1 << 32)}
    data = f"1\n{(1 << 32) - 1}\n1\n".encode().ljust(512, b"\0") + b"x"
    info = member("a", size=len(data), pax_headers={f"GNU.sparse.{key}": value for key, value in facts.items()})
    return lambda sealing: sealing.tar.addfile(info, BytesIO(data))


@pytest.mark.parametrize(("stated", "how"), [(9_999, "larger"), (100_000_001, "smaller")])
def test_a_database_of_another_size_than_was_said_is_refused_before_it_fills_the_disk(
    stated: int, how: str, tmp_path: Path
) -> None:
    packed = gzip.compress(bytes(100_000_000), compresslevel=1)
    said = replace(Manifest("sqlite", "", [], "", "en-KE", "Africa/Nairobi"), database_bytes=stated).as_json()
    data = sealed(lambda sealing: sealing.add(SQLITE, BytesIO(packed), size=len(packed)), said=said)
    told = f"The database in the backup is {how} than the backup says. Nothing was restored: take another backup."
    assert laid(data, tmp_path) == told
    assert ((tmp_path / "gazeti.db").stat().st_size == 0) is (how == "larger")


def test_a_database_of_which_an_older_version_said_no_size_is_laid(tmp_path: Path) -> None:
    packed = gzip.compress(b"SQLite format 3")
    data = sealed(lambda sealing: sealing.add(SQLITE, BytesIO(packed), size=len(packed)))
    lay(Unsealing(BytesIO(data), name="b.tar"), into=tmp_path, media=tmp_path / "media")
    assert (tmp_path / "gazeti.db").read_bytes() == b"SQLite format 3"


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_what_is_no_file_is_refused(kind: bytes, tmp_path: Path) -> None:
    data = sealed(lambda sealing: sealing.tar.addfile(member("media/a", type=kind)))
    assert laid(data, tmp_path) == "b.tar cannot be read (media/a is no plain file). Restore another backup."


@pytest.mark.parametrize("name", ["pages", "media/a"])
def test_a_file_that_says_it_is_longer_than_its_bytes_is_refused(name: str, tmp_path: Path) -> None:
    assert laid(sealed(sparse(name)), tmp_path).endswith(f"({name} is no plain file). Restore another backup.")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_goes_on_past_the_end_is_refused(tmp_path: Path) -> None:
    def fill(sealing: Sealing) -> None:
        sealing.write(member("media/a", size=1 << 40).tobuf(tarfile.GNU_FORMAT) + b"x" * 1024)

    assert laid(sealed(fill), tmp_path) == "b.tar cannot be read (unexpected end of data). Restore another backup."


def test_what_stops_coming_by_standard_input_is_half_a_backup(tmp_path: Path) -> None:
    data = sealed(lambda sealing: sealing.add("media/a", BytesIO(bytes(9_000)), size=9_000))
    whole = "b.tar is not whole: its end is missing. Restore another backup."
    for number, length in enumerate((600, 1_100, 2_000, 9_000, len(data) - 1)):
        assert laid(data[:length], tmp_path / str(number)) == whole


def test_one_without_a_database_is_refused(tmp_path: Path) -> None:
    data = sealed(lambda sealing: sealing.add_text("newsroom/gazeti.toml", ""))
    assert laid(data, tmp_path) == "b.tar holds no database. Restore another backup."


def test_no_folder_is_laid_in_the_place_of_the_secret(tmp_path: Path) -> None:
    assert "no database" in laid(sealed(lambda sealing: sealing.add_text("newsroom/secret/one", "")), tmp_path)
    assert not (tmp_path / "secret").exists()


def test_a_pipe_or_a_folder_in_a_pictures_place_is_told_as_missing_and_not_waited_for(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    os.mkfifo(tmp_path / "pipe.webp")
    (tmp_path / "folder.webp").mkdir()
    (tmp_path / "one.webp").write_bytes(b"RIFF")
    sealing = Sealing(BytesIO())
    (tmp_path / "circle.webp").symlink_to("circle.webp")
    names = ["pipe.webp", "folder.webp", "absent.webp", "circle.webp", "one.webp"]
    assert [writing._add_media(sealing, name) for name in names] == [False, False, False, False, True]
    assert list(sealing.sums) == ["media/one.webp"]


@pytest.mark.parametrize("is_link", ["file", "folder"])
def test_a_link_that_leads_out_of_the_media_folder_is_not_followed_and_one_within_is(
    is_link: str, tmp_path: Path, settings: Settings
) -> None:
    """Who may write there could else have any file of the server's user in a backup; without it none would be whole."""
    (tmp_path / "elsewhere" / "media").mkdir(parents=True)
    (tmp_path / "elsewhere" / "one.webp").write_bytes(b"secret")
    (tmp_path / "media").symlink_to(tmp_path / "elsewhere" / "media")  # the folder itself may be a link
    settings.MEDIA_ROOT = media = tmp_path / "media"
    (media / "kept.webp").write_bytes(b"RIFF")
    (media / "within.webp").symlink_to("kept.webp")
    (media / "out").symlink_to(tmp_path / "elsewhere")
    (media / "out.webp").symlink_to(tmp_path / "elsewhere" / "one.webp")
    sealing, name = Sealing(BytesIO()), "out.webp" if is_link == "file" else "out/one.webp"
    assert writing._add_media(sealing, "within.webp")
    target = tmp_path / "elsewhere" / "one.webp"
    with pytest.raises(Failure, match=f"{media / name} leads out of the media folder, to {target}: no backup is made."):
        writing._add_media(sealing, name)
    assert list(sealing.sums) == ["media/within.webp"]


def test_a_file_that_another_laid_where_the_part_goes_is_not_written_into(tmp_path: Path) -> None:
    """Who owns it could go on reading it, and a backup is as secret as the server."""
    theirs, left = tmp_path / "theirs", tmp_path / f".b.tar{PART}"
    theirs.write_bytes(b"theirs")
    left.symlink_to(theirs)
    with pytest.raises(Failure, match="is there already"), whole_file(tmp_path / "b.tar") as file:
        file.write(b"secret")
    assert theirs.read_bytes() == b"theirs"
    with whole_file(tmp_path / "c.tar") as file:
        file.write(b"secret")
    assert (tmp_path / "c.tar").read_bytes() == b"secret"


def test_whoever_took_it_from_standard_output_and_ended_is_told_of(paper: Path) -> None:
    reading, writing_end = os.pipe()
    os.close(reading)
    command = [*GAZETI, "--home", str(paper), "backup", "-", "--without-pages"]
    done = subprocess.run(command, env=environment(), stdout=writing_end, stderr=subprocess.PIPE, check=False)
    os.close(writing_end)
    told = b"gazeti: Whoever took the backup from standard output ended before it was whole.\n"
    assert (done.returncode, done.stderr) == (1, told)
