"""A process that appends and follows while its database comes and goes: `python -m tests.log.survivor`.

It tells how the reader is and how much it heard, and ends at the end of its input with what it saw, as JSON.
"""

import json
import sys
import threading
from typing import Any

import django


def main() -> None:
    """Append and follow until told to stop."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from gazeti import log
    from gazeti.log import following

    call_command("migrate", "gazeti_log", verbosity=0)
    connection.close()
    heard: list[int] = []
    reader, told = following.reader(), threading.Event()
    reader.listen(lambda entries: heard.extend(one.position for one in entries), after=0)
    threads = [threading.Thread(target=act, args=[told, reader, heard]) for act in (append, tell)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    told.set()
    for thread in threads:
        thread.join()
    kept = [entry.position for entry in log.read(0, limit=1_000_000)]
    while reader.position < kept[-1]:
        told.wait(0)
    say(json.dumps({"heard": heard, "kept": kept}))


def say(line: str) -> None:
    """Write a line that is read at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def append(told: threading.Event, *_others: object) -> None:
    """Append for ever; where the database does not take it, try again at once."""
    from django.db import DatabaseError, InterfaceError, connection

    from gazeti import log

    while not told.wait(0.001):
        try:
            log.append("survivor", "post")
        except (DatabaseError, InterfaceError):
            connection.close()


def tell(told: threading.Event, reader: Any, heard: list[int]) -> None:
    """Say how the reader is, each time that it changes, and how many entries it has handed on."""
    was: list[str] = []
    while not told.wait(0.005):
        now = ["well" if reader.is_well else "unwell", str(len(heard))]
        for line in set(now).difference(was):
            say(line)
        was = now


if __name__ == "__main__":
    main()
