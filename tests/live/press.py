"""A reporter's process on GAZETI_HOME: it opens a coverage, then does what each line says; answers are JSON lines.

`post TIMES BYTES` posts so many updates of so many letters, `retract NUMBER` takes one back, `withdraw` the story;
`fill` and `much` are those of `happening`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from tests.cli.processes import environment

LETTERS = "market ድልድይ ወንዝ ትምህርት ቤት "
"""Amharic takes three bytes a letter, and so more than a connection holds."""


class Press:
    """The process, as a test uses it. `path` is the coverage's address, `head` the number of its last event."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        begun = self._told()
        self.story, self.path, self.head = begun["story"], begun["path"], begun["head"]

    def do(self, *words: object) -> int:
        """Do something; the number of the last event after it."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        self.head = self._told()["head"]
        return int(self.head)

    def _told(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def press(home: Path, **variables: str) -> Iterator[Press]:
    """Run it for a newsroom until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.live.press"],
        env=environment(GAZETI_HOME=str(home), DJANGO_SETTINGS_MODULE="gazeti.config.settings", **variables),
        cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Press(process)
    finally:
        process.kill()
        process.communicate()


def main() -> None:
    """Open the coverage, and do as told."""
    django.setup()
    from gazeti.live.models import Coverage
    from tests.live.covering import make_coverage
    from tests.newsroom import make_section

    coverage = make_coverage(make_section(title="Harbour"), slug="harbour-live")
    say({"story": coverage.pk, "path": coverage.story.address, "head": coverage.head})
    for line in sys.stdin:
        act(coverage, *line.split())
        say({"head": Coverage.objects.get(pk=coverage.pk).head})


def act(coverage: Any, what: str, *facts: str) -> None:
    """Do one thing."""
    from gazeti.live.actions import retract_update
    from gazeti.stories.actions import withdraw_story
    from tests.live.covering import make_update
    from tests.live.happening import fill, much_happens
    from tests.newsroom import NOW

    if what == "post":
        times, size = map(int, facts)
        for _ in range(times):
            make_update(coverage, (LETTERS * (size // len(LETTERS) + 1))[:size])
    elif what in ("fill", "much"):
        (fill if what == "fill" else much_happens)(coverage)
    elif what == "retract":
        retract_update(coverage.pk, number=int(facts[0]), now=NOW)
    else:
        withdraw_story(coverage.story, note="It was not so.", now=NOW)


def say(facts: dict[str, Any]) -> None:
    """Write a line."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
