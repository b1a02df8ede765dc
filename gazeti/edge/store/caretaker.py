"""One thread that does for the store what may wait: filing a page when its second is over, removing what is gone."""

import heapq
import logging
import threading
import time
from collections.abc import Callable
from itertools import count

from django.db import DatabaseError, InterfaceError, close_old_connections

MOST_WAITING = 2000
log = logging.getLogger(__name__)
Job = Callable[[], object]


class Caretaker:
    """Jobs by the time they are due, done one after the other; a job that fails stops no other."""

    def __init__(self) -> None:
        """Start no thread before there is a job."""
        self._jobs: list[tuple[float, int, str, Job]] = []
        self._newest: dict[str, int] = {}
        self._numbers = count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def later(self, due: float, name: str, job: Job) -> bool:
        """Do it at a Unix time, instead of what waits under that name; False where too many do."""
        with self._changed:
            if len(self._jobs) >= MOST_WAITING:
                return False
            number = self._newest[name] = next(self._numbers)
            heapq.heappush(self._jobs, (due, number, name, job))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="page store", daemon=True)
                self._thread.start()
            self._changed.notify()
        return True

    def _run(self) -> None:
        while True:
            job = self._next()
            try:
                close_old_connections()
                job()
            except (OSError, DatabaseError, InterfaceError) as error:
                log.info("The page store leaves something for later: %s", error)
            except Exception:
                log.exception("The page store could not do something.")

    def _next(self) -> Job:
        with self._changed:
            while True:
                while not self._jobs or (pause := self._jobs[0][0] - time.time()) > 0:
                    self._changed.wait(pause if self._jobs else None)
                _due, number, name, job = heapq.heappop(self._jobs)
                if self._newest.get(name) == number:
                    del self._newest[name]
                    return job
