"""Planned backups: made when they are due, the newest few kept, and one that fails is told and tried again."""

import errno
import os
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from gazeti.cli import checkups
from gazeti.cli.backup import planned
from gazeti.cli.backup.planned import Plan
from gazeti.config.env import Backups
from gazeti.edge.backups import FAILED, FIRST, MADE
from tests.cli.keeping import members
from tests.cli.processes import GAZETI, environment, serving, until

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return a plan for a newsroom that made nothing yet."""
    for name in ("pa[p]er", "backups"):
        (tmp_path / name).mkdir()
    return Plan(home=tmp_path / "pa[p]er", folder=tmp_path / "backups", every=DAY, keep=3)


def made(plan: Plan, at: datetime, data: bytes = b"gazeti-backup.json and more") -> Path:
    """Lay a file as the plan would have made it then."""
    path = plan.name_at(at)
    path.write_bytes(data)
    return path


def waiting(*, for_ever: int = 0) -> Callable[[float], bool]:
    """Return a wait that is told to stop after so many calls, and remembers how long it was to wait."""
    seconds: list[float] = []

    def wait(most: float) -> bool:
        seconds.append(most)
        return len(seconds) > for_ever

    wait.seconds = seconds  # type: ignore[attr-defined]
    return wait


def test_the_first_is_due_at_once_and_the_next_an_interval_after_the_newest(plan: Plan) -> None:
    assert plan.due(now=NOW) == NOW
    made(plan, NOW - 3 * DAY)
    made(plan, NOW - HOUR)
    assert plan.due(now=NOW) == NOW - HOUR + DAY


def test_one_of_the_future_keeps_no_other_from_being_made(plan: Plan) -> None:
    made(plan, NOW + 300 * DAY)
    assert plan.due(now=NOW) == NOW


def test_the_newest_are_kept_and_nothing_is_deleted_that_the_plan_did_not_make(plan: Plan) -> None:
    ours = [made(plan, NOW - number * DAY) for number in range(6)]
    others = [
        made(plan, NOW - 9 * DAY, b"a file of somebody who chose this name"),
        made(plan._replace(home=plan.home.with_name("other")), NOW - 9 * DAY),
        plan.folder / f"{plan.home.name}-by-hand.tar",
        plan.folder / f"{plan.home.name}-20240101T000000Z.tar.old",
    ]
    for path in others[2:]:
        path.write_bytes(b"gazeti-backup.json")
    planned.drop_old(plan)
    assert set(plan.folder.iterdir()) == {*ours[:3], *others}
    planned.drop_old(plan._replace(keep=0))
    assert set(plan.folder.iterdir()) == {ours[0], *others}


def test_one_that_fails_deletes_none_is_written_down_and_the_next_takes_the_note_away(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = [made(plan, NOW - number * DAY) for number in range(1, 6)]
    monkeypatch.setattr(planned, "_made", lambda *_plan, **_rest: "The disk is full.")
    assert planned.make(plan, now=NOW, wait=waiting()) is False
    assert sorted(plan.folder.iterdir()) == sorted(old)
    assert planned.noted(plan.home) == "2024-07-04 06:12 UTC: The disk is full."
    assert capsys.readouterr().err == "gazeti: The planned backup was not made. The disk is full.\n"
    monkeypatch.setattr(planned, "_made", lambda *_plan, **_rest: "")
    assert planned.make(plan, now=NOW, wait=waiting()) is True
    assert planned.noted(plan.home) == ""
    assert len(list(plan.folder.iterdir())) == 3


def test_after_a_failure_it_waits_a_minute_then_ever_longer_but_no_longer_than_its_interval() -> None:
    assert [planned.pause_after(tries, every=DAY) for tries in (1, 2, 3, 7, 50)] == [
        MINUTE, 2 * MINUTE, 4 * MINUTE, HOUR, HOUR,
    ]  # fmt: skip
    assert planned.pause_after(9, every=30 * MINUTE) == 30 * MINUTE


def test_while_none_is_due_it_looks_at_the_clock_each_minute(plan: Plan) -> None:
    made(plan, datetime.now(UTC))
    wait = waiting(for_ever=3)
    planned.run(plan, wait=wait)
    assert wait.seconds == [60.0] * 4  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_made_is_a_failure_in_a_sentence(plan: Plan) -> None:
    plan = plan._replace(folder=plan.home / "file" / "backups")
    (plan.home / "file").touch()
    assert planned.make(plan, now=NOW, wait=waiting()) is False
    assert planned.noted(plan.home).endswith(f"{plan.folder} cannot be used: Not a directory.")


def test_the_newsroom_that_fails_says_why(plan: Plan) -> None:
    assert planned.make(plan, now=NOW, wait=lambda _seconds: False) is False
    assert "There is no newsroom in" in planned.noted(plan.home)


def test_the_verb_stays_makes_one_and_ends_when_told(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    process = subprocess.Popen(
        [*GAZETI, "--home", paper, "backup", "--every", "1d", "--keep", "2", "--without-pages", folder],
        env=environment(),
    )
    try:
        until(lambda: list(folder.glob("paper-*.tar")), "the first is made")
        assert "pages" not in members(next(folder.glob("paper-*.tar")))
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        process.kill()


def test_the_service_makes_them_by_its_settings_in_a_post_of_its_own(paper: Path) -> None:
    with (paper / "gazeti.toml").open("a") as settings:
        settings.write('backup_to = "backups"\nbackup_keep = 2\n')
    with serving(paper, "--workers", "1", "--backup-every", "12h") as server:
        assert len(server.children("backups")) == 1
        until(lambda: list((paper / "backups").glob("paper-*.tar")), "the first is made")
        assert members(next((paper / "backups").glob("paper-*.tar")))["pages"]


def test_when_the_first_was_due_is_written_down_once_and_no_more_once_there_is_one(plan: Plan) -> None:
    made(plan, NOW - HOUR)
    planned.note_first(plan, now=NOW)
    assert (plan.home / FIRST).stat().st_mtime == (NOW - HOUR + DAY).timestamp()
    planned.note(plan.home, "The disk is full.", now=NOW)
    assert (plan.home / FIRST).exists()
    planned.note(plan.home, "", now=NOW)
    planned.note_first(plan, now=NOW)
    assert not (plan.home / FIRST).exists()
    assert (plan.home / MADE).exists()


def test_a_plan_whose_first_backup_hangs_has_written_down_that_it_was_due(
    plan: Plan, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(plan.folder, DAY, 3)
    seen: list[float] = []

    def hang(*_plan: object, **_rest: object) -> None:
        """Stand for a backup that does not end until the service is told to."""
        seen.append((plan.home / FIRST).stat().st_mtime)

    monkeypatch.setattr(planned, "_made", hang)
    planned.run(plan, wait=waiting())
    assert abs(seen[0] - datetime.now(UTC).timestamp()) < 600
    os.utime(plan.home / FIRST, (seen[0] - 7_300, seen[0] - 7_300))
    found: list[Any] = list(checkups._backup(now=datetime.now(UTC)))
    assert [one.state for one in found] == ["fail"]
    assert found[0].sentence.startswith(f"There is no backup in {plan.folder}, and the first was due hours ago.")


@pytest.mark.parametrize(
    ("age", "note", "state", "told"),
    [
        (HOUR, "", "ok", "The last backup in {folder} is of 2024-07-04 08:12."),
        (2 * DAY, "", "fail", "The last backup in {folder} is of 2024-07-02 09:12, and one is planned each 1 day"),
        (HOUR, "The disk is full.", "warn", "The last planned backup failed. 2024-07-04 06:12 UTC: The disk is full."),
        (None, "", "warn", "There is no backup in {folder} yet."),
    ],
)
def test_the_doctor_tells_how_old_the_last_one_is(
    plan: Plan, settings: Settings, age: timedelta | None, note: str, state: str, told: str
) -> None:
    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(plan.folder, DAY, 3)
    if age:
        made(plan, NOW - age)
    if note:
        planned.note(plan.home, note, now=NOW)
    found: list[Any] = list(checkups._backup(now=NOW))
    assert [one.state for one in found] == [state]
    assert found[0].sentence.startswith(told.format(folder=plan.folder))


def test_the_doctor_says_nothing_where_none_are_planned(plan: Plan, settings: Settings) -> None:
    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(None, DAY, 7)
    assert list(checkups._backup(now=NOW)) == []


def test_the_doctor_tells_of_one_that_the_verb_alone_planned_and_how_to_silence_it(
    plan: Plan, settings: Settings
) -> None:
    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(None, DAY, 7)
    planned.note(plan.home, "The disk is full.", now=NOW)
    told = f"The disk is full. If none are planned any more, remove {plan.home / FAILED}."
    assert [one.sentence[-len(told) :] for one in checkups._backup(now=NOW)] == [told]


def test_the_doctor_tells_of_a_folder_that_cannot_be_read(
    plan: Plan, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(plan.folder, DAY, 3)
    monkeypatch.setattr(Plan, "made", shut)
    told = f"The backups in {plan.folder} cannot be looked at: Permission denied."
    assert list(checkups._backup(now=NOW)) == [("backup", "fail", told)]


def test_a_folder_that_cannot_be_read_is_a_failure_that_is_tried_again(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "made", shut)
    monkeypatch.setattr(planned, "_made", lambda *_plan, **_rest: "This user may not read there.")
    wait = waiting(for_ever=2)
    planned.run(plan, wait=wait)
    assert planned.noted(plan.home).endswith("This user may not read there.")
    assert [round(seconds) for seconds in wait.seconds] == [60] * 3  # type: ignore[attr-defined]


def test_old_ones_that_cannot_be_removed_are_told_and_the_next_is_made_all_the_same(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_plan: Plan) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(planned, "_made", lambda *_plan, **_rest: "")
    monkeypatch.setattr(planned, "drop_old", closed)
    assert planned.make(plan, now=NOW, wait=waiting()) is True
    assert f"older ones cannot be removed from {plan.folder}: Permission denied." in planned.noted(plan.home)


@pytest.mark.django_db
def test_whoever_watches_is_told_by_healthz_and_the_figures_that_they_fail_or_are_late(
    plan: Plan, settings: Settings, client: Client
) -> None:
    def told() -> list[str]:
        """The state, whether they fail, how many whole seconds ago one was made, its first three digits."""
        health = client.get("/healthz").json()
        lines = client.get("/metrics").content.decode().splitlines()
        figures = [line.split()[-1] for line in lines if line.startswith("gazeti_backup_")]
        return [
            health.get("backups", ""),
            *figures[:1],
            *("never" if age == "-1.0" else age[:3] for age in figures[1:]),
        ]

    settings.GAZETI_HOME, settings.GAZETI_BACKUPS = plan.home, Backups(None, DAY, 3)
    assert told() == [""]
    settings.GAZETI_BACKUPS = Backups(plan.folder, DAY, 3)
    assert told() == ["ok", "0.0", "never"]
    planned.note_first(plan, now=datetime.now(UTC) - 90 * MINUTE)
    assert told() == ["ok", "0.0", "540"]
    # Also one that hangs, or a service that begins again and again, is late some time.
    (plan.home / FIRST).unlink()
    planned.note_first(plan, now=datetime.now(UTC) - 3 * HOUR)
    planned.note_first(plan, now=datetime.now(UTC))
    assert told() == ["late", "0.0", "108"]
    planned.note(plan.home, "", now=datetime.now(UTC) - DAY)
    assert told() == ["ok", "0.0", "864"]
    planned.note(plan.home, "", now=datetime.now(UTC) - DAY - 3 * HOUR)
    assert told() == ["late", "0.0", "972"]
    planned.note(plan.home, "The disk is full.", now=datetime.now(UTC))
    assert told() == ["failing", "1.0", "972"]
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "disk is full" not in answer.content.decode(), "why is for the operator, not for everybody"


def shut(_plan: Plan) -> list[Path]:
    """Stand for a folder that another user closed, or whose server is away."""
    raise PermissionError(errno.EACCES, "Permission denied")
