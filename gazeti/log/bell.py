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
        self._poll = select.poll()
        self._poll.register(self._reading, select.POLLIN)
        self._closing = threading.Lock()
        self._is_open = True

    def ring(self) -> None:
        """Wake who waits, or who waits next. Safe from every thread, and after the end."""
        with self._closing:
            # A full pipe rings as well.
            if self._is_open:
                with suppress(BlockingIOError):
                    os.write(self._writing, b"1")

    def listen_to(self, descriptor: int) -> None:
        """Let `wait` end too when this descriptor can be read."""
        self._poll.register(descriptor, select.POLLIN)

    def forget(self, descriptor: int) -> None:
        """Listen to it no more; it may be closed by now."""
        with suppress(KeyError):
            self._poll.unregister(descriptor)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for a ring, or for what else is listened to; whether anything came."""
        found = self._poll.poll(seconds * 1000)
        if not found:
            return False
        if any(descriptor == self._reading for descriptor, _event in found):
            with suppress(BlockingIOError):
                os.read(self._reading, 65536)
        return True

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
