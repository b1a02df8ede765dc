"""Granian as `gazeti serve` runs it, or `gazeti serve` itself, on a free port, for as long as a part measures."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.text import ROOT

HOST = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 10.0


class NotStarted(Exception):
    """A server that ended, or did not answer, before it could be measured."""


@contextmanager
def serving(application: str, environment: Mapping[str, str], *, before: Sequence[str] = ()) -> Iterator[int]:
    """Serve an ASGI application, given as `module:name`; gives the port. Raises NotStarted.

    `before` stands before the command, such as to bind it to a core.
    """
    port = free_port()
    options = ["--interface", "asginl", "--host", HOST, "--port", str(port), "--workers", "1", "--no-ws"]
    command = [*before, sys.executable, "-m", "granian", *options, "--log-level", "error", application]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        wait_for(server, port, application)
        yield port
    finally:
        stopped(server)


@dataclass(frozen=True)
class Served:
    """A newsroom in service: its port, and its supervisor's process."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        """A page's whole address."""
        return f"http://{HOST}:{self.port}{path}"


@contextmanager
def in_service(environment: Mapping[str, str], *, workers: int, before: Sequence[str] = ()) -> Iterator[Served]:
    """Run `gazeti serve` on a newsroom: workers, background tasks and the clock, as newsrooms do. Raises NotStarted."""
    port = free_port()
    words = ["serve", "--port", str(port), "--workers", str(workers)]
    command = [*before, sys.executable, "-P", "-m", "gazeti", *words]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        wait_for(server, port, "gazeti serve", answers=_is_well)
        yield Served(port, server)
    finally:
        stopped(server)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def wait_for(
    server: subprocess.Popen[bytes], port: int, application: str, *, answers: Callable[[int], bool] | None = None
) -> None:
    """Wait until the server answers. Raises NotStarted."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise NotStarted(f"{application} ended with status {server.returncode}")
        if (answers or _answers)(port):
            return
        time.sleep(0.1)
    raise NotStarted(f"{application} did not answer within {START_SECONDS:.0f} seconds")


def _answers(port: int) -> bool:
    """Whether somebody listens: the kernel takes connections only once a worker does."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _is_well(port: int) -> bool:
    """Whether a newsroom says that it is well: its socket is bound long before a worker answers."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=START_SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def stopped(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and end it if it does not."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
