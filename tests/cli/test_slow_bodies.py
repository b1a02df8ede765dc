"""A body that comes a byte at a time holds a real server's connection for so long and no longer."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.processes import PATIENCE, environment, until

IMPATIENT = """
from gazeti.cli.home import set_up
set_up()
from gazeti.edge import bodies
bodies.GRACE, bodies.SLOWEST = 0.5, 20
from gazeti.cli.children import main
main()
"""
"""The program of a worker, in which a body may take half a second and a second more for each twenty bytes."""
HEAD = b"POST /desk/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400\r\n\r\n"


@pytest.fixture(scope="module")
def door(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a worker that is so impatient."""
    paper = shutil.copytree(made / "paper", tmp_path_factory.mktemp("impatient") / "paper")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reading, ready = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-c", IMPATIENT, "web", f"--socket={listening.fileno()}", f"--ready={ready}"],
            env=environment(GAZETI_HOME=str(paper)),
            pass_fds=[listening.fileno(), ready],
        )
        os.close(ready)
        try:
            until(lambda: os.read(reading, 1) == b"1" or process.poll() is not None, "it answers")
            assert process.poll() is None
            yield int(listening.getsockname()[1])
        finally:
            os.close(reading)
            process.terminate()
            process.wait(PATIENCE)


def trickle(connection: socket.socket) -> bytes:
    """Send a byte now and then until something is answered; return all of it, to the end of the connection."""
    end = time.monotonic() + PATIENCE
    connection.settimeout(0.1)
    while time.monotonic() < end:
        connection.sendall(b"x")
        try:
            answer = connection.recv(10_000)
            break
        except TimeoutError:
            continue
    connection.settimeout(PATIENCE)
    with suppress(ConnectionResetError):  # closed before it had read the last byte of ours
        while more := connection.recv(10_000):
            answer += more
    return answer


def test_it_is_answered_408_and_the_connection_is_closed(door: int) -> None:
    with socket.create_connection(("127.0.0.1", door), timeout=PATIENCE) as connection:
        connection.sendall(HEAD)
        head, _, body = trickle(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in head.lower()
    assert body == b"What was sent came too slowly. Send it once more, or a smaller file or text.\n"


def test_one_that_came_well_so_far_is_waited_for(door: int) -> None:
    with socket.create_connection(("127.0.0.1", door), timeout=PATIENCE) as connection:
        connection.sendall(HEAD + b"x" * 399)
        time.sleep(1.0)
        connection.sendall(b"x")
        assert connection.recv(10_000).startswith(b"HTTP/1.1 403 "), "no form of ours: its token is missing"
