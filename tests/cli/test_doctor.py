"""`gazeti doctor` finds what is wrong, and says what to do about it."""

import json
import os
import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.models import Page

from gazeti import log
from gazeti.cli import checkups, outside, public_files
from gazeti.cli.main import main
from gazeti.config.env import Settings as Read
from gazeti.log.clock import tick
from gazeti.log.models import Event, Failure, Lease
from tests.cli.processes import gazeti
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
Run = Callable[..., Result]
Found = dict[str, tuple[str, str]]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Path:
    """Return a newsroom on the test's database that is in order."""
    (tmp_path / "gazeti.toml").touch()
    (tmp_path / "secret").touch(mode=0o600)
    (tmp_path / "media").mkdir()
    monkeypatch.delenv("GAZETI_SECRET")
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    monkeypatch.setattr(outside.shutil, "which", lambda _name: None)
    settings.GAZETI_HOME = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path


def doctor(*words: str) -> tuple[int, Found]:
    """Run it; return its status and, of each part, the worst that it found."""
    done = CliRunner().invoke(main, ["doctor", "--json", *words])
    findings = sorted(json.loads(done.stdout)["findings"], key=lambda one: ["ok", "warn", "fail"].index(one["state"]))
    found: Found = {one["part"]: (one["state"], one["sentence"]) for one in findings}
    return done.exit_code, found


def test_a_newsroom_in_order_is_well(home: Path) -> None:
    status, found = doctor()
    assert status == 0
    assert {part: state for part, (state, _) in found.items()} == {
        "settings": "ok", "secret": "ok", "database": "ok", "disk": "ok", "clock": "ok", "tasks": "ok", "search": "ok",
        "mail": "warn", "address": "warn", "server": "warn", "schedules": "warn", "stories": "ok",
        "pages": "ok",
    }  # fmt: skip


def test_the_table_is_for_people(home: Path) -> None:
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0
    assert "The secret is the server's alone." in done.stdout


def test_a_misspelt_setting_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "gazeti.toml").write_text('adress = "https://paper.example"')
    read = Read(home)
    read.address()
    monkeypatch.setattr(checkups.read_settings, "read", read)
    assert doctor()[1]["settings"] == (
        "warn", 'gazeti.toml has "adress", which nothing reads. Mend the spelling.',  # codespell:ignore adress
    )  # fmt: skip


def test_a_secret_that_others_read_or_that_is_lost_fails(home: Path) -> None:
    (home / "secret").chmod(0o644)
    status, found = doctor()
    assert (status, found["secret"][0]) == (1, "fail")
    assert "chmod 600" in found["secret"][1]
    (home / "secret").unlink()
    assert "Restore the file" in doctor()[1]["secret"][1]


