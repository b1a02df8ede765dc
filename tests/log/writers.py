"""Processes that append to one log at the same time: `python -m tests.log.writers WRITERS EACH`, on DATABASE_URL.

Each writes transactions of one to three events, to a stream it shares with another, and rolls some of them back.
"""

import os
import sys
from random import Random

import django
from django.db import transaction

STREAMS = 3


def write(number: int, each: int) -> None:
    """Append until that many events of this writer are committed."""
    from gazeti import log

    dice, written = Random(number), 0
    while written < each:
        count = min(dice.randint(1, 3), each - written)
        with transaction.atomic():
            for turn in range(count):
                log.append(f"stream:{number % STREAMS}", "post", {"writer": number, "turn": written + turn})
            if is_taken_back := dice.random() < 0.1:
                transaction.set_rollback(True)
        written += 0 if is_taken_back else count


def main(writers: int, each: int) -> int:
    """Fork the writers once all is loaded, so that they start together; the exit status is that of the worst."""
    django.setup()
    children = []
    for number in range(writers):
        child = os.fork()
        if not child:
            write(number, each)
            os._exit(0)
        children.append(child)
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
