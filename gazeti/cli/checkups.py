"""The check-ups of `gazeti doctor`, one a function: what the newsroom itself stands on. Each changes nothing."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gazeti import log
from gazeti.cli.backup.planned import Plan, noted
from gazeti.cli.findings import Finding
from gazeti.cli.outside import address, mail, mail_sent, sign_in, synchronised
from gazeti.cli.preparation import migrations
from gazeti.cli.presence import is_served
from gazeti.cli.public_files import public_files
from gazeti.config import settings as read_settings
from gazeti.edge import backups
from gazeti.edge.backups import FAILED
from gazeti.edge.health import disk_state
from gazeti.log.backlog import backlog, failed_kinds
from gazeti.log.clock import last_seen, open_failures
from gazeti.stories.queries import found_stories, latest_stories

LONGEST_WAIT = timedelta(minutes=5)
SLACK = timedelta(minutes=5)
LATEST_BACKUP = timedelta(hours=2)
"""How long a planned backup may take or be tried again before it is missed."""
SILENT = timedelta(minutes=1)
"""A clock that runs is seen at least every fifteen seconds."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right says an earlier time."""


def all_checkups(*, recipient: str | None) -> list[Finding]:
    """What every check-up found; those that read the database only if it can be read."""
    database = list(_database())
    found = [*_settings(), *_secret(), *database, *_disk(), *mail(), *mail_sent(recipient), *address(), *sign_in()]
    if all(one.state != "fail" for one in database):
        found += [*_asked("clock", _clock), *_asked("schedules", _schedules), *_asked("tasks", _tasks)]
        found += [*_asked("search", _search), *_asked("stories", _stories)]
    return [*found, *_backup(now=timezone.now()), *public_files(), *synchronised(), *_server()]


