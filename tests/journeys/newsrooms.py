"""Newsrooms in folders of their own, made and served by the command `gazeti` as an operator does it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import ROOT

GAZETI = (sys.executable, "-m", "gazeti")
ENDED_WITHIN = 20
"""Seconds in which `gazeti serve` ends after SIGTERM."""


def environment(home: Path) -> dict[str, str]:
    """The variables of a process that works on this newsroom: none of the tests' own, and strict about cache tags."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("GAZETI_")}
    theirs.pop("DATABASE_URL", None)
    return {
        **theirs,
        "GAZETI_HOME": str(home),
        "GAZETI_STRICT": "1",
        "GAZETI_SECOND_FACTOR": "false",
        "DJANGO_SETTINGS_MODULE": "gazeti.config.settings",
    }


def ran(*command: str, home: Path) -> str:
    """What a command prints, run to its end on a newsroom. Fails with what it told of its failure."""
    done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def gazeti(home: Path, *words: str) -> str:
    """What `gazeti --home HOME …` prints."""
    return ran(*GAZETI, "--home", str(home), *words, home=home)


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by the first process that asks for it; others wait, then find it whole."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = folder.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            make(begun)
            begun.rename(folder)
    return folder


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a newsroom by `gazeti serve` on a free port; its address, without a slash at its end."""
    port = free_port()
    command = [*GAZETI, "--home", str(home), "serve", "--port", str(port), "--workers", "1"]
    told = home.with_suffix(".log")
    with (
        told.open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        assert server.stdout is not None
        ready = any("Gazeti answers at" in line for line in iter(server.stdout.readline, ""))
        assert ready, f"{home} is not served: {told.read_text()}"
        try:
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(ENDED_WITHIN)


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
