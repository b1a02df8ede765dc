"""`gazeti backup` while the newsroom is served: all of it, in one file that only its owner reads."""

import gzip
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gazeti.cli.backup.manifest import manifest_of
from gazeti.cli.backup.pages import of_text
from gazeti.cli.backup.places import whole_file, workbench
from gazeti.cli.backup.snapshot import copy_sqlite
from gazeti.cli.backup.written import Written, sentences
from gazeti.cli.failures import Failure
from gazeti.cli.main import main
from tests.cli.keeping import Kept, kept, left_behind, members
from tests.cli.processes import GAZETI, environment, gazeti, until
from tests.needs import ROOT

__all__ = ["kept"]


def test_it_is_a_file_that_only_its_owner_reads_and_any_tar_lists(kept: Kept) -> None:
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    listed = subprocess.run(["tar", "tf", kept.file], capture_output=True, text=True, check=True).stdout.split()
    assert (listed[0], listed[-1]) == ("gazeti-backup.json", "seal")
    assert kept.said["bytes"] == kept.file.stat().st_size
    assert left_behind(kept.file.parent) == []


def test_standard_tools_find_every_member_as_it_was_written(kept: Kept, tmp_path: Path) -> None:
    subprocess.run(["tar", "xf", kept.file, "-C", tmp_path], check=True)
    subprocess.run(["sha256sum", "--check", "--quiet", "sha256sums"], cwd=tmp_path, check=True)
    assert len((tmp_path / "sha256sums").read_text().splitlines()) == len(members(kept.file)) - 1


def test_it_says_what_it_holds(kept: Kept) -> None:
    counts = kept.said["counts"]
    assert (counts["stories"], counts["people"], kept.said["database"]) == (200, 0, "sqlite")
    assert (kept.said["missing"], kept.said["failing"]) == ([], [])
    # As many as a drill of it tells that it compared.
    assert kept.said["compared"] == len(of_text(members(kept.file)["pages"].decode())) > counts["pages"] > 100
    manifest = json.loads(members(kept.file)["gazeti-backup.json"])
    assert manifest["database_bytes"] == len(gzip.decompress(members(kept.file)["database.sqlite3.gz"]))
    assert b"secret" not in members(kept.file)["gazeti-backup.json"].replace(b"has_secret", b"")


def test_it_says_as_many_pages_to_a_person_as_a_drill_compares(kept: Kept) -> None:
    counts = kept.said["counts"]
    manifest = manifest_of(members(kept.file)["gazeti-backup.json"], name="")
    said = Written(manifest, [], [], compared=kept.said["compared"])
    assert sentences(said, file="paper.tar", size=2_000_000).startswith(
        f"paper.tar holds 200 stories, {counts['files']} files, 0 people, {kept.said['compared']} public pages "
        "(files of pictures among them) to compare with: 2"
    )
    without = sentences(said._replace(compared=0), file="paper.tar", size=2_000_000)
    assert without.startswith(f"paper.tar holds 200 stories, {counts['files']} files, 0 people: 2")


def test_it_holds_every_file_of_the_media_folder(kept: Kept) -> None:
    media = kept.paper / "media"
    there = {f"media/{path.relative_to(media).as_posix()}" for path in media.rglob("*") if path.is_file()}
    assert {name for name in members(kept.file) if name.startswith("media/")} == there
    assert len(there) == kept.said["counts"]["files"] > 100


def test_it_lists_every_kind_of_public_address(kept: Kept) -> None:
    pages = {page.address: page.status for page in of_text(members(kept.file)["pages"].decode())}
    assert {pages[path] for path in ("/", "/recent/", "/recent/?page=10", "/about/", "/robots.txt")} == {200}
    assert (pages[kept.addresses["gone"]], pages["/old/address"]) == (410, 301)
    for beginning in ("/authors/", "/topics/", "/media/pictures/", "/documents/"):
        assert any(path.startswith(beginning) and status == 200 for path, status in pages.items())
    assert kept.addresses["draft"] not in pages
    assert set(pages.values()) == {200, 301, 410}


