"""What whoever watches is told of planned backups: whether the last try failed, and since when none was made.

They are made by `gazeti.cli.backup.planned`, which leaves two notes in the newsroom's folder.
"""

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

FAILED, MADE = ".gazeti-backup-failed", ".gazeti-backup-made"
"""In the newsroom: when and why the last try failed, absent once one was made; a file as old as the last that was."""
SLACK = timedelta(hours=2)
"""How long one may take or be tried again before it is late."""


def state() -> str:
    """The word "ok", "failing" or "late"; empty where none are planned and none failed."""
    plan = settings.GAZETI_BACKUPS
    if (Path(settings.GAZETI_HOME) / FAILED).exists():
        return "failing"
    if plan.folder is None:
        return ""
    return "late" if age() > (plan.every + SLACK).total_seconds() else "ok"


def age() -> float:
    """Seconds since the last planned backup was begun that was made; -1 if none ever was."""
    try:
        return max(0.0, time.time() - (Path(settings.GAZETI_HOME) / MADE).stat().st_mtime)
    except OSError:
        return -1.0
