"""Readers on slow lines while all processes are replaced: whose connection was taken up is answered, by whoever did."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.processes import IDLE, PATIENCE, Server, serving, until

READERS = 12
LINE = 0.08
"""Seconds between a reader's connection and their request: what a line across a continent takes."""
ASKS = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Readers:
    """Each opens a connection, asks once on it, and begins anew."""

    def __init__(self, port: int) -> None:
        self.port, self.over = port, threading.Event()
        self.answered: list[bytes] = []
        self.broken: list[str] = []

    def read(self) -> None:
        while not self.over.is_set():
            try:
                self.ask()
            except OSError as error:
                self.broken.append(repr(error))

    def ask(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as line:
            IDLE.wait(LINE)
            line.sendall(ASKS)
            answer = b"".join(iter(lambda: line.recv(65_536), b""))
        said = answer.partition(b"\r\n")[0]
        (self.answered.append(said) if said else self.broken.append("no answer"))


@contextmanager
def reading(server: Server) -> Iterator[Readers]:
    """Let them read in the block."""
    found = Readers(server.port)
    threads = [threading.Thread(target=found.read, daemon=True) for _ in range(READERS)]
    for one in threads:
        one.start()
    try:
        yield found
    finally:
        found.over.set()
        for one in threads:
            one.join(PATIENCE)


def test_no_reader_whose_connection_was_taken_up_is_left_without_an_answer(paper: Path) -> None:
    with serving(paper, "--workers", "2") as server, reading(server) as readers:
        until(lambda: len(readers.answered) > READERS, "all read")
        os.kill(server.process.pid, signal.SIGHUP)
        until(lambda: "All processes have been replaced" in server.said(), "all are replaced")
        before = len(readers.answered)
        until(lambda: len(readers.answered) > before + READERS, "all read on")
    assert readers.broken == []
    assert set(readers.answered) == {b"HTTP/1.1 200 OK"}
