"""`gazeti serve` answers, keeps its workers alive, and stops cleanly: real processes."""

import json
import os
import shutil
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gazeti.cli import preparation
from gazeti.cli.serve import default_workers
from tests.cli.processes import Server, answer_of, gazeti, serving, until

BY_TLS = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


def test_it_says_where_it_answers_and_is_well(server: Server) -> None:
    assert f"Gazeti answers at http://localhost:{server.port}/\n" in server.said()
    status, body = answer_of(server.url("/healthz"))
    assert (status, json.loads(body)["status"]) == (200, "ok")
    assert "The Corner Paper" in answer_of(server.url())[1]


def test_it_keeps_the_workers_asked_for_one_for_background_tasks_and_the_clock(server: Server) -> None:
    assert len(server.children("web")) == 2
    assert len(server.children("tasks")) == 1
    assert len(server.children("clock")) == 1


def test_the_site_follows_the_address_that_it_is_served_at(server: Server) -> None:
    with closing(sqlite3.connect(server.output.parent / "paper" / "gazeti.db")) as database:
        assert database.execute("SELECT hostname, port FROM wagtailcore_site").fetchall() == [
            ("localhost", server.port)
        ]


def test_a_program_that_is_no_trusted_proxy_is_not_believed(server: Server) -> None:
    _status, body = answer_of(server.url("/healthz"), **BY_TLS)
    assert json.loads(body)["scheme"] == "http"


def test_all_workers_count_together(server: Server) -> None:
    def counted() -> int:
        figures = answer_of(server.url("/metrics"))[1].splitlines()
        found = [line for line in figures if line.startswith('gazeti_answers_total{kind="static",status="404"}')]
        return int(float(found[0].split()[-1])) if found else 0

    before = counted()
    for _number in range(12):
        answer_of(server.url("/static/absent.css"))
    until(lambda: counted() == before + 12, "twelve more answers are counted, whoever gave them")


def test_a_used_port_is_one_sentence(server: Server, paper: Path) -> None:
    done = gazeti("--home", paper, "serve", "--port", server.port)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"gazeti: Port {server.port} is used by another program. Choose one with --port, or stop that program."
    ]


def test_a_worker_that_was_killed_comes_back(server: Server) -> None:
    until(lambda: len(server.children("web")) == 2, "no worker of an earlier test is still on its way out")
    victim = server.children("web")[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: "was ended by SIGKILL; a new one starts in 0.1 s." in server.said(), "it says so")
    until(lambda: len(server.children("web")) == 2 and victim not in server.children("web"), "another worker stands in")
    assert answer_of(server.url("/healthz"))[0] == 200


def test_hangup_replaces_every_process_and_no_reader_notices(server: Server) -> None:
    before = set(server.children())
    os.kill(server.process.pid, signal.SIGHUP)
    answers = {answer_of(server.url("/healthz"))[0]}
    while "All processes have been replaced" not in server.said():
        answers.add(answer_of(server.url("/healthz"))[0])
    assert answers == {200}
    until(lambda: len(server.children()) == 4, "the old ones have gone")
    assert not before & set(server.children())


def test_the_doctor_sees_that_it_runs_also_after_an_editor_wrote_the_settings_anew(server: Server) -> None:
    home = Path(server.output.parent / "paper")
    Path(shutil.copy(home / "gazeti.toml", home / "gazeti.toml~")).replace(home / "gazeti.toml")
    done = gazeti("--home", home, "doctor", "--json", PORT=str(server.port))
    findings = {one["part"]: one for one in json.loads(done.stdout)["findings"]}
    assert findings["server"] == {"part": "server", "state": "ok", "sentence": "`gazeti serve` is running here."}


def test_it_ends_with_status_0_and_leaves_no_process_and_no_file(paper: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        elsewhere = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "TMPDIR": str(tmp_path)}
        elsewhere["GAZETI_TRUSTED_PROXIES"] = "127.0.0.1"
        with serving(paper, "--workers", "1", **elsewhere) as server:
            systemd.settimeout(30)
            assert systemd.recv(100) == b"READY=1"
            assert list(tmp_path.glob("gazeti-metrics-*"))
            assert answer_of(server.url("/desk/login/"))[0] == 200
            assert json.loads(answer_of(server.url("/healthz"), **BY_TLS)[1])["scheme"] == "https"
            assert answer_of(server.url("/metrics"), **BY_TLS)[0] == 403
            server.process.terminate()
            assert server.process.wait(30) == 0
        assert server.left() == []
        assert list(tmp_path.glob("gazeti-metrics-*")) == []
        assert answer_of(server.url())[0] == 0
    assert "Traceback" not in server.said()
    assert "panicked" not in server.said()


def test_a_task_whose_worker_had_died_is_done(paper: Path) -> None:
    task = """
        UPDATE django_tasks_database_dbtaskresult
        SET status = 'RUNNING', finished_at = NULL, started_at = '2024-07-04 06:12:00', worker_ids = '["elsewhere:1:1"]'
        WHERE id = (SELECT min(id) FROM django_tasks_database_dbtaskresult)
    """
    with closing(sqlite3.connect(paper / "gazeti.db", isolation_level=None)) as database:
        assert database.execute(task).rowcount == 1
        with serving(paper, "--workers", "1"):
            left = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'"
            until(lambda: database.execute(left).fetchone() == (0,), "every task is done")


def test_its_processes_end_with_it_however_it_ends(paper: Path) -> None:
    with serving(paper, "--workers", "1") as server:
        assert len(server.children()) == 3
        server.process.kill()
        server.process.wait(30)
        until(lambda: server.left() == [], "no process is left behind")


def test_without_a_newsroom_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = gazeti("--home", tmp_path, "serve")
    assert done.returncode == 1
    assert done.stderr.startswith(f"gazeti: There is no newsroom in {tmp_path}. Make one with")


def test_a_database_that_cannot_be_read_is_told_before_anything_starts(paper: Path) -> None:
    (paper / "gazeti.db").write_bytes(b"this is no database, and never was one" * 100)
    done = gazeti("--home", paper, "serve", "--port", "18999")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "gazeti: The database does not work: file is not a database. `gazeti doctor` looks closer."
    ]


def test_a_database_of_a_newer_gazeti_is_refused(paper: Path) -> None:
    with closing(sqlite3.connect(paper / "gazeti.db", isolation_level=None)) as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('gazeti_log', '0999_future', '')")
    done = gazeti("--home", paper, "serve", "--port", "18998")
    assert done.returncode == 1
    assert done.stderr == (
        "gazeti: The database was written by a newer Gazeti (gazeti_log.0999_future). "
        "Install that version, or restore a backup.\n"
    )


def test_what_is_pending_is_applied_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    applied: list[str] = []
    monkeypatch.setattr(preparation, "migrations", lambda: (["gazeti_log.0002_more"], []))
    monkeypatch.setattr(preparation, "call_command", lambda command, **_options: applied.append(type(command).__name__))
    preparation.bring_up_to_date()
    assert applied == ["Migrate"]
    assert capsys.readouterr().out == "Bringing the database up to date: 1 migrations.\n"


def test_there_is_a_worker_a_core_but_no_more_than_four(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, workers in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, cores=cores: set(range(cores)))
        assert default_workers() == workers
