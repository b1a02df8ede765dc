"""One process of Granian's server on a socket that is already bound.

All workers take connections from that one socket, so a connection that waits survives the death of a worker.
"""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.net import SocketHolder

BACKLOG = 1024
"""Connections that may wait to be taken up."""
MOST_FILES = 65_536
"""Open files that a worker asks the system for, of which a connection is one."""
OWN_FILES = 100
"""The worker's own, at least: databases, logs, pages that it reads."""
STOP = (signal.SIGTERM, signal.SIGINT)
LEAVE = signal.SIGUSR1
"""Told to a worker that is replaced: let nobody else in, and stop a little later."""
LAST_WORDS = 2.0
"""Seconds that whoever was let in last has to ask: a worker that stops closes connections on which nothing was asked
yet, and a browser does not ask once more on a new one (RFC 9112, 9.6).
"""


class WebProcess(Granian):
    """Granian's worker, run in this process instead of one that it starts: the supervisor is ours."""

    def __init__(self, descriptor: int, *, access_log: bool) -> None:
        """Take over the descriptor of a listening socket."""
        super().__init__(
            "gazeti.config.asgi:application",
            interface=Interfaces.ASGINL,
            runtime_mode=RuntimeModes.mt,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            # By itself Granian takes up as many as may wait, and every open stream is one.
            backpressure=connections(),
            log_enabled=False,
            log_access=access_log,
        )
        self._descriptor = descriptor

    def run(
        self, application: Callable[..., Any], *, when_ready: Callable[[], None], when_told: Callable[[], None]
    ) -> None:
        """Answer until SIGTERM or SIGINT, or for a little longer after `LEAVE`; requests that are open are answered to
        their end.

        `when_told` is called then, in the event loop, to end those that have no end.
        """
        self._init_shared_socket()
        self._ipc = {0: (None, None)}

        def loaded() -> Callable[..., Any]:
            loop = asyncio.get_event_loop()
            loop.call_soon(_hear, loop, when_told, self._descriptor)
            when_ready()
            return application

        worker = self._spawn_worker(idx=0, target=self._spawn_asgi_worker, callback_loader=loaded)
        worker.inner.run()

    def _init_shared_socket(self) -> None:
        os.set_blocking(self._descriptor, False)
        is_unix = False
        self._ssp, self._shd, self._sso = None, SocketHolder(self._descriptor, is_unix, BACKLOG), None


def connections() -> int:
    """How many connections fit into the system's limit of open files, raised as far as this process may."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    if files != resource.RLIM_INFINITY and files < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return max(wanted - OWN_FILES, wanted // 2)


def _hear(loop: asyncio.AbstractEventLoop, when_told: Callable[[], None], door: int) -> None:
    """Be told of a signal beside the loop's own handler, which is Granian's: that is told by the loop's wake-up file
    descriptor, whatever Python's handler is. Called once the loop runs, since the loop sets one that does nothing.
    """
    for number in STOP:
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(when_told))
    signal.signal(LEAVE, lambda *_: loop.call_soon_threadsafe(_leave, loop, door))


def _leave(loop: asyncio.AbstractEventLoop, door: int) -> None:
    """Take up no connection any more, and stop once those that were taken up have had time to ask.

    Granian cannot be told the first without the second. So its descriptors of the socket become those of another, to
    which nobody comes; the socket itself stays open, in the processes that take from it now.
    """
    with socket.create_server(("127.0.0.1", 0)) as deserted:
        os.set_blocking(deserted.fileno(), False)
        for descriptor in list(_descriptors_like(door)):
            os.dup2(deserted.fileno(), descriptor, inheritable=False)
    loop.call_later(LAST_WORDS, os.kill, os.getpid(), signal.SIGTERM)


def _descriptors_like(door: int) -> Iterator[int]:
    """All of this process that stand for the same socket."""
    wanted = os.fstat(door)
    for one in Path("/dev/fd").iterdir():
        # The listing's own is closed by now.
        with suppress(OSError):
            if os.path.samestat(os.fstat(int(one.name)), wanted):
                yield int(one.name)
