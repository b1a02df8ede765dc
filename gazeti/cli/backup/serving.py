"""The drill's server: our own workers on a free port of loopback, without clock, background tasks or backups."""

import os
import select
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from gazeti.cli.failures import Failure
from gazeti.cli.serve import BACKLOG, child, default_workers

READY_WITHIN = 120.0
GRACE = 10.0
MOST_WORKERS = 2
FAILED = "The restored newsroom does not start. What it said stands above."


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[int]:
    """Bring the newsroom of this environment up to date, and serve it on the port that is given. Raises Failure."""
    if subprocess.run(
        child("prepare"), env=environment, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ).returncode:
        raise Failure(FAILED)
    life, our_end = os.pipe()
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as door, ExitStack() as running:
        # However we end, our end closes, and the workers end.
        running.callback(os.close, life)
        running.callback(os.close, our_end)
        for _ in range(min(MOST_WORKERS, default_workers())):
            running.enter_context(_worker(door, life=life, environment=environment))
        yield int(door.getsockname()[1])


@contextmanager
def _worker(door: socket.socket, *, life: int, environment: Mapping[str, str]) -> Iterator[None]:
    reading, writing = os.pipe()
    words = (f"--socket={door.fileno()}", f"--life={life}", f"--ready={writing}")
    process = subprocess.Popen(
        child("web", *words),
        env=environment,
        pass_fds=(door.fileno(), life, writing),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as ready:
            is_told = bool(select.select([ready], [], [], READY_WITHIN)[0]) and bool(ready.read(1))
        if not is_told:
            raise Failure(FAILED)
        yield
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
