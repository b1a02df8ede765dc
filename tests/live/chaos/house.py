"""The newsroom that is harmed: served, its workers and the whole server killed as by `kill -9`, and served again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.processes import Server, environment, serving, until
from tests.conventions.tree import ROOT
from tests.forkserver.plugin import for_real

WORKERS = "2"
SKEWED = Path(__file__).parent / "skewed"
"""Holds a sitecustomize.py that puts a process's clock off."""


@dataclass
class House:
    """A newsroom with one coverage, and whoever serves it now."""

    home: Path
    story: int
    path: str
    tokens: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    server: Server | None = None
    stack: ExitStack = field(default_factory=ExitStack)
    kills: int = 0

    @property
    def port(self) -> int:
        """Where it is served now, or was last."""
        assert self.server
        return self.server.port

    def serve(self, *, skew: float = 0.0) -> None:
        """Start a server, whose clock is so many seconds off."""
        clock = {"CHAOS_SKEW": str(skew), "PYTHONPATH": os.pathsep.join([str(SKEWED), str(ROOT)])} if skew else {}
        # A fork of a Python that runs already would have the right time.
        with for_real() if skew else nullcontext():
            self.server = self.stack.enter_context(serving(self.home, "--workers", WORKERS, **self.variables, **clock))

    def kill_worker(self) -> None:
        """Kill one of the workers; the server starts another by itself."""
        assert self.server
        workers = self.server.children("web")
        if workers:
            kill(workers[0])
            self.kills += 1

    def kill_server(self) -> None:
        """Kill every process of the server at once."""
        server = self.server
        assert server
        kill(server.process.pid, *server.children())
        server.process.wait(30)
        until(lambda: server.left() == [], "no process is left")
        self.stack.close()
        self.kills += 1

    def truth(self) -> dict[str, Any]:
        """How the coverage stands by its tables."""
        return told(self.home, "truth", self.story, **self.variables)


def kill(*pids: int) -> None:
    """End processes at once, whatever they do."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def told(home: Path, *words: object, **variables: str) -> dict[str, Any]:
    """What the newsroom's side says."""
    found = environment(
        GAZETI_HOME=str(home), DJANGO_SETTINGS_MODULE="gazeti.config.settings", PYTHONPATH=str(ROOT), **variables
    )
    command = [sys.executable, "-m", "tests.live.chaos.newsroom", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=found, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@contextmanager
def house(home: Path, **variables: str) -> Iterator[House]:
    """A newsroom with an open coverage, served until the end of the block."""
    variables = {"GAZETI_SECOND_FACTOR": "false", **variables}
    laid = told(home, "lay", **variables)
    found = House(home, laid["story"], laid["path"], laid["tokens"], variables)
    found.serve()
    try:
        yield found
    finally:
        found.stack.close()
