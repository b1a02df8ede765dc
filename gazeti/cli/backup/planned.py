"""Backups that are made by themselves, every so often, the newest few kept. Loads no Django: it waits most of its life.

Each is made by the verb in a process of its own; what failed is written down for `gazeti doctor`, and tried again.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

import click

from gazeti.cli.backup.places import clear_parts
from gazeti.cli.backup.sealed import begins_as_backup
from gazeti.edge.backups import FAILED, FIRST, MADE

STAMP = "%Y%m%dT%H%M%SZ"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
LONGEST_WAIT = timedelta(minutes=1)
"""Between two looks at the clock, which may be set meanwhile."""
NICE = 10
"""Readers come first: how far whoever runs a plan stands back (nice)."""
LOOK = 0.2
"""Seconds between two looks at a backup that is being made."""
Wait = Callable[[float], bool]
"""Waits so many seconds at most; whether it was told to stop."""


class Plan(NamedTuple):
    """Which newsroom, where to, how often, how many are kept."""

    home: Path
    folder: Path
    every: timedelta
    keep: int
    options: Sequence[str] = ()

    def made(self) -> list[Path]:
        """The backups that this plan made, the oldest first."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted((path for path in there if self.is_ours(path)), key=lambda path: path.name)

    def is_ours(self, path: Path) -> bool:
        """Whether a file has a name that a plan for this newsroom gives, and begins as a backup does."""
        if not re.fullmatch(rf"{re.escape(self.home.name)}-\d{{8}}T\d{{6}}Z\.tar", path.name) or not path.is_file():
            return False
        try:
            with path.open("rb") as file:
                return begins_as_backup(file)
        except OSError:  # gone meanwhile, or not to be read: nothing that we may delete
            return False

    def name_at(self, now: datetime) -> Path:
        """The file of the backup that is made now."""
        return self.folder / f"{self.home.name}-{now.astimezone(UTC):{STAMP}}.tar"

    def last(self) -> datetime | None:
        """When the newest was begun."""
        made = self.made()
        stamp = made[-1].stem.rpartition("-")[2] if made else ""
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC) if made else None

    def due(self, *, now: datetime) -> datetime:
        """When the next is to be made; now where there is none, or where the newest is of the future."""
        last = self.last()
        return now if last is None or last > now else last + self.every


def run(plan: Plan, *, wait: Wait) -> None:
    """Make a backup whenever one is due, until told to stop."""
    with suppress(OSError):  # a folder that is away now may be there when a backup is due
        clear_parts(plan.folder)
    note_first(plan, now=datetime.now(UTC))
    tries, again = 0, datetime.now(UTC)
    while not _told_before_due(plan, not_before=again, wait=wait):
        began = datetime.now(UTC)
        done = make(plan, now=began, wait=wait)
        if done is None:
            return
        tries = 0 if done else tries + 1
        # Also where what was made cannot be seen afterwards, none follows at once.
        again = began + plan.every if done else datetime.now(UTC) + pause_after(tries, every=plan.every)


def _told_before_due(plan: Plan, *, not_before: datetime, wait: Wait) -> bool:
    """Wait until the next is due; whether we were told to stop before that."""
    while True:
        now = datetime.now(UTC)
        left = max(not_before, _due(plan, now=now)) - now
        if left <= timedelta(0):
            return False
        if wait(min(left, LONGEST_WAIT).total_seconds()):
            return True


def _due(plan: Plan, *, now: datetime) -> datetime:
    """When the next is due; now where the folder cannot be read, so that making one fails and is told."""
    try:
        return plan.due(now=now)
    except OSError:
        return now


def pause_after(tries: int, *, every: timedelta) -> timedelta:
    """How long to wait after so many failures: a minute, then twice as long each time, an hour at most."""
    return min(every, LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 10))


def make(plan: Plan, *, now: datetime, wait: Wait) -> bool | None:
    """Make one, drop what is too old, and write down whether it went well; None if told to stop meanwhile."""
    why = _made(plan, plan.name_at(now), wait=wait)
    if why is None:
        return None
    if why:
        click.echo(f"gazeti: The planned backup was not made. {why}", err=True)
    with suppress(OSError):  # a disk that is full: it was told on standard error all the same
        note(plan.home, why, now=now)
    if not why:
        _drop_old_or_tell(plan, now=now)
    return not why


def _drop_old_or_tell(plan: Plan, *, now: datetime) -> None:
    """Old ones that stay would fill the disk: that too is written down."""
    try:
        drop_old(plan)
    except OSError as error:
        why = f"One was made, but older ones cannot be removed from {plan.folder}: {error.strerror}."
        click.echo(f"gazeti: {why}", err=True)
        with suppress(OSError):
            note(plan.home, why, now=now)


def _made(plan: Plan, path: Path, *, wait: Wait) -> str | None:
    """Why it could not be made, in its own words; empty if it was, None if told to stop."""
    try:
        plan.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return f"{plan.folder} cannot be used: {error.strerror}."
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        return _ended(_begun(plan, path, said=said), said=said, wait=wait)


def _ended(process: subprocess.Popen[bytes], *, said: IO[str], wait: Wait) -> str | None:
    while process.poll() is None:
        if wait(LOOK):
            process.terminate()
            process.wait()
            return None
    return "" if process.returncode == 0 else _last_line(said)


def _begun(plan: Plan, path: Path, *, said: IO[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "gazeti", "--home", str(plan.home), "backup", *plan.options, str(path)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)


def _last_line(said: IO[str]) -> str:
    """The sentence with which a verb ends."""
    said.seek(0)
    lines = said.read().splitlines() or ["It gave no reason."]
    return lines[-1].removeprefix("gazeti: ")


def drop_old(plan: Plan) -> None:
    """Keep the newest so many that this plan made; the one just made is always among them."""
    for path in plan.made()[: -max(1, plan.keep)]:
        path.unlink(missing_ok=True)


def note(home: Path, why: str, *, now: datetime) -> None:
    """Write down why a backup failed, or that none fails."""
    if why:
        (home / FAILED).write_text(f"{now:%Y-%m-%d %H:%M} UTC: {why}\n", encoding="utf-8")
    else:
        (home / FAILED).unlink(missing_ok=True)
        _note_time(home / MADE, now)
        (home / FIRST).unlink(missing_ok=True)


def note_first(plan: Plan, *, now: datetime) -> None:
    """Write down when the first is due, so that one which never ends is late some time; not anew at each start."""
    with suppress(OSError):
        if not (plan.home / MADE).exists() and not (plan.home / FIRST).exists():
            _note_time(plan.home / FIRST, _due(plan, now=now))


def _note_time(path: Path, moment: datetime) -> None:
    path.touch(mode=0o600)
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def noted(home: Path) -> str:
    """What was written down; empty if none fails."""
    try:
        return (home / FAILED).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
