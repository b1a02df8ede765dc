"""The processes that `gazeti serve` keeps alive: `web` answers, `tasks` works in the background, `clock` does what time
brings, `backups` makes them as planned, `prepare` migrates.

Run as `python -m gazeti.cli.children WHICH --life=FD --ready=FD …`, by the supervisor alone.
"""

import argparse
import logging
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from gazeti.cli.failures import Debugging, told_plainly
from gazeti.cli.home import home, set_up


def main() -> None:
    """Run one of the processes to its end."""
    words = argparse.ArgumentParser()
    words.add_argument("which", choices=sorted(CHILDREN))
    words.add_argument("--life", type=int)
    words.add_argument("--ready", type=int)
    words.add_argument("--socket", type=int)
    words.add_argument("--access-log", action="store_true")
    words.add_argument("--backup-to")
    words.add_argument("--backup-every", type=float)
    words.add_argument("--backup-keep", type=int)
    words.add_argument("--debug", action="store_true")
    options = words.parse_args()
    Debugging.wanted = options.debug
    if options.life is not None:
        threading.Thread(target=_end_with, args=[options.life], daemon=True).start()
    with told_plainly():
        CHILDREN[options.which](options)


def answer(options: argparse.Namespace) -> None:
    """Answer requests from the socket that the supervisor bound, until told to stop."""
    from gazeti.cli.web import WebProcess

    process = WebProcess(options.socket, access_log=options.access_log)
    set_up()
    from gazeti.config.asgi import application, vigil

    vigil.begin()
    process.run(application, when_ready=lambda: _say_ready(options.ready), when_told=application.end)
    sys.stdout.flush()
    sys.stderr.flush()
    # Granian's own threads must not see the interpreter being taken down: they would abort.
    os._exit(0)


def work(options: argparse.Namespace) -> None:
    """Run background tasks; first set those ready again whose worker died."""
    set_up()
    from django.utils import timezone

    from gazeti.cli.background import worker
    from gazeti.log.backlog import requeue_orphans

    lost = requeue_orphans(now=timezone.now())
    if lost:
        logging.getLogger(__name__).warning("%s tasks are ready again: their worker had died.", lost)
    process = worker()
    process.configure_signals()
    _say_ready(options.ready)
    process.run()


def keep_time(options: argparse.Namespace) -> None:
    """Let the newsroom's clock tick, and what follows the log follow, until told to stop; what is being done then is
    finished.
    """
    set_up()
    from gazeti.log import clock, followers

    wait, running = told_to_stop(), followers.Running()
    running.start()
    _say_ready(options.ready)
    clock.run(wait=wait)
    running.stop()


def back_up(options: argparse.Namespace) -> None:
    """Make backups as planned until told to stop."""
    from gazeti.cli.backup.planned import NICE, Plan, run

    wait = told_to_stop()
    os.nice(NICE)
    _say_ready(options.ready)
    every = timedelta(seconds=options.backup_every)
    run(Plan(home=home(), folder=Path(options.backup_to), every=every, keep=options.backup_keep), wait=wait)


def prepare(_options: argparse.Namespace) -> None:
    """Bring the database up to date before anybody answers from it, and tell what is wrong in it."""
    set_up()
    from gazeti.cli.preparation import bring_up_to_date, tell_what_is_wrong
    from gazeti.edge.store import newsroom_store
    from gazeti.edge.truth import truth
    from gazeti.edge.vigil import prepare_store
    from gazeti.stories.actions import follow_address

    bring_up_to_date()
    follow_address()
    truth.begin()
    prepare_store(newsroom_store(), truth)
    tell_what_is_wrong()


CHILDREN: dict[str, Callable[[argparse.Namespace], None]] = {
    "backups": back_up,
    "clock": keep_time,
    "prepare": prepare,
    "tasks": work,
    "web": answer,
}


def _end_with(life: int) -> None:
    """End at once when the supervisor has: its end of the pipe closes however it dies."""
    while os.read(life, 1):
        pass
    os._exit(1)


def told_to_stop() -> Callable[[float], bool]:
    """A function that waits so many seconds at most, and says whether a signal has told us to stop."""
    reading, writing = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(writing, b"1"))
    return lambda seconds: bool(select.select([reading], [], [], seconds)[0])


def _say_ready(descriptor: int | None) -> None:
    if descriptor is not None:
        os.write(descriptor, b"1")
        os.close(descriptor)


if __name__ == "__main__":
    # Until the process has its own way to stop, a signal simply ends it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main()
