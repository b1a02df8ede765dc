"""`gazeti new` makes a whole newsroom, or nothing."""

import re
import sqlite3
import stat
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from gazeti.cli import newsroom
from gazeti.cli.failures import Failure
from gazeti.cli.first_pages import PROMPTS
from gazeti.cli.newsroom import Facts, checked, refuse_full, settings_file, workshop
from gazeti.config.env import BadSetting
from tests.cli.processes import GAZETI, environment, gazeti, until

LINK = re.compile(r"^ +(http://localhost:8000/desk/first-administrator/[\w:-]+/)$", re.MULTILINE)


def rows(home: Path, question: str) -> list[tuple[object, ...]]:
    # Immutable: SQLite lays no file of its own beside it, and another test may be looking at the folder.
    with closing(sqlite3.connect(f"file:{home / 'gazeti.db'}?immutable=1", uri=True)) as database:
        return database.execute(question).fetchall()


def test_a_new_newsroom_has_its_settings_its_secret_and_nothing_else(made: Path) -> None:
    paper = made / "paper"
    assert {path.name for path in paper.iterdir()} == {"gazeti.toml", "gazeti.db", "media", "secret"}
    settings = tomllib.loads((paper / "gazeti.toml").read_text())
    written = {"language": "en-KE", "time_zone": "Europe/London", "address": ""}
    assert settings == {**written, "second_factor": True, "trusted_proxies": []}
    assert stat.S_IMODE((paper / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((paper / "gazeti.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((paper / "gazeti.toml").stat().st_mode) == 0o600
    assert len((paper / "secret").read_text().strip()) >= 50


def test_it_has_a_front_and_a_section_live_and_four_pages_as_drafts(made: Path) -> None:
    pages = dict(rows(made / "paper", "SELECT title, live FROM wagtailcore_page WHERE depth > 1"))
    assert pages == {"The Corner Paper": 1, "News": 1, "About": 0, "Ethics": 0, "Contact": 0, "Privacy": 0}


def test_each_draft_prompts_an_editor(made: Path) -> None:
    bodies = [str(body) for (body,) in rows(made / "paper", "SELECT body FROM gazeti_base_informationpage")]
    for prompts in PROMPTS.values():
        assert any(prompts[0] in body for body in bodies)


def test_it_prints_how_to_start_and_the_one_time_link(made: Path) -> None:
    said = (made / "output").read_text()
    assert "gazeti --home paper serve" in said
    assert LINK.search(said)


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = gazeti("new", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"gazeti: {tmp_path} is not empty. Name a folder that does not exist yet or is empty."
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("folder", ["absent", "empty"])
def test_what_fails_midway_leaves_nothing(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    done = gazeti("new", tmp_path / folder, DATABASE_URL="postgres://nobody:x@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_one_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([*GAZETI, "new", str(tmp_path / "paper")], env=environment()) as process:
        until(lambda: list(tmp_path.glob("*/gazeti.db")), "it has begun")
        process.terminate()
        assert process.wait(60) == 143
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Failure, match="is a file"):
        refuse_full(tmp_path / "file")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (("Gazeti", "klingon", "UTC", ""), 'The language "klingon" is not known. Write a tag like en-KE, sw or so.'),
        (("Gazeti", "sw", "Mars/Base", ""), 'There is no time zone "Mars/Base".'),
        (("Gazeti", "sw", "Africa", ""), 'There is no time zone "Africa".'),
        (("Gazeti", "sw", "UTC", "paper.example"), 'The address "paper.example" is no public URL.'),
        (("Gazeti", "sw", "UTC", 'https://pa"per.example'), "is no public URL"),
        (("Gazeti", "sw", "UTC", "https://paper.example/news"), "is no public URL"),
        (("   ", "sw", "UTC", ""), "A newspaper's name has 1 to 60 characters."),
    ],
)
def test_a_fact_that_does_not_hold_gets_a_sentence(facts: tuple[str, str, str, str], sentence: str) -> None:
    with pytest.raises((BadSetting, Failure)) as refused:
        checked(*facts)
    assert sentence in str(refused.value)


def test_facts_are_written_as_toml_and_read_back() -> None:
    facts = checked(" The  Corner Paper ", "so-SO", "Africa/Mogadishu", "https://paper.example/")
    assert facts == Facts("The Corner Paper", "so-SO", "Africa/Mogadishu", "https://paper.example")
    written = tomllib.loads(settings_file(facts._replace(second_factor=False)))
    assert (written["address"], written["second_factor"]) == ("https://paper.example", False)


def test_an_absent_folder_appears_at_once_when_all_is_made(tmp_path: Path) -> None:
    with workshop(tmp_path / "paper") as made:
        (made / "gazeti.toml").touch()
        assert not (tmp_path / "paper").exists()
        newsroom.move_in(made, tmp_path / "paper")
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["paper", "paper/gazeti.toml"]


def test_what_a_killed_run_left_is_cleared_and_two_at_once_are_not_one(tmp_path: Path) -> None:
    left = tmp_path / ".paper-gazeti-new"
    left.mkdir()
    (left / "gazeti.db").touch()
    with workshop(tmp_path / "paper") as made:
        assert list(made.iterdir()) == []
        with pytest.raises(Failure, match="right now"), workshop(tmp_path / "paper"):
            pass
        assert made.exists()
    assert list(tmp_path.iterdir()) == []
