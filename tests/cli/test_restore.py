"""`gazeti restore`: a newsroom comes back whole or not at all; a drill serves it aside and compares public pages."""

import json
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gazeti.cli.backup.pages import of_text
from tests.cli.keeping import Kept, changed, kept, left_behind, members
from tests.cli.processes import GAZETI, answer_of, environment, gazeti, serving, until

__all__ = ["kept"]


def test_a_drill_serves_it_aside_and_finds_every_public_page_the_same(kept: Kept, tmp_path: Path) -> None:
    done = gazeti("restore", "--drill", kept.file, cwd=tmp_path, TMPDIR=str(tmp_path))
    pages = of_text(members(kept.file)["pages"].decode())
    assert (done.returncode, len(pages) > 350) == (0, True), done.stderr
    assert done.stdout == (
        f"{kept.file} restores: {len(pages)} public pages, all the same bytes as on {kept.said['made_at']}.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_drill_names_the_pages_that_differ(kept: Kept, tmp_path: Path) -> None:
    def changing(name: str, data: bytes) -> bytes:
        if name != "pages":
            return data
        wanted = ("/robots.txt", "/recent/", "/", "/old/address", kept.addresses["gone"])
        found = {page.address: page for page in of_text(data.decode())}
        lines = [f"{found[one].status} {found[one].digest} {one}" for one in wanted]
        lines[0] = f"200 {'0' * 64} /robots.txt"
        return "\n".join([*lines, f"200 {'0' * 64} /never/there/"]).encode()

    file = changed(kept.file, to=tmp_path / "other.tar", change=changing)
    done = gazeti("restore", "--drill", file, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["compared"]) == (1, False, 6)
    assert told["different"] == [
        {"address": "/robots.txt", "why": "other bytes"},
        {"address": "/never/there/", "why": "status 404, was 200"},
    ]
    assert done.stderr.splitlines()[-1] == (
        "gazeti: 2 of 6 public pages are not what readers got when the backup was made."
    )


def test_a_restored_newsroom_is_served_and_private_addresses_still_work(kept: Kept, made: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    done = gazeti("restore", kept.file, restored)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"is restored in {restored}: 200 stories" in done.stdout
    modes = {name: stat.S_IMODE((restored / name).stat().st_mode) for name in ("gazeti.toml", "secret", "gazeti.db")}
    assert set(modes.values()) == {0o600}
    assert left_behind(tmp_path) == []
    link = (made / "output").read_text(encoding="utf-8").split("http://localhost:8000", 1)[1].split()[0]
    with serving(restored, "--workers", "1") as server:
        status, page = answer_of(server.url(kept.addresses["draft"]))
        assert (status, "Only its link shows this draft" in page) == (200, True)
        assert answer_of(server.url(link))[0] == 200  # signed by the secret
        assert "Our own page for what is not there." in answer_of(server.url("/not/there/"))[1]


def test_without_its_secret_it_gets_another_and_says_so(kept: Kept, tmp_path: Path) -> None:
    file, restored = tmp_path / "b.tar", tmp_path / "restored"
    changed(kept.file, to=file, change=without_secret)
    done = gazeti("restore", file, restored)
    assert done.returncode == 0
    assert "The backup holds no secret: a new one is made" in done.stderr
    assert "Set them here too: GAZETI_ADDRESS=https://paper.example" in done.stderr
    assert stat.S_IMODE((restored / "secret").stat().st_mode) == 0o600
    assert (restored / "secret").read_bytes().strip() not in (b"", (kept.paper / "secret").read_bytes().strip())


def without_secret(name: str, data: bytes) -> bytes | None:
    """Change a backup into one that was made --without-secret by a server with an address from its environment."""
    if name == "newsroom/secret":
        return None
    if name != "gazeti-backup.json":
        return data
    facts = {"has_secret": False, "environment": {"GAZETI_ADDRESS": "https://paper.example"}}
    return json.dumps(json.loads(data) | facts).encode()


def test_it_comes_by_standard_input_too_with_its_media_elsewhere(kept: Kept, tmp_path: Path) -> None:
    restored, media = tmp_path / "restored", tmp_path / "disk" / "media"
    restored.mkdir()
    command = [*GAZETI, "restore", "-", restored]
    with kept.file.open("rb") as backup:
        done = subprocess.run(
            command, env=environment(GAZETI_MEDIA=str(media)), stdin=backup, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    before = {path.relative_to(kept.paper / "media") for path in (kept.paper / "media").rglob("*") if path.is_file()}
    assert {path.relative_to(media) for path in media.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in restored.iterdir()) == ["gazeti.db", "gazeti.toml", "secret", "templates"]
    assert left_behind(tmp_path) == []


def test_half_of_it_by_standard_input_leaves_nothing(kept: Kept, tmp_path: Path) -> None:
    half = kept.file.read_bytes()[:-600]
    done = subprocess.run(
        [*GAZETI, "restore", "-", tmp_path / "r"], env=environment(), input=half, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"What came by standard input is not whole: its end is missing." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_killed_at_any_moment_it_leaves_no_newsroom_and_again_it_is_whole(kept: Kept, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    made = tmp_path / ".restored-gazeti-new"
    moments: list[Callable[[int], bool]] = [
        lambda _pid: (made / "gazeti.db").exists(),
        lambda _pid: (made / "media" / "pictures").exists(),
        # All is laid and Django loaded. The database's own file that tells it is open is there for 20 ms.
        lambda pid: "_imaging" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8"),
    ]
    for number, moment in enumerate(moments):
        process = subprocess.Popen(
            [*GAZETI, "restore", kept.file, restored], env=environment(), stdout=subprocess.DEVNULL
        )
        until(lambda moment=moment, pid=process.pid: moment(pid), f"moment {number}")
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert not restored.exists()
    assert gazeti("restore", kept.file, restored).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["restored"]
    assert left_behind(restored) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["b.tar"], "Name the backup and either a folder to restore it in, or --drill."),
        (["b.tar", "there", "--drill"], "Name the backup and either a folder to restore it in, or --drill."),
    ],
)
def test_a_folder_or_a_drill_must_be_named(words: list[str], told: str, tmp_path: Path) -> None:
    done = gazeti("restore", *words, cwd=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr


def test_a_folder_that_is_full_is_refused(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    done = gazeti("restore", kept.file, tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        f"gazeti: {tmp_path} is not empty. Name a folder that does not exist yet or is empty.\n",
    )


def test_a_backup_of_sqlite_does_not_go_where_a_database_url_leads(kept: Kept, tmp_path: Path) -> None:
    done = gazeti("restore", kept.file, tmp_path / "r", DATABASE_URL=f"sqlite:///{tmp_path}/other.db")
    assert done.stderr == (
        "gazeti: This is a backup of SQLite, which goes into the folder. Take DATABASE_URL away to restore it.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_older_versions_is_brought_up_to_date_and_without_pages_it_is_not_drilled(
    paper: Path, tmp_path: Path
) -> None:
    file, restored = tmp_path / "b.tar", tmp_path / "restored"
    assert gazeti("--home", paper, "manage", "migrate", "gazeti_guard", "zero").returncode == 0
    assert gazeti("--home", paper, "backup", file, "--without-pages").returncode == 0
    done = gazeti("restore", file, restored)
    assert (done.returncode, done.stdout.splitlines()[0][:34]) == (0, "Bringing the database up to date: ")
    with closing(sqlite3.connect(restored / "gazeti.db")) as database:
        applied = "SELECT count(*) FROM django_migrations WHERE app = 'gazeti_guard'"
        assert database.execute(applied).fetchone()[0] >= 1
    done = gazeti("restore", "--drill", file)
    assert done.returncode == 1
    assert "was made --without-pages, so there is nothing to compare with." in done.stderr
