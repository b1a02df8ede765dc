"""Work on a newsroom in a process of its own: `python -m tests.cli.clockwork VERB NUMBER …` in GAZETI_HOME.

`schedule` makes stories that are due soon; `kill` lets a clock be killed in the middle of a tick. Answers are JSON.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def schedule(*, good: int, bad: int, due: Callable[[], datetime]) -> list[int]:
    """Approve stories for a moment, the bad ones, not ready for it, among the good; return the ids of the good ones."""
    from wagtail.models import Revision

    from tests.newsroom import make_draft, make_section

    section, ready, revisions = make_section(), [], []
    each = (good + bad) // max(bad, 1)
    for number in range(good + bad):
        is_bad = number % each == 1 and number // each < bad
        story = make_draft(section, published_at=None, **({"body": []} if is_bad else {}))
        revisions.append(story.latest_revision_id)
        ready += [] if is_bad else [story.pk]
    at = due()
    for number, pk in enumerate(revisions):
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at + number * SECOND / 1000)
    return ready


class Trial:
    """One newsroom in which much is due, brought back before each kill."""

    def __init__(self, home: Path) -> None:
        """Lay everything that the clock does: a schedule, one that fails, an embargo, an expiry, an end of rights."""
        from django.db import connection
        from django.utils import timezone

        self.file, self.copy = home / "gazeti.db", home / "before.db"
        self.now = timezone.now()
        self.lay()
        connection.close()
        shutil.copyfile(self.file, self.copy)

    def lay(self) -> None:
        from wagtail.models import Page

        from gazeti.accounts.models import User
        from gazeti.media.models import Picture
        from gazeti.stories.models import Story
        from tests.media.pictures import ready
        from tests.newsroom import make_section, make_story

        User.objects.create_superuser(email="amina@paper.example", password="a-long-password")
        picture = ready(title="A bridge", description="Traders carry baskets", credit="Amina Farah")
        schedule(good=1, bad=1, due=lambda: self.now - MINUTE)
        held = make_story(make_section(), published_at=None, embargo_until=self.now + MINUTE, lead_picture=picture)
        Story.objects.filter(pk=held.pk).update(embargo_until=self.now - MINUTE)
        Page.objects.filter(pk=make_story(make_section()).pk).update(expire_at=self.now - MINUTE)
        Picture.objects.filter(pk=picture.pk).update(rights_end=self.now.date() - timedelta(days=2))

    def bring_back(self) -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.copy, self.file)

    def ticks(self, *, kill_at: int = 0) -> tuple[list[str], list[Any]]:
        """Let a clock tick, killed at a step if one is given; then another, until all is done. Return what is left."""
        self.bring_back()
        steps = in_a_process(lambda: self.counted(kill_at))
        return steps or [], in_a_process(self.finished) or []

    def finished(self) -> list[Any]:
        """Tick at once, and again after the first pause of what failed; return what is left."""
        self.tick(self.now)
        self.tick(self.now + MINUTE + SECOND)
        return facts()

    def counted(self, kill_at: int) -> list[str]:
        """Tick, and return the steps that it took."""
        from django.db import connection

        connection.ensure_connection()
        steps: list[str] = []

        def step(what: str) -> None:
            steps.append(what)
            if len(steps) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            step("statement")
            return execute(sql, *rest)

        commit = connection._commit

        def committing() -> None:
            step("commit")
            commit()
            step("committed")

        connection._commit = committing  # type: ignore[attr-defined]
        with connection.execute_wrapper(counting):
            self.tick(self.now)
        return steps

    def tick(self, moment: datetime) -> None:
        from gazeti.log import clock

        clock.tick(now=moment)


def facts() -> list[Any]:
    """Return everything that a clock leaves behind, but for the moments at which it did so."""
    from django_tasks_db.models import DBTaskResult
    from wagtail.models import Page, PageLogEntry, Revision

    from gazeti import log
    from gazeti.accounts.models import Letter
    from gazeti.log.models import Failure
    from gazeti.media.models import Picture

    state = ("pk", "live", "expired", "live_revision", "has_unpublished_changes")
    tasks = [[one.task_path, one.args_kwargs] for one in DBTaskResult.objects.all()]
    return [
        [[entry.position, entry.stream, entry.kind, entry.data] for entry in log.read(limit=10_000)],
        [list(row) for row in Page.objects.order_by("pk").values_list(*state)],
        [list(row) for row in Revision.objects.exclude(approved_go_live_at=None).values_list("pk").order_by("pk")],
        sorted(f"{page} {action}" for page, action in PageLogEntry.objects.values_list("page", "action")),
        [list(row) for row in Failure.objects.values_list("job", "key", "sentences", "tries", "resolved_at")],
        [list(row) for row in Picture.objects.values_list("pk", "rights_over")],
        sorted(f"{to} {subject}" for to, subject in Letter.objects.values_list("to", "subject")),
        sorted(map(json.dumps, tasks)),
    ]


def in_a_process(work: Callable[[], Any]) -> Any:
    """Do something in a fork of this process, and return what it returned; None if it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as answer:
            json.dump(work(), answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(pid, 0)
    return json.loads(said) if said else None


def kill(home: Path, *, stride: int) -> dict[str, Any]:
    """Kill at every commit and at each statement of a stride, each time on the same newsroom.

    Return how many steps and kills there were, and which of them left anything else than a tick that was not killed.
    """
    trial = Trial(home)
    steps, whole = trial.ticks()
    chosen = [at for at, what in enumerate(steps, start=1) if what != "statement" or at % stride == 0]
    wrong = []
    for at in chosen:
        _steps, left = trial.ticks(kill_at=at)
        if left != whole:
            differs = [[one, other] for one, other in zip(left, whole, strict=False) if one != other]
            wrong.append([at, steps[at - 1], differs])
    return {"steps": len(steps), "kills": len(chosen), "wrong": wrong, "whole": whole}


def main(verb: str, *numbers: str) -> None:
    """Do what was asked, and print the answer as JSON."""
    django.setup()
    from django.utils import timezone

    if verb == "schedule":
        seconds, good, bad = map(int, numbers)
        answer: Any = schedule(good=good, bad=bad, due=lambda: timezone.now() + seconds * SECOND)
    else:
        answer = kill(Path(os.environ["GAZETI_HOME"]), stride=int(numbers[0]))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