def test_a_full_disk_and_a_closed_folder_fail(home: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(checkups, "disk_state", lambda: "full")
    assert doctor()[1]["disk"] == ("fail", "The newsroom's disk is full. Make room: new stories cannot be kept.")
    monkeypatch.setattr(checkups, "disk_state", lambda: "ok")
    settings.MEDIA_ROOT = str(home / "absent")
    assert "This user may not write in" in doctor()[1]["disk"][1]


def test_pending_migrations_fail(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkups, "migrations", lambda: (["gazeti_log.0009_more"], []))
    assert doctor()[1]["database"][1].startswith("1 migrations are pending.")
    monkeypatch.setattr(checkups, "migrations", lambda: ([], ["gazeti_log.0099_future"]))
    assert doctor()[1]["database"][1].startswith("A newer Gazeti wrote this database (gazeti_log.0099_future).")


def test_a_clock_behind_the_newest_event_fails(home: Path) -> None:
    place = log.append("tests", "happened")
    Event.objects.filter(position=place.position).update(at=datetime.now(UTC) + timedelta(days=1))
    assert doctor()[1]["clock"][0] == "fail"
    Event.objects.filter(position=place.position).update(at=datetime.now(UTC) + timedelta(minutes=1))
    assert doctor()[1]["clock"][0] == "ok"


def test_a_clock_that_stands_still_fails_and_what_it_could_not_do_is_told(home: Path) -> None:
    assert doctor()[1]["schedules"][1].startswith("The clock has never run")
    tick(now=datetime.now(UTC))
    assert doctor()[1]["schedules"] == ("ok", "The clock runs, and nothing that is due waits.")
    moment = datetime.now(UTC)
    Failure.objects.create(job="schedule", key="7", first_at=moment, last_at=moment, next_try_at=moment)
    assert doctor()[1]["schedules"] == (
        "warn", "1 things could not be done in time. The front page of the desk tells which and why.",
    )  # fmt: skip
    Lease.objects.update(seen_at=datetime(2024, 7, 4, 6, 12, tzinfo=UTC))
    assert doctor()[1]["schedules"][0] == "fail"
    assert "has not run since 2024-07-04 09:12" in doctor()[1]["schedules"][1]


def test_a_live_story_without_a_live_revision_is_told(home: Path) -> None:
    story = make_story(headline="The river rose in the night")
    Page.objects.filter(pk=story.pk).update(live_revision=None)
    state, sentence = doctor()[1]["stories"]
    assert state == "warn"
    assert "“The river rose in the night”" in sentence
    assert sentence.endswith("Run `gazeti manage mend_revisions`.")


def test_tasks_that_wait_too_long_fail_and_failed_ones_are_told(home: Path) -> None:
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="default", run_after=datetime.now(UTC)
    )
    assert doctor()[1]["tasks"][0] == "ok"
    DBTaskResult.objects.update(enqueued_at=datetime.now(UTC) - timedelta(minutes=7))
    assert doctor()[1]["tasks"] == ("fail", "1 tasks wait, the oldest for 7 minutes. Is `gazeti serve` running?")
    task.set_failed(Event.DoesNotExist())
    assert doctor()[1]["tasks"] == ("ok", "0 tasks wait, 0 run, none failed.")
    task.set_failed(OSError())
    assert doctor()[1]["tasks"] == ("warn", "1 tasks failed: b (OSError). The server's log tells why.")


def test_a_story_that_search_does_not_find_fails(home: Path, run_tasks: Callable[[], None]) -> None:
    make_story(headline="The river rose in the night")
    assert doctor()[1]["search"] == (
        "fail", "Search does not find the newest story. Run `gazeti manage update_index`.",
    )  # fmt: skip
    run_tasks()
    assert doctor()[1]["search"] == ("ok", "Search finds the newest story.")


