"""Wake-ups between machines over Redis or Valkey, where the newsroom has one (REDIS_URL). They carry nothing.

Nobody waits for it, and nothing needs it: where it is down, followers find the entries by asking the database.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

CHANNEL = "gazeti-log"
PATIENCE = 1.0
"""Seconds in which it must take a connection or an order."""
PAUSE = 0.5
"""Seconds until one that failed is tried again."""
LISTENED = 1.0
"""Seconds of silence after which the listener looks whether it is still wanted."""


def address() -> str:
    """Where it is; empty if the newsroom has none."""
    return str(settings.REDIS_URL)


class Sender:
    """Tells the other machines, in a thread of its own: no commit waits for Redis. Many become one."""

    def __init__(self) -> None:
        """Begin without a thread."""
        self._is_due = threading.Event()
        self._known: tuple[str, Any] | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def send(self) -> None:
        """Let it be sent soon."""
        self._is_due.set()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log relay, sending", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._is_due.wait():
            self._is_due.clear()
            try:
                self._client().publish(CHANNEL, b"")
            except Exception as error:  # whatever Redis says, the log goes on
                logger.info("Redis took no wake-up: %s", error)
                time.sleep(PAUSE)

    def _client(self) -> Any:
        if self._known is None or self._known[0] != address():
            self._known = (address(), _client(address()))
        return self._known[1]


class Ear:
    """Rings whenever another machine has told, and whenever something may have been missed."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """Take what to call."""
        self._ring = ring
        self._is_stopping = False
        self._has_told = False
        self._thread = threading.Thread(target=self._run, name="log relay, listening", daemon=True)

    def start(self) -> None:
        """Start to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more, from a second on at the latest."""
        self._is_stopping = True

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                self._listen()
            except Exception as error:  # the same: without it everything arrives, only later
                level = logging.DEBUG if self._has_told else logging.WARNING
                logger.log(level, "Redis cannot be heard; the log is followed by the database alone: %s", error)
                self._has_told = True
                time.sleep(PAUSE)

    def _listen(self) -> None:
        with _client(address()) as client, client.pubsub(ignore_subscribe_messages=True) as heard:
            heard.subscribe(CHANNEL)
            self._has_told = False
            self._ring()
            while not self._is_stopping:
                if heard.get_message(timeout=LISTENED):
                    self._ring()


def _client(url: str) -> Any:
    """A client that gives up soon. The import is late: most newsrooms have none."""
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return Redis.from_url(
        url,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE + LISTENED,
        health_check_interval=5,
        retry=Retry(NoBackoff(), 0),
    )


_sender = Sender()


def send() -> None:
    """Tell the other machines that something was appended; nothing where there is no Redis."""
    if address():
        _sender.send()


def _forget() -> None:
    """A forked process has no thread of its parent's."""
    global _sender  # noqa: PLW0603 (one a process)
    _sender = Sender()


os.register_at_fork(after_in_child=_forget)