@pytest.fixture(scope="module")
def odd(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, Any], str]:
    """Return a backup without secret and pages of a newsroom in which files lie about and one is lost.

    Besides it: the name of the lost file, and what the command said.
    """
    folder = tmp_path_factory.mktemp("odd")
    paper, file = Path(shutil.copytree(kept.paper, folder / "paper")), folder / "b.tar"
    for name in ("store/pages/index.html", "notes.txt", "media/pictures/1/left-over.webp"):
        (paper / name).parent.mkdir(parents=True, exist_ok=True)
        (paper / name).write_text("not to be kept")
    lost = max(paper.glob("media/pictures/*/*.avif"))
    lost.unlink()
    done = gazeti("--home", paper, "backup", file, "--without-secret", "--without-pages", "--json")
    assert done.returncode == 0, done.stderr
    return file, lost.relative_to(paper / "media").as_posix(), json.loads(done.stdout), done.stderr


Odd = tuple[Path, str, dict[str, Any], str]


def test_page_store_caches_and_what_lies_about_stay_out(kept: Kept, odd: Odd) -> None:
    left_out = {"pages", "newsroom/secret", f"media/{odd[1]}"}
    assert set(members(odd[0])) == set(members(kept.file)) - left_out


def test_the_secret_may_be_left_out(kept: Kept, odd: Odd) -> None:
    secret = (kept.paper / "secret").read_bytes().strip()
    assert members(kept.file)["newsroom/secret"].strip() == secret
    assert not any(secret in data for data in members(odd[0]).values())
    assert odd[2]["has_secret"] is False


def test_a_file_that_is_named_and_not_there_is_told_and_the_rest_is_kept(odd: Odd) -> None:
    assert odd[2]["missing"] == [odd[1]]
    assert odd[3] == f"gazeti: 1 files that the database names are not there: {odd[1]}.\n"


def test_standard_output_gets_the_same_as_a_file_and_nothing_else(kept: Kept, tmp_path: Path) -> None:
    command = [*GAZETI, "--home", kept.paper, "backup", "-", "--without-pages"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True)
    assert done.stderr == b""
    (tmp_path / "streamed.tar").write_bytes(done.stdout)
    once, twice = members(kept.file), members(tmp_path / "streamed.tar")
    own = {"gazeti-backup.json", "database.sqlite3.gz", "sha256sums"}
    assert set(once) == {*twice, "pages"}
    assert {name for name in twice if once[name] != twice[name]} <= own


def test_the_copy_has_what_is_committed_wherever_it_stands_and_nothing_that_is_not(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(live, isolation_level=None)) as writer:
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA wal_autocheckpoint=0",
            "CREATE TABLE story (number)",
            "INSERT INTO story VALUES (1)",
            "BEGIN IMMEDIATE",
            "INSERT INTO story VALUES (2)",
        ):
            writer.execute(statement)
        copy_sqlite(live, copy)
    with closing(sqlite3.connect(copy)) as reader:
        assert reader.execute("SELECT number FROM story").fetchall() == [(1,)]


def test_a_damaged_database_is_refused_in_one_sentence(made: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copy(made / "paper" / "gazeti.db", tmp_path / "gazeti.db"))
    with broken.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\xff" * 8192)
    with pytest.raises(Failure, match=r"is damaged .* restore the last good one|could not be copied") as told:
        copy_sqlite(broken, tmp_path / "copy.db")
    assert "\n" not in str(told.value)


def test_what_fails_leaves_the_file_of_yesterday_and_no_part(tmp_path: Path) -> None:
    yesterday = tmp_path / "b.tar"
    yesterday.write_bytes(b"of yesterday")
    (tmp_path / ".a.tar.gazeti-part").touch()
    with pytest.raises(OSError, match="full"), whole_file(yesterday) as file:
        file.write(b"of today")
        assert stat.S_IMODE((tmp_path / ".b.tar.gazeti-part").stat().st_mode) == 0o600
        raise OSError(ENOSPC, "full")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b.tar": b"of yesterday"}
    with pytest.raises(Failure, match="is no file"), whole_file(tmp_path):
        pass


