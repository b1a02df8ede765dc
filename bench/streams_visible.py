"""From the commit of an update to its receipt by who listens, in each of two workers, on SQLite and on PostgreSQL."""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.cores import NotMeasurable
from bench.figures import Part, Table
from bench.newsroom import WrongAnswer, settings_of
from bench.servers import HOST, in_service
from bench.streams import Publish, reporter
from bench.text import PageText
from bench.visible import WORKERS, workers_of
from tests.cli.processes import gazeti
from tests.live.press import press
from tests.services.postgresql import Missing, postgresql

UPDATES = 60
LISTENERS = 16
"""Streams in all: each worker takes some of them, which is looked up."""
EVERY, PATIENCE = 0.5, 10.0
PROMISED_MEDIAN = 150
"""Milliseconds (issue, step 5)."""


@dataclass
class Listener:
    """A stream, the worker that holds it, and when each update came."""

    wire: socket.socket
    worker: int = 0
    text: bytes = b""
    came: dict[int, int] = field(default_factory=dict)

    def hear(self) -> None:
        """Take in what came."""
        text = self.wire.recv(65_536)
        moment = time.monotonic_ns()
        if not text:
            raise WrongAnswer("a stream ended while it was measured")
        *whole, self.text = (self.text + text).split(b"\n\n")
        for event in whole:
            if b'"seq":' in event:
                self.came.setdefault(int(event.split(b'"seq":', 1)[1].split(b",", 1)[0]), moment)


def measure(_home: Path, _text: PageText, _addresses: Mapping[str, str]) -> Part:
    """Measure on both. Raises NotStarted, NotMeasurable, WrongAnswer."""
    found = {}
    for name, database in (("SQLite", None), ("PostgreSQL", postgresql)):
        with TemporaryDirectory(prefix="gazeti-bench-visible-") as folder, ExitStack() as stack:
            try:
                variables = {"DATABASE_URL": stack.enter_context(database())} if database else {}
            except Missing as error:
                raise NotMeasurable(str(error)) from error
            found[name] = measured(Path(folder) / "paper", variables)
    rows = [row(f"{name}, worker {at}", ms) for name, one in found.items() for at, ms in enumerate(one, start=1)]
    note = f"{UPDATES} updates to {LISTENERS} streams in {WORKERS} workers; promised: a median of {PROMISED_MEDIAN}."
    columns = ("database, worker", "median, ms", "95 % within", "worst")
    return Part([Table("From post to visible in a stream", columns, rows, note)], {"ms": found})


def row(name: str, ms: list[float]) -> tuple[object, ...]:
    """One worker in the table."""
    return name, round(median(ms), 1), round(quantiles(ms, n=20)[-1], 1), round(max(ms), 1)


def measured(home: Path, variables: dict[str, str]) -> list[list[float]]:
    """Milliseconds in each worker."""
    home.mkdir()
    (home / "gazeti.toml").touch()
    settings = settings_of(home) | variables
    shared = {"GAZETI_SECRET": settings["GAZETI_SECRET"], **variables}
    if gazeti("--home", home, "manage", "migrate", "--verbosity", "0", cwd=None, **shared).returncode:
        raise NotMeasurable("the newsroom's tables could not be made")
    with press(home, **shared) as begun:
        story, path = begun.story, begun.path
    with (
        in_service(settings, workers=WORKERS) as served,
        reporter(home, story, **variables) as post,
        listening(served.port, f"{path}stream/", workers_of(served)) as listeners,
    ):
        moments = dict(_posted(post, listeners))
    workers = sorted({one.worker for one in listeners})
    return [_waits([one for one in listeners if one.worker == worker], moments) for worker in workers]


def _waits(listeners: list[Listener], moments: Mapping[int, int]) -> list[float]:
    return [max(0, one.came[number] - at) / 1e6 for one in listeners for number, at in moments.items()]


def _posted(post: Publish, listeners: list[Listener]) -> Iterator[tuple[int, int]]:
    with selectors.DefaultSelector() as ready:
        for one in listeners:
            ready.register(one.wire, selectors.EVENT_READ, one)
        for _ in range(UPDATES):
            number, moment = post()
            _hear_all(ready, listeners, number)
            yield number, moment
            time.sleep(EVERY)


def _hear_all(ready: selectors.BaseSelector, listeners: list[Listener], number: int) -> None:
    end = time.monotonic() + PATIENCE
    while not all(number in one.came for one in listeners):
        if time.monotonic() > end:
            raise WrongAnswer(f"update {number} was not there after {PATIENCE:g} s")
        for key, _ in ready.select(timeout=0.1):
            key.data.hear()


@contextmanager
def listening(port: int, path: str, workers: list[int]) -> Iterator[list[Listener]]:
    """Open streams, and look up which worker has each. Raises NotMeasurable where one has none."""
    with ExitStack() as stack:
        listeners = []
        for _ in range(LISTENERS):
            wire = stack.enter_context(socket.create_connection((HOST, port), timeout=PATIENCE))
            wire.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            one = Listener(wire)
            while b"retry:" not in one.text:
                one.text += wire.recv(4096)
            listeners.append(one)
        owners = {inode: pid for pid in workers for inode in _sockets_of(pid)}
        for one in listeners:
            one.worker = owners[_inode(port, one.wire.getsockname()[1])]
        if {one.worker for one in listeners} != set(workers):
            raise NotMeasurable("one worker took all the streams; try again")
        yield listeners


def _sockets_of(pid: int) -> Iterator[str]:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        name = str(link.readlink()) if link.is_symlink() else ""
        if name.startswith("socket:["):
            yield name[8:-1]


def _inode(port: int, far: int) -> str:
    """The server's end of a connection, by both ports (proc(5), net/tcp)."""
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        words: list[Any] = line.split()
        if words[1].endswith(f":{port:04X}") and words[2].endswith(f":{far:04X}"):
            return str(words[9])
    raise NotMeasurable("the system does not tell which worker has a connection")
