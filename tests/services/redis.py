"""A throw-away Redis or Valkey on loopback that keeps nothing on disk: Debian's package `redis-server`.

It can be stopped and started again at the same port, as it is when somebody restarts it.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import redis as client

from tests.services.postgresql import Missing, free_port

PROGRAMS = ("redis-server", "valkey-server")
PATIENCE = 30.0


def program() -> str:
    """Return the server's program; raises `Missing` if there is none."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise Missing("no Redis server found")
    return found


@dataclass
class Server:
    """A server that was started; `url` stays the same when it is started again."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([program(), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, "the Redis server ended at once"
            assert time.monotonic() < end, "the Redis server does not answer"

    def stop(self) -> None:
        """Kill it: whatever it held is gone."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def answers(self) -> bool:
        """Say whether it answers now; a connection that is refused is asked for again after a moment."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.05) as door:
                door.sendall(b"PING\r\n")
                return door.recv(5) == b"+PONG"
        except OSError:
            return False

    def talk(self) -> Any:
        """Return a client of it."""
        return client.Redis.from_url(self.url)


@contextmanager
def redis() -> Iterator[Server]:
    """Run a server for as long as the block lasts. Raises `Missing` where the machine has none."""
    server = Server(free_port())
    try:
        server.start()
        yield server
    finally:
        server.stop()
