"""Granian as `gazeti serve` runs it, one worker, on a free port of this machine, for as long as a part measures."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.text import ROOT

HOST = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 10.0


class NotStarted(Exception):
    """A server that ended, or did not answer, before it could be measured."""


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve an ASGI application, given as `module:name`; gives the port. Raises NotStarted."""
    port = free_port()
    options = ["--interface", "asginl", "--host", HOST, "--port", str(port), "--workers", "1", "--no-ws"]
    command = [sys.executable, "-m", "granian", *options, "--log-level", "error", application]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait(server, port, application)
        yield port
    finally:
        _stop(server)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, application: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise NotStarted(f"{application} ended with status {server.returncode}")
        if _answers(port):
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


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
