"""What whoever watches is told of planned backups: whether the last try failed, and since when none was made.

They are made by `gazeti.cli.backup.planned`, which leaves notes in the newsroom's folder.
"""

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

FAILED, MADE, FIRST = ".gazeti-backup-failed", ".gazeti-backup-made", ".gazeti-backup-first"
"""In the newsroom: when and why the last try failed, absent once one was made; a file as old as the last that was; one
as old as the time when the first was due, absent once there was one."""
SLACK = timedelta(hours=2)
"""How long one may take or be tried again before it is late."""


def state() -> str:
    """The word "ok", "failing" or "late"; empty where none are planned and none failed."""
    plan = settings.GAZETI_BACKUPS
    if (Path(settings.GAZETI_HOME) / FAILED).exists():
        return "failing"
    if plan.folder is None:
        return ""
    made = _since(MADE)
    is_late = _since(FIRST) > SLACK.total_seconds() if made < 0 else made > (plan.every + SLACK).total_seconds()
    return "late" if is_late else "ok"


def age() -> float:
    """Seconds since the last planned backup was begun that was made; while there is none, since the first was due.

    -1 where no plan was begun yet.
    """
    made = _since(MADE)
    return made if made >= 0 else _since(FIRST)


def _since(name: str) -> float:
    """Seconds since the time that a note in the newsroom holds; -1 where there is none."""
    try:
        return max(0.0, time.time() - (Path(settings.GAZETI_HOME) / name).stat().st_mtime)
    except OSError:
        return -1.0
