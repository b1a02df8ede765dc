"""`gazeti demo`: furnished once, an editor who may sign in with the password printed, served at once."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django_tasks_db.management.commands import db_worker

from gazeti.accounts.models import User
from gazeti.cli import demo
from gazeti.cli.edition import press
from gazeti.cli.main import main
from gazeti.cli.newsroom import Facts
from gazeti.log.backlog import backlog
from gazeti.stories.models import Front
from gazeti.stories.queries import found_stories
from tests.cli.processes import GAZETI, answer_of, environment, free_port, until
from tests.newsroom import make_story


class Become(Exception):
    """The process would have become another one here."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Become no other process, keep the test's connection, and put back how hasty it was told to be."""

    def become(folder: Path, verb: str) -> None:
        raise Become(folder.name, verb)

    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(demo, "_become", become)
    monkeypatch.setenv("PORT", str(free_port()))
    options, age = dict(connection.settings_dict["OPTIONS"]), connection.settings_dict["CONN_MAX_AGE"]
    yield
    connection.settings_dict["OPTIONS"], connection.settings_dict["CONN_MAX_AGE"] = options, age


@pytest.mark.django_db
def test_it_is_furnished_by_an_editor_whose_password_is_fresh_each_time(
    quick: None, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    printed: list[tuple[str, str]] = []

    def print_edition(*, front: Front, by: User, **_rest: object) -> None:
        printed.append((front.title, by.email))
        make_story(headline=f"Bridge {len(printed)} opens")

    monkeypatch.setattr(press, "print_edition", print_edition)
    first, second = demo.furnish(), demo.furnish()
    assert printed == [("The Jacaranda Post", demo.EDITOR)] * 2
    assert not client.login(username=demo.EDITOR, password=first)
    assert client.login(username=demo.EDITOR, password=second)


@pytest.mark.django_db
def test_when_it_is_furnished_no_task_waits_and_search_finds_the_stories(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "print_edition", lambda **_facts: make_story(headline="The river rose"))
    demo.furnish()
    assert backlog(now=datetime.now(UTC)) == (0, 0, 0, None)
    assert [story.title for story in found_stories("river", most=5)] == ["The river rose"]


@pytest.mark.django_db
def test_it_tells_addresses_and_password_and_then_serves(
    quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    monkeypatch.setattr(demo, "furnish", lambda: "tall-jacaranda-9")
    done = CliRunner().invoke(main, ["--debug", "demo"])
    assert isinstance(done.exception, Become)
    assert done.exception.args == (tmp_path.name, "serve")
    told = dict(line.split(maxsplit=1) for line in done.stdout.replace("The ", "").splitlines())
    assert told["paper:"].strip() == "http://localhost:8000/"
    assert told["desk:"].strip() == "http://localhost:8000/desk/"
    assert told["Email:"].strip() == demo.EDITOR
    assert told["Password:"].strip() == "tall-jacaranda-9"


def test_where_nothing_is_it_makes_a_newsroom_and_begins_again(
    quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[tuple[Path, Facts, bool]] = []

    def make(folder: Path, *, facts: Facts, with_drafts: bool) -> None:
        made.append((folder, facts, with_drafts))

    monkeypatch.setattr("gazeti.cli.newsroom.make_newsroom", make)
    monkeypatch.delenv("GAZETI_HOME")
    monkeypatch.setattr(demo, "FOLDER", tmp_path / "demo")
    done = CliRunner().invoke(main, ["--debug", "demo"])
    assert isinstance(done.exception, Become)
    assert done.exception.args == ("demo", "demo")
    assert made == [(tmp_path / "demo", Facts("Gazeti", "en-KE", "Africa/Nairobi", "", second_factor=False), False)]


@pytest.mark.soak
def test_killed_in_the_middle_it_is_completed_and_again_it_starts_from_what_is_there(tmp_path: Path) -> None:
    def start(output: Path) -> subprocess.Popen[bytes]:
        command = [*GAZETI, "--home", str(tmp_path / "demo"), "demo"]
        with output.open("wb") as file:
            return subprocess.Popen(command, env=environment(PORT=port), stdout=file, stderr=file)

    port = str(free_port())
    first = start(tmp_path / "first")
    until(lambda: len(list((tmp_path / "demo" / "media").rglob("*.webp"))) > 5, "some pictures are drawn")
    first.kill()
    first.wait()
    passwords = set()
    for name in ("second", "third"):
        again = start(tmp_path / name)
        until(lambda name=name: "Gazeti answers" in (tmp_path / name).read_text(), "the demo answers")
        passwords |= set(re.findall(r"Password: +(\S+)", (tmp_path / name).read_text()))
        for path in ("/", "/recent/?page=2", "/search/?q=water", "/desk/login/"):
            assert answer_of(f"http://localhost:{port}{path}")[0] == 200
        again.send_signal(signal.SIGTERM)
        assert again.wait(30) == 0
    assert len(passwords) == 2
