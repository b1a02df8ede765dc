"""The ground that peers stand on: a folder outside of the project, where each is laid once and then only started."""

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from bench.servers import NotStarted
from bench.text import PageText

PLACE = "BENCH_PEERS_HOME"
"""Names the folder; without it, it is below the user's own cache."""
LAY_SECONDS = 900.0
WAIT_SECONDS = 120.0
"""A peer's first start makes its tables."""
LAID = "laid.json"


def ground(peer: str) -> Path:
    """The folder of one peer; nothing of it is in the project."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get(PLACE) or caches / "gazeti-bench-peers").resolve() / peer


def laid(folder: Path, text: PageText, lay: Callable[[], str]) -> str:
    """The story's path in a peer; it is laid anew unless it was laid whole with these very words. Raises NotStarted."""
    note = folder / LAID
    if note.exists():
        found = json.loads(note.read_text(encoding="utf-8"))
        if found["words"] == words(text):
            return str(found["path"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = lay()
    note.write_text(json.dumps({"words": words(text), "path": path}), encoding="utf-8")
    return path


def words(text: PageText) -> str:
    """A fingerprint of the words that are measured."""
    return hashlib.sha256(json.dumps(asdict(text)).encode()).hexdigest()


def done(command: list[str], *, folder: Path, says: str = "", variables: Mapping[str, str] | None = None) -> str:
    """Run a program that lays something, `says` on its standard input; what it printed. Raises NotStarted."""
    try:
        ended = subprocess.run(
            command, cwd=folder, input=says, env={**os.environ, **(variables or {})},
            capture_output=True, text=True, timeout=LAY_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotStarted(f"{Path(command[0]).name} did not end within {LAY_SECONDS:.0f} seconds") from error
    if ended.returncode:
        told = " ".join((ended.stderr or ended.stdout).split())[-300:]
        raise NotStarted(f"{Path(command[0]).name} ended with status {ended.returncode}: {told}")
    return ended.stdout


def wait_until(server: subprocess.Popen[bytes], answers: Callable[[], bool], *, name: str) -> None:
    """Wait until a server answers. Raises NotStarted."""
    end = time.monotonic() + WAIT_SECONDS
    while not answers():
        if server.poll() is not None:
            raise NotStarted(f"{name} ended with status {server.returncode}")
        if time.monotonic() > end:
            raise NotStarted(f"{name} did not answer within {WAIT_SECONDS:.0f} seconds")
        time.sleep(0.1)
