"""The process that has all loaded and forks: `python -P -m tests.forkserver.server DESCRIPTOR sqlite|postgresql`."""

import gc
import os
import socket
import sys
import time

from tests.forkserver import born
from tests.forkserver.loaded import SETTINGS, Loaded, is_alone
from tests.forkserver.start import Start

MOST_BYTES = 200_000
MOST_DESCRIPTORS = 64
# Of a newsroom that is not there: `loaded` lets nothing of it into a fork.
NOBODYS = {"GAZETI_HOME": "/nonexistent", "GAZETI_SECRET": "nobody's", "DJANGO_SETTINGS_MODULE": SETTINGS}

# No connection is made: what is loaded knows the kind alone.
DATABASES = {"sqlite": "sqlite:////nonexistent/nobodys.db", "postgresql": "postgresql://nobody@127.0.0.1:1/nobodys"}


def main() -> None:
    """Load, and fork whenever asked, until who asked is gone."""
    line = socket.socket(fileno=int(sys.argv[1]))
    loaded = Loaded()
    os.environ.update(NOBODYS | {"DATABASE_URL": DATABASES[sys.argv[2]]})
    loaded.load()
    assert is_alone(), "something that was loaded has started a thread"
    # What is never looked at again stays shared with the forks.
    gc.collect()
    gc.freeze()
    while True:
        data, given, _flags, _address = socket.recv_fds(line, MOST_BYTES, MOST_DESCRIPTORS)
        if not data:
            return
        line.send(str(_forked(Start.from_bytes(data), given, loaded)).encode())
        for one in given:
            os.close(one)


def _forked(start: Start, given: list[int], loaded: Loaded) -> int:
    """Fork through a process that ends at once, so that who asked becomes the parent; the new process's number."""
    reading, writing = os.pipe()
    between = os.fork()
    if not between:
        own, number = os.getpid(), os.fork()
        if not number:
            _wait_until_gone(own)
            born.run(start, given=given, loaded=loaded)
        os.write(writing, str(number).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(between, 0)
    number = int(os.read(reading, 32))
    os.close(reading)
    return number


def _wait_until_gone(parent: int) -> None:
    """Return when the parent for a moment has ended: whoever asked is the parent from then on."""
    while os.getppid() == parent:
        time.sleep(0.0005)


if __name__ == "__main__":
    main()