def test_while_one_is_made_another_is_refused(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        (bench / "gazeti.db").touch()
        with (
            pytest.raises(Failure, match="Another backup of this newsroom is being made right now"),
            workbench(tmp_path),
        ):
            pass
        assert (bench / "gazeti.db").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-", "--json"], "The backup itself goes to standard output"),
        (["there.tar", "--keep", "3"], "--keep goes with --every."),
        (
            ["there.tar", "--every", "often"],
            '"often" is no interval. Write minutes, hours or days like 30m, 12h or 1d.',
        ),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(words: list[str], told: str, made: Path) -> None:
    done = gazeti("--home", made / "paper", "backup", *words)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def killed_when(paper: Path, file: Path, is_time: str) -> None:
    """Begin a backup, and kill it as soon as there is a file of that name with something in it."""
    process = subprocess.Popen(
        [*GAZETI, "--home", paper, "backup", file, "--without-pages"], env=environment(), stderr=subprocess.DEVNULL
    )
    places = (paper / ".gazeti-backup" / is_time, file.parent / is_time)
    until(
        lambda: process.poll() is not None or any(path.exists() and path.stat().st_size for path in places),
        f"{is_time} is there",
    )
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_killed_at_any_moment_it_leaves_yesterdays_file_whole_and_the_next_clears_what_it_left(
    kept: Kept, tmp_path: Path
) -> None:
    paper, file = Path(shutil.copytree(kept.paper, tmp_path / "paper")), tmp_path / "b.tar"
    shutil.copy(kept.file, file)
    killed = 0
    for moment in ("gazeti.db", ".b.tar.gazeti-part"):
        killed_when(paper, file, moment)
        killed += bool(left_behind(tmp_path))
        members(file)  # as it was, or whole and new
    assert killed
    assert gazeti("--home", paper, "backup", file, "--without-pages").returncode == 0
    assert left_behind(tmp_path) == []


def test_told_to_stop_it_leaves_nothing(kept: Kept, tmp_path: Path) -> None:
    process = subprocess.Popen([*GAZETI, "--home", kept.paper, "backup", tmp_path / "b.tar"], env=environment())
    until((tmp_path / ".b.tar.gazeti-part").exists, "it has begun")
    process.terminate()
    assert process.wait(30) == 143
    assert list(tmp_path.iterdir()) == []
    assert left_behind(kept.paper) == []


def test_made_while_stories_go_out_it_holds_one_moment_and_every_page_comes_back(paper: Path, tmp_path: Path) -> None:
    ours = environment(GAZETI_HOME=str(paper), DJANGO_SETTINGS_MODULE="gazeti.config.settings")
    command = [sys.executable, "-m", "tests.cli.furnished", "publishing"]
    file, restored = tmp_path / "b.tar", tmp_path / "restored"
    with subprocess.Popen(command, cwd=ROOT, env=ours, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout
            published = [json.loads(writer.stdout.readline()) for _ in range(3)]
            done = gazeti("--home", paper, "backup", file, "--json")
            assert writer.poll() is None
        finally:
            writer.kill()
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["failing"] == []
    pages = {page.address: page.status for page in of_text(members(file)["pages"].decode())}
    assert {pages[address] for address in published} == {200}
    assert gazeti("restore", file, restored).returncode == 0
    assert gazeti("--home", restored, "backup", tmp_path / "again.tar").returncode == 0
    assert members(tmp_path / "again.tar")["pages"] == members(file)["pages"]
    with closing(sqlite3.connect(restored / "gazeti.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_help_says_that_it_is_as_secret_as_the_server() -> None:
    told = " ".join(CliRunner().invoke(main, ["backup", "--help"]).output.split())
    assert "Whoever can read FILE can do what the server can: keep it as safe." in told
