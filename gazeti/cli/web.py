"""One process of Granian's server on a socket that is already bound.

All workers take connections from that one socket, so a connection that waits survives the death of a worker.
"""

import os
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.net import SocketHolder

BACKLOG = 1024
"""Connections that may wait to be taken up."""


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
            log_enabled=False,
            log_access=access_log,
        )
        self._descriptor = descriptor

    def run(self, application: Callable[..., Any], *, when_ready: Callable[[], None]) -> None:
        """Answer until SIGTERM or SIGINT; requests that are open are answered to their end."""
        self._init_shared_socket()
        self._ipc = {0: (None, None)}

        def loaded() -> Callable[..., Any]:
            when_ready()
            return application

        worker = self._spawn_worker(idx=0, target=self._spawn_asgi_worker, callback_loader=loaded)
        worker.inner.run()

    def _init_shared_socket(self) -> None:
        os.set_blocking(self._descriptor, False)
        is_unix = False
        self._ssp, self._shd, self._sso = None, SocketHolder(self._descriptor, is_unix, BACKLOG), None
