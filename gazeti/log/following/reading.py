"""The reader: the one thread of a process that reads the log and hands it to whoever listens, in order and once.

It never gives up: a database that does not answer is asked again until it does.
"""

import logging
import os
import threading
import time

from django.db import connection

from gazeti.log import bell, relay
from gazeti.log.following.listening import Callback, Listener
from gazeti.log.following.watching import watch
from gazeti.log.ledger import head, since

logger = logging.getLogger(__name__)

POLL = 1.0
"""Seconds after which the log is read though nobody said that there is something new."""
PAUSE = 0.2
"""Seconds until a database that failed is asked again."""
SILENT = 2.5
"""Seconds without an answer after which the database counts as silent: it is asked each second."""
PAGE = 1000
GATHERED = 0.02
"""Seconds between two readings: what is committed meanwhile is read together."""


class Reader:
    """Follows the log from the moment it starts, in a thread with a database connection of its own."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._bell = bell.Bell()
        self._listeners: list[Listener] = []
        self._changing = threading.Lock()
        self._position: int | None = None
        self._is_stopping = False
        self._is_broken = True
        self._has_told = False
        self._answered = time.monotonic()
        self._ear = relay.Ear(self._bell.ring) if relay.address() else None
        self._thread = threading.Thread(target=self._run, name="log reader", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        bell.hang(self._bell)
        self._thread.start()
        if self._ear:
            self._ear.start()

    def stop(self) -> None:
        """End the thread and its connection; what is being handed on is finished first."""
        self._is_stopping = True
        self._bell.ring()
        if self._ear:
            self._ear.stop()
        if threading.current_thread() is not self._thread and self._thread.ident:
            self._thread.join()

    def listen(self, callback: Callback, *, after: int, stream: str | None = None) -> Listener:
        """Hand on every entry after that position of the whole log (of one stream, if named): in order, once, in
        batches `callback(entries)`, in the reader's thread; what is there already first, then live.

        Everyone waits while one callback works: let it be short. What it raises is logged and stops nothing.
        """
        listener = Listener(callback, after=after, stream=stream)
        with self._changing:
            self._listeners.append(listener)
        self._bell.ring()
        return listener

    @property
    def position(self) -> int:
        """The position up to which everything has been handed on; 0 before the database first answered."""
        return self._position or 0

    @property
    def is_running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive() and not self._is_stopping

    @property
    def is_well(self) -> bool:
        """Whether the database answers."""
        return not self._is_broken and self.silent_seconds < SILENT

    @property
    def silent_seconds(self) -> float:
        """Seconds since the database last answered; not much more than one while all is well."""
        return time.monotonic() - self._answered

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                self._follow()
            except Exception as error:  # whatever it is, the log must be followed
                self._break(error)
        connection.close()
        bell.take_down(self._bell)
        self._bell.close()

    def _follow(self) -> None:
        """Read whenever there may be something new, and each second."""
        changes = watch(connection)
        while not self._is_stopping:
            found = self._read_on()
            self._mend()
            if found < PAGE:
                # The change noted last came before the reading: what came since is noticed after it.
                time.sleep(GATHERED if found else 0)
                changes.wait(self._bell, POLL)

    def _read_on(self) -> int:
        """Hand on a page of what is new, after what came earlier to those who came late; how much there was."""
        if self._position is None:
            self._position = head()
        present = self._present()
        for listener in present:
            self._bring_up(listener, to=self._position)
        entries = since(self._position, limit=PAGE)
        self._answered = time.monotonic()
        if entries:
            for listener in present:
                listener.hand(entries, reached=entries[-1].position)
            self._position = entries[-1].position
        if len(entries) < PAGE:
            # Only now: what was committed before one began to listen may have been in this page.
            for listener in present:
                listener.go_live()
        return len(entries)

    def _bring_up(self, listener: Listener, *, to: int) -> None:
        while listener.position < to and not listener.is_stopped:
            entries = since(listener.position, stream=listener.stream, limit=PAGE)
            is_all = len(entries) < PAGE
            last = entries[-1].position if entries else to
            listener.hand(entries, reached=max(to, last) if is_all else last)

    def _present(self) -> list[Listener]:
        with self._changing:
            self._listeners = [one for one in self._listeners if not one.is_stopped]
            return list(self._listeners)

    def _break(self, error: Exception) -> None:
        """Tell once, let the connection go, and pause."""
        if not self._is_broken or not self._has_told:
            logger.warning("The log cannot be read, and is tried again until it can: %s", str(error).strip())
        self._is_broken = self._has_told = True
        try:
            connection.close()
        except Exception:  # it is gone anyway
            connection.connection = None
        self._bell.wait(PAUSE)

    def _mend(self) -> None:
        if self._has_told:
            logger.warning("The log can be read again.")
        self._is_broken = self._has_told = False


_starting = threading.Lock()
_reader: Reader | None = None


def reader() -> Reader:
    """This process's reader, started when first asked for."""
    global _reader  # noqa: PLW0603 (one a process)
    with _starting:
        if _reader is None or not _reader.is_running:
            _reader = Reader()
            _reader.start()
        return _reader


def stop() -> None:
    """End this process's reader, if it has one; the next who asks starts another, which knows no listener."""
    if _reader is not None:
        _reader.stop()


def _forget() -> None:
    """A forked process has no thread of its parent's, and must not touch its connection or its pipe."""
    global _reader, _starting
    _reader, _starting = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)
