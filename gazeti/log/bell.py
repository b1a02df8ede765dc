"""The bell: rung after a commit that appended something, it wakes whoever in this process follows the log.

It carries nothing. Whoever misses it finds the entries by asking the database.
"""

import os
import select
import threading
import weakref
from contextlib import suppress

from gazeti.log import relay


class Bell:
    """Something that many threads may ring and one waits for; a pipe, so that it can be waited for with a socket."""

    def __init__(self) -> None:
        """Open the pipe."""
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._closing = threading.Lock()
        self._is_open = True

    def ring(self) -> None:
        """Wake who waits, or who waits next. Safe from every thread, and after the end."""
        with self._closing:
            # A full pipe rings as well.
            if self._is_open:
                with suppress(BlockingIOError):
                    os.write(self._writing, b"1")

    def wait(self, seconds: float, *, also: int | None = None) -> bool:
        """Wait at most so long for a ring, or until the descriptor `also` can be read; whether either came."""
        poll = select.poll()
        poll.register(self._reading, select.POLLIN)
        if also is not None:
            poll.register(also, select.POLLIN)
        found = poll.poll(seconds * 1000)
        if any(descriptor == self._reading for descriptor, _event in found):
            with suppress(BlockingIOError):
                os.read(self._reading, 65536)
        return bool(found)

    def close(self) -> None:
        """Give the pipe back; by the one who waits."""
        with self._closing:
            self._is_open = False
            os.close(self._reading)
            os.close(self._writing)


_hung: "weakref.WeakSet[Bell]" = weakref.WeakSet()


def hang(bell: Bell) -> None:
    """Let each commit of this process that appended something ring it."""
    _hung.add(bell)


def take_down(bell: Bell) -> None:
    """Ring it no more."""
    _hung.discard(bell)


def ring() -> None:
    """Wake this process's followers, and other machines'; called once a transaction that appended was committed."""
    for bell in list(_hung):
        bell.ring()
    relay.send()
