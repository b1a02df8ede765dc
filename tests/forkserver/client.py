"""Stands in `subprocess`, for pytest's processes and for those that were forked: what is ours is forked, not loaded."""

import ctypes
import os
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.forkserver.start import SERVER, Start, wanted

ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): whatever of our descendants loses its parent becomes our child."""
TITLE = 4000
"""Bytes in which a fork may write its own command, for `ps` and for tests that look for it."""
started_for_real: Callable[..., int] = subprocess._fork_exec  # type: ignore[attr-defined]


@dataclass
class Servers:
    """The servers of this process, one for each kind of database, started when first needed; they end with it."""

    asker: int = 0
    lines: dict[str, socket.socket] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fork(self, start: Start) -> int:
        """Let one start a process, and return its number: it is our child."""
        with self.lock:
            line = self._connected(start.database)
            _adopt(1)
            try:
                socket.send_fds(line, [start.to_bytes()], start.given)
                answer = line.recv(32)
            finally:
                _adopt(0)
        if not answer:
            raise RuntimeError("The server of tests/forkserver has ended.")
        return int(answer)

    def _connected(self, database: str) -> socket.socket:
        if self.asker != os.getpid():
            self.asker, self.lines = os.getpid(), {}
        if database not in self.lines:
            self.lines[database] = _serve(database)
        return self.lines[database]


def stand_in(fork: Callable[[Start], int], *, unless: Callable[[], bool]) -> None:
    """Let `subprocess` fork what is ours, unless it shall be started for real."""

    def start(*call: Any) -> int:
        asked = wanted(call)
        return started_for_real(*call) if asked is None or unless() else fork(asked)

    subprocess._fork_exec = start  # type: ignore[attr-defined]


def fork_here(start: Start, become: Callable[[Start], NoReturn]) -> int:
    """Fork this process; what it has not written yet is written once."""
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Other threads of it wait for processes and hold no lock that a child would need.
        warnings.simplefilter("ignore", DeprecationWarning)
        number = os.fork()
    if not number:
        become(start)
    return number


def _serve(database: str) -> socket.socket:
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-P", "-m", SERVER, str(its.fileno()), database, "-" * TITLE]
    with its:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[its.fileno()], start_new_session=True)
    return ours


def _adopt(whether: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(ADOPT, whether, 0, 0, 0)
