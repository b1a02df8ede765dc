"""Who listens to the log in this process, and how far each has come."""

import logging
import threading
from collections.abc import Callable, Sequence

from gazeti.log.ledger import Entry

logger = logging.getLogger(__name__)

Callback = Callable[[list[Entry]], object]


class Listener:
    """One callback with its position: it is handed what comes after, in order and once."""

    def __init__(self, callback: Callback, *, after: int, stream: str | None) -> None:
        """Begin after a position of the whole log, for all streams or one."""
        self.callback, self.stream = callback, stream
        self.position = after
        self._is_live = threading.Event()
        self._is_stopped = False

    @property
    def is_live(self) -> bool:
        """Whether it has been handed everything that had been committed when it began to listen."""
        return self._is_live.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is live, so many seconds at most; whether it is."""
        return self._is_live.wait(seconds)

    def stop(self) -> None:
        """Be handed nothing more, except what is being handed at this moment."""
        self._is_stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether it is to be forgotten."""
        return self._is_stopped

    def hand(self, entries: Sequence[Entry], *, reached: int) -> None:
        """Hand on those that it lacks; it then has come to the position `reached`. An error is its own."""
        lacking = [one for one in entries if one.position > self.position and self.stream in (None, one.stream)]
        if lacking and not self._is_stopped:
            try:
                self.callback(lacking)
            except Exception:
                span = f"{lacking[0].position} to {lacking[-1].position}"
                logger.exception("A listener failed on the log's entries %s; it is handed the later ones.", span)
        self.position = max(self.position, reached)

    def go_live(self) -> None:
        """Say that it has caught up."""
        self._is_live.set()
