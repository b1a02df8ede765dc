"""Whatever goes wrong is one plain sentence that says what to do, exit status 1 and no traceback."""

import errno
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError, ProgrammingError

from gazeti.cli.failures import Failure, sentence
from gazeti.cli.main import Gazeti, main
from gazeti.config.env import BadSetting
from tests.cli.processes import GAZETI, environment, gazeti

pytestmark = pytest.mark.real_start


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Failure("Do this."), "Do this."),
        (BadSetting("PORT is wrong."), "PORT is wrong."),
        (
            OSError(errno.ENOSPC, "No space left", "/paper/x"),
            "The disk is full (/paper/x). Make room and run it again.",
        ),
        (PermissionError(errno.EACCES, "no", "/paper"), "This user may not write or read there (/paper)."),
        (OperationalError("no such table: a"), "Run `gazeti manage migrate`."),
        (ProgrammingError('relation "a" does not exist'), "Run `gazeti manage migrate`."),
        (OperationalError("database is locked"), "Another program holds the database"),
        (OperationalError("connection failed:\nno"), "The database does not work: connection failed:."),
        (KeyError("slug"), "Gazeti did not foresee this: KeyError: 'slug'. Run it again with --debug to see where."),
        (RuntimeError(), "Gazeti did not foresee this: RuntimeError: no reason given."),
    ],
)
def test_every_error_has_a_sentence(error: Exception, told: str) -> None:
    assert told in sentence(error)
    assert "\n" not in sentence(error)


@click.group(cls=Gazeti)
def broken() -> None:
    """Break."""


@broken.command()
def now() -> None:
    """Break now."""
    raise RuntimeError("the bridge\nfell")


def test_a_failure_is_told_on_standard_error_with_status_1() -> None:
    done = CliRunner().invoke(broken, ["now"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("gazeti: Gazeti did not foresee this: RuntimeError: the bridge.")


@pytest.mark.parametrize("words", [["serv"], ["serve", "--port", "99999"], ["new"], ["import"], ["--colour"]])
def test_a_mistyped_command_is_one_sentence_with_the_way_to_help(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "--help`." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_debug_shows_where(tmp_path: Path) -> None:
    (tmp_path / "gazeti.toml").write_text("language = 3")
    plain = gazeti("--home", tmp_path, "user", "list")
    told = gazeti("--debug", "--home", tmp_path, "user", "list")
    assert (plain.returncode, len(plain.stderr.splitlines())) == (1, 1)
    assert told.returncode == 1
    assert "Traceback" in told.stderr


def test_help_loads_neither_django_nor_wagtail() -> None:
    code = "import sys, gazeti.cli.main; print(sorted({'django', 'wagtail', 'granian', 'PIL'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_of_our_output_who_has_enough_sees_no_traceback() -> None:
    with subprocess.Popen(
        [*GAZETI, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()


def test_djangos_own_commands_are_reached() -> None:
    done = gazeti("manage", "help", "migrate")
    assert done.returncode == 0
    assert "gazeti manage migrate" in done.stdout


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("nosuch", "There is no command nosuch. `gazeti manage help` lists them."),
        ("migrat", "There is no command migrat. Is it migrate? `gazeti manage help` lists them."),
    ],
)
def test_a_command_that_django_does_not_have_is_one_sentence(word: str, told: str, paper: Path) -> None:
    done = gazeti("--home", paper, "manage", word, "--option")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"gazeti: {told}\n"