class TestMail:
    """Mail is tried, and sent if asked."""

    def test_a_test_is_sent(self, home: Path) -> None:
        status, _found = doctor("--send-mail-to", "amina@paper.example")
        assert status == 0
        assert [message.to for message in mail.outbox] == [["amina@paper.example"]]

    def test_a_server_that_does_not_answer_fails(self, home: Path, settings: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        settings.EMAIL_BACKEND = outside.SMTP
        status, found = doctor()
        assert status == 1
        assert "does not take us: Connection refused. Check GAZETI_MAIL." in found["mail"][1]


class TestAddress:
    """The public address is asked, and what the proxy tells is compared."""

    @pytest.fixture
    def answers(self, home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Let the public address answer a text."""
        settings.GAZETI_ADDRESS, settings.GAZETI_ADDRESS_IS_SET = "https://paper.example", True
        settings.BEHIND_TLS, settings.GAZETI_TRUSTED_PROXIES = True, ["127.0.0.1"]

        class Response:
            def __init__(self, text: str) -> None:
                self.text = text

            def __enter__(self) -> "Response":
                return self

            def __exit__(self, *_error: object) -> None: ...

            def read(self, _most: int) -> bytes:
                return self.text.encode()

        def answer(text: str) -> None:
            monkeypatch.setattr(outside.urllib.request, "urlopen", lambda _url, timeout: Response(text))

        return answer

    def test_a_proxy_whose_word_is_taken_is_right(self, answers: Callable[[str], None]) -> None:
        answers('{"scheme": "https"}')
        assert doctor()[1]["address"][0] == "ok"

    def test_a_proxy_that_is_not_believed_fails(self, answers: Callable[[str], None]) -> None:
        answers('{"scheme": "http"}')
        assert "Set `trusted_proxies`." in doctor()[1]["address"][1]

    def test_another_site_at_that_address_is_told(self, answers: Callable[[str], None]) -> None:
        answers("<!doctype html>")
        assert "does not answer like Gazeti" in doctor()[1]["address"][1]

    def test_one_that_is_not_encrypted_is_told(self, answers: Callable[[str], None], settings: Settings) -> None:
        settings.GAZETI_ADDRESS, settings.BEHIND_TLS = "http://paper.example", False
        answers('{"scheme": "http"}')
        assert "is not encrypted" in doctor()[1]["address"][1]

    def test_one_that_is_not_reached_is_told(self, answers: Callable[[str], None], settings: Settings) -> None:
        settings.GAZETI_ADDRESS = "https://127.0.0.1:1"
        assert "was not reached from here" in doctor()[1]["address"][1]


def test_a_broken_database_fails_in_a_process_of_its_own(paper: Path) -> None:
    (paper / "gazeti.db").write_bytes(b"this is no database, and never was one" * 100)
    done = gazeti("--home", paper, "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "fail  database  The database cannot be used: file is not a database." in done.stdout


def test_a_setting_that_cannot_be_used_is_a_finding(paper: Path) -> None:
    with (paper / "gazeti.toml").open("a") as file:
        file.write('log_level = "loud"\n')
    done = gazeti("--home", paper, "doctor", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["part"] == "settings"
    assert stat.S_ISREG((paper / "gazeti.db").stat().st_mode)


class TestPages:
    """Whether the server in front finds the filed pages, and may read them."""

    @pytest.fixture
    def configuration(self, home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return where the server's configuration would stand; all may enter the folders above the store."""
        settings.GAZETI_STORE = home / "store"
        (home / "store" / "pages").mkdir(parents=True)
        (home / "nginx").mkdir()
        monkeypatch.setattr(public_files, "CONFIGURATIONS", (home / "nginx",))
        # Folders of tests are the user's own; what is theirs to shut is the store.
        monkeypatch.setattr(public_files, "HIGHEST", home / "store")
        return home / "nginx" / "paper"

    def test_that_nothing_serves_them_is_no_fault(self, configuration: Path) -> None:
        state, sentence = doctor()[1]["pages"]
        assert (state, "`gazeti doctor --nginx` prints how" in sentence) == ("ok", True)
        assert f"as far as what can be read in {configuration.parent} tells" in sentence

    def test_one_that_may_read_them_is_well(self, configuration: Path) -> None:
        configuration.write_text(CliRunner().invoke(main, ["doctor", "--nginx"]).stdout)
        assert doctor()[1]["pages"] == ("ok", "The server in front may read the filed pages.")

    def test_a_folder_that_it_may_not_enter_is_named(self, configuration: Path, home: Path) -> None:
        configuration.write_text(CliRunner().invoke(main, ["doctor", "--nginx"]).stdout)
        (home / "store").chmod(0o700)
        state, sentence = doctor()[1]["pages"]
        assert (state, f"`chmod o+x {home / 'store'}`" in sentence) == ("warn", True)

    def test_a_configuration_of_another_theme_is_told(self, configuration: Path, settings: Settings) -> None:
        configuration.write_text(CliRunner().invoke(main, ["doctor", "--caddy"]).stdout)
        settings.SECURE_HSTS_SECONDS = 60
        state, sentence = doctor()[1]["pages"]
        assert (state, "finds no page" in sentence) == ("warn", True)


@pytest.mark.parametrize("which", ["nginx", "caddy"])
def test_a_configuration_is_printed_for_this_newsroom(home: Path, settings: Settings, which: str) -> None:
    settings.GAZETI_STORE, settings.GAZETI_PORT = home / "store", 8123
    settings.GAZETI_ADDRESS, settings.SECURE_HSTS_SECONDS = "https://paper.example", 31_536_000
    done = CliRunner().invoke(main, ["doctor", f"--{which}"])
    assert done.exit_code == 0
    assert f'root "{home}/store/pages/' in done.stdout
    assert "127.0.0.1:8123" in done.stdout
    assert "paper.example" in done.stdout
    assert "Strict-Transport-Security" in done.stdout
    settings.SECURE_HSTS_SECONDS, settings.GAZETI_CDN = 0, "cloudflare"
    done = CliRunner().invoke(main, ["doctor", f"--{which}"])
    assert "root" not in done.stdout
    assert "Strict-Transport-Security" not in done.stdout


def test_a_public_desk_that_a_password_alone_opens_is_warned_of(home: Path, settings: Settings) -> None:
    assert "sign-in" not in doctor()[1]
    settings.GAZETI_ADDRESS_IS_SET = True
    assert doctor()[1]["sign-in"][0] == "warn"
    settings.GAZETI_SECOND_FACTOR = True
    assert doctor()[1]["sign-in"][0] == "ok"
