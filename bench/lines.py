"""Keep-alive connections to a served newsroom, and which worker holds each: the kernel is asked, not the program.

A connection stays with the worker that took it, so asking on it is asking that worker.
"""

import re
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.servers import HOST

PROC = Path("/proc")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ESTABLISHED = "01"
"""The state of a TCP connection in proc(5), net/tcp."""


class Broken(Exception):
    """A connection that ended before its answer did."""


@dataclass(frozen=True)
class Reply:
    """An answer as it came, and the monotonic second of its first byte."""

    status: int
    head: bytes
    body: bytes
    at: float


@dataclass
class Line:
    """One connection. `ask` and `hear` in turns; `hear` may be called whenever its socket is readable."""

    port: int
    name: str = "localhost"
    asked: int = 0
    received: bytes = b""
    first: float = 0.0
    wire: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.wire = socket.create_connection((HOST, self.port), timeout=30)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def own_port(self) -> int:
        """Our end's port, by which the kernel names the connection."""
        return int(self.wire.getsockname()[1])

    def ask(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> None:
        """Send a request; its answer is still to be heard."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.name}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.send("\r\n".join([*lines, "", ""]).encode())

    def send(self, request: bytes) -> None:
        """Send a whole request as it is."""
        self.received, self.first, self.asked = b"", 0.0, self.asked + 1
        self.wire.sendall(request)

    def hear(self, *, has_body: bool = True) -> Reply | None:
        """Take in what has come; the reply once it is whole. Raises Broken."""
        try:
            part = self.wire.recv(262_144)
        except (ConnectionError, TimeoutError) as error:
            raise Broken(str(error)) from error
        if not part:
            raise Broken(f"the connection ended after {len(self.received)} bytes of an answer")
        self.first = self.first or time.monotonic()
        self.received += part
        return self._whole(has_body=has_body)

    def tell(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Reply:
        """Ask, and wait for the whole reply. Raises Broken."""
        self.ask(path, method=method, headers=headers)
        while (reply := self.hear(has_body=method != "HEAD")) is None:
            pass
        return reply

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError):
            self.wire.close()

    def _whole(self, *, has_body: bool) -> Reply | None:
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        status, length = int(head[9:12]), LENGTH.search(head)
        wanted = int(length[1]) if length and has_body and status != 304 else 0
        if len(body) > wanted:
            raise Broken(f"{len(body) - wanted} bytes more came than the answer has")
        return Reply(status, head, body, self.first) if len(body) == wanted else None


def holders(port: int, pids: Iterable[int]) -> dict[int, int]:
    """The process that holds each connection to a port of loopback, by the port of the connection's other end."""
    sockets = dict(_connections(port))
    return {sockets[inode]: pid for pid in pids for inode in _sockets_of(pid) if inode in sockets}


def _connections(port: int) -> Iterator[tuple[str, int]]:
    """The socket's inode at the server, and the client's port (proc(5), net/tcp)."""
    for line in (PROC / "net" / "tcp").read_text(encoding="ascii").splitlines()[1:]:
        _number, ours, theirs, state, *rest = line.split()
        if state == ESTABLISHED and int(ours.rpartition(":")[2], 16) == port:
            yield rest[5], int(theirs.rpartition(":")[2], 16)


def _sockets_of(pid: int) -> Iterator[str]:
    try:
        links = list((PROC / str(pid) / "fd").iterdir())
    except OSError:
        return
    for link in links:
        with suppress(OSError):
            target = str(link.readlink())
            if target.startswith("socket:["):
                yield target[8:-1]


def one_for_each(port: int, pids: Iterable[int], *, count: int, tries: int = 40) -> dict[int, list[Line]]:
    """So many connections to each worker. Raises Broken where the kernel gives one worker none for long."""
    found: dict[int, list[Line]] = {pid: [] for pid in pids}
    for _ in range(tries):
        missing = [pid for pid, lines in found.items() if len(lines) < count]
        if not missing:
            return found
        _share_out(_asked(port, 2 * count * len(found)), found, port=port, count=count)
    raise Broken(f"after {tries} tries some of the workers {list(found)} took no connection")


def _asked(port: int, number: int) -> list[Line]:
    """So many connections that somebody has taken: each has been answered once."""
    fresh = [Line(port) for _ in range(number)]
    for line in fresh:
        line.ask("/healthz")
    for line in fresh:
        while line.hear() is None:
            pass
    return fresh


def _share_out(fresh: list[Line], found: dict[int, list[Line]], *, port: int, count: int) -> None:
    held = holders(port, found)
    for line in fresh:
        mine = found.get(held.get(line.own_port, 0))
        if mine is not None and len(mine) < count:
            mine.append(line)
        else:
            line.close()