def _asked(part: str, checkup: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What a check-up that reads the database found; a database that breaks meanwhile is a finding too."""
    try:
        return list(checkup())
    except DatabaseError as error:
        return [Finding(part, "fail", f"This could not be read from the database: {error}.")]


def _settings() -> Iterator[Finding]:
    home, read = settings.GAZETI_HOME, read_settings.read
    unknown = sorted(set(read.file) - read.keys)
    if unknown:
        names = ", ".join(f'"{key}"' for key in unknown)
        yield Finding("settings", "warn", f"gazeti.toml has {names}, which nothing reads. Mend the spelling.")
    else:
        yield Finding("settings", "ok", f"The newsroom in {home} has settings that can be used.")


def _secret() -> Iterator[Finding]:
    path = settings.GAZETI_HOME / "secret"
    if os.environ.get("GAZETI_SECRET"):
        yield Finding("secret", "ok", "The secret comes from GAZETI_SECRET.")
    elif not path.exists():
        sentence = "There is no secret: everybody is signed out whenever a process starts. Restore the file `secret`."
        yield Finding("secret", "fail", sentence)
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("secret", "fail", f"Others on this machine may read the secret. Run `chmod 600 {path}`.")
    else:
        yield Finding("secret", "ok", "The secret is the server's alone.")


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
        with transaction.atomic():
            pending, unknown = migrations()
    except DatabaseError as error:
        sentence = f"The database cannot be used: {str(error).strip()}. Check DATABASE_URL, the file and its owner."
        yield Finding("database", "fail", sentence)
        return
    if unknown:
        yield Finding("database", "fail", f"A newer Gazeti wrote this database ({unknown[0]}). Install that version.")
    elif pending:
        sentence = f"{len(pending)} migrations are pending. Start `gazeti serve`, or run `gazeti manage migrate`."
        yield Finding("database", "fail", sentence)
    else:
        yield Finding("database", "ok", "The database answers, can be written and is up to date.")


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        whole = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
    if whole != "ok":
        yield Finding("database", "fail", f"gazeti.db is damaged ({whole}). Stop the server and restore a backup.")
    if journal != "wal":
        sentence = "gazeti.db cannot be read while it is written (no WAL). Move it to a disk of this machine itself."
        yield Finding("database", "fail", sentence)


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        if cursor.fetchone()[0] != "off":
            yield Finding("database", "fail", "PostgreSQL only lets this user read. Name the primary in DATABASE_URL.")


def _disk() -> Iterator[Finding]:
    folders = [settings.GAZETI_HOME, Path(settings.MEDIA_ROOT)]
    closed = [str(folder) for folder in folders if not os.access(folder, os.W_OK | os.X_OK)]
    if closed:
        yield Finding(
            "disk", "fail", f"This user may not write in {' and '.join(closed)}. Give it to the server's user."
        )
    state = disk_state()
    if state != "ok":
        yield Finding("disk", "fail", f"The newsroom's disk is {state}. Make room: new stories cannot be kept.")
    elif not closed:
        yield Finding("disk", "ok", "There is room on the disk, and its folders can be written.")


def _clock() -> Iterator[Finding]:
    now = timezone.now()
    last = log.read(after=log.head() - 1)
    if now < BUILT or (last and now < last[-1].at - SLACK):
        known = max(BUILT, last[-1].at if last else BUILT)
        sentence = (
            f"The clock says {now:%Y-%m-%d %H:%M} UTC, but it is later than {known:%Y-%m-%d %H:%M}. Set it right."
        )
        yield Finding("clock", "fail", sentence)
    else:
        local = timezone.localtime(now)
        yield Finding("clock", "ok", f"It is {local:%Y-%m-%d %H:%M} in {settings.TIME_ZONE}.")


def _schedules() -> Iterator[Finding]:
    seen, now = last_seen(), timezone.now()
    failures = open_failures()
    if seen is None:
        sentence = "The clock has never run: nothing goes out by its schedule. Start `gazeti serve`."
        yield Finding("schedules", "warn", sentence)
    elif now - seen > SILENT:
        local = timezone.localtime(seen)
        sentence = f"The clock has not run since {local:%Y-%m-%d %H:%M}: nothing goes out by its schedule."
        yield Finding("schedules", "fail", f"{sentence} Start `gazeti serve`; if it runs, its log tells why.")
    if failures:
        sentence = f"{len(failures)} things could not be done in time. The front page of the desk tells which and why."
        yield Finding("schedules", "warn", sentence)
    elif seen and now - seen <= SILENT:
        yield Finding("schedules", "ok", "The clock runs, and nothing that is due waits.")


def _stories() -> Iterator[Finding]:
    """What the system checks of the database find."""
    found = run_checks(tags=[Tags.database], databases=["default"])
    for one in found:
        yield Finding("stories", "fail" if one.is_serious() else "warn", f"{one.msg} {one.hint or ''}".strip())
    if not found:
        yield Finding("stories", "ok", "Every live story can be scheduled.")


def _tasks() -> Iterator[Finding]:
    now = timezone.now()
    tasks = backlog(now=now)
    if tasks.oldest and now - tasks.oldest > LONGEST_WAIT:
        minutes = int((now - tasks.oldest).total_seconds() // 60)
        sentence = f"{tasks.waiting} tasks wait, the oldest for {minutes} minutes. Is `gazeti serve` running?"
        yield Finding("tasks", "fail", sentence)
    elif tasks.failed:
        kinds = ", ".join(failed_kinds())
        yield Finding("tasks", "warn", f"{tasks.failed} tasks failed: {kinds}. The server's log tells why.")
    else:
        yield Finding("tasks", "ok", f"{tasks.waiting} tasks wait, {tasks.running} run, none failed.")


def _search() -> Iterator[Finding]:
    newest = latest_stories(1)
    if newest and not any(story.pk == newest[0].pk for story in found_stories(newest[0].title, most=50)):
        yield Finding("search", "fail", "Search does not find the newest story. Run `gazeti manage update_index`.")
    else:
        yield Finding(
            "search", "ok", "Search finds the newest story." if newest else "There is no story to search yet."
        )


def _backup(*, now: datetime) -> Iterator[Finding]:
    """How old the last planned backup is, and whether the last try failed; nothing where none are planned or fail."""
    wanted, home = settings.GAZETI_BACKUPS, settings.GAZETI_HOME
    why = noted(home)
    if why:
        meant = "" if wanted.folder else f" If none are planned any more, remove {home / FAILED}."
        yield Finding("backup", "warn", f"The last planned backup failed. {why}{meant}")
    if wanted.folder:
        yield from _of_plan(Plan(home, wanted.folder, wanted.every, wanted.keep), now=now, is_failing=bool(why))


def _of_plan(plan: Plan, *, now: datetime, is_failing: bool) -> Iterator[Finding]:
    try:
        last = plan.last()
    except OSError as error:
        yield Finding("backup", "fail", f"The backups in {plan.folder} cannot be looked at: {error.strerror}.")
        return
    of = f"The last backup in {plan.folder} is of {timezone.localtime(last):%Y-%m-%d %H:%M}" if last else ""
    if not last and backups.state() == "late":
        sentence = f"There is no backup in {plan.folder}, and the first was due hours ago. The server's log tells why."
        yield Finding("backup", "fail", sentence)
    elif not last:
        yield Finding("backup", "warn", f"There is no backup in {plan.folder} yet. Is `gazeti serve` running?")
    elif now - last > plan.every + LATEST_BACKUP:
        often = str(plan.every).partition(",")[0]
        yield Finding("backup", "fail", f"{of}, and one is planned each {often}. The server's log tells why.")
    elif not is_failing:
        yield Finding("backup", "ok", f"{of}.")


def _server() -> Iterator[Finding]:
    if is_served(settings.GAZETI_HOME):
        yield Finding("server", "ok", "`gazeti serve` is running here.")
    else:
        yield Finding("server", "warn", "`gazeti serve` is not running on this machine. Start it to be read.")
