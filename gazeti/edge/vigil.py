"""Hearing of purges: this worker follows the log, and has the pages that matter most ready again at once."""

import asyncio
import logging
import os
import threading
from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import DatabaseError, InterfaceError, connection

from gazeti import log
from gazeti.edge.answers import key_of
from gazeti.edge.application import Edge
from gazeti.edge.flights import Store
from gazeti.edge.truth import STREAM, Truth
from gazeti.log import following

logger = logging.getLogger(__name__)

BUSY = 24
"""How many of the pages that were asked for most are rendered again at once when a purge makes them untrue."""
AT_A_TIME = 2
APART = 0.1
"""Seconds between two rounds: where purges come one after the other, pages are rendered for those who ask for them."""
PAUSE = 0.25
"""Seconds between two tries to read the log."""
ADDRESS = "path:"
MOST_COME = 1_000
"""Addresses to which something came, of one round of renders; what came to others is rendered when asked for."""
TIDIED_EVERY = 600
"""Seconds between two looks for what the store and the memory of purges need not keep, at least."""


def prepare_store(store: Store, truth: Truth) -> None:
    """Take away the files that a purge made untrue while nobody followed the log. Raises DatabaseError."""
    store.prepare(purged=max(truth.purged.values(), default=truth.floor), head=log.head())


class Vigil:
    """What a worker does about purges; it begins before the first reader is answered, or when told."""

    def __init__(self, edge: Edge, *, truth: Truth, store: Store | None) -> None:
        """Watch for this edge."""
        self.edge, self.truth, self.store = edge, truth, store
        self.tried, self.stopped = threading.Event(), threading.Event()
        self.is_on = self.is_readying = self.has_more = False
        self.come: set[str] = set()
        edge.when_first_asked = self.begin
        # Until the log was read once, the database counts as silent.
        edge.is_well = lambda: False

    def begin(self) -> None:
        """Take in what was purged while this process was down, then follow; try again while the log cannot be read."""
        if self.is_on:
            return
        self.is_on = True
        # In a thread of its own, since an event loop may be running here; waited for, since nobody is answered before.
        first = threading.Thread(target=self._begin_or_keep_trying, name="vigil", daemon=True)
        first.start()
        self.tried.wait()

    def _begin_or_keep_trying(self) -> None:
        try:
            has_begun = self._has_begun()
        finally:
            self.tried.set()
        while not has_begun and not self.stopped.wait(PAUSE):
            has_begun = self._has_begun()

    def _has_begun(self) -> bool:
        try:
            self.truth.begin()
            if self.store:
                prepare_store(self.store, self.truth)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The log cannot be read yet: %s", str(error).strip())
            return False
        finally:
            connection.close()
        self.truth.heard = self.truth.position
        reader = following.reader()
        self.edge.is_well = lambda: reader.is_well
        reader.listen(self.hear, after=self.truth.position)
        threading.Thread(target=self._tidy_now_and_then, name="tidying", daemon=True).start()
        return True

    def _tidy_now_and_then(self) -> None:
        """Drop what is old and what is too much; workers that began together do not do it together."""
        while not self.stopped.wait(TIDIED_EVERY + os.getpid() % TIDIED_EVERY):
            self._tidy()

    def _tidy(self) -> None:
        if self.store:
            self.store.tidy()
        try:
            self.truth.trim()
        except (DatabaseError, InterfaceError) as error:
            logger.info("What was purged long ago is remembered on: %s", str(error).strip())
        finally:
            connection.close()

    def hear(self, entries: Sequence[log.Entry]) -> None:
        """Take in entries of the log; called in the reader's thread."""
        purges = [entry for entry in entries if entry.stream == STREAM]
        if self.store and purges:
            self.store.flush(purges[-1].position)
        self.truth.apply(entries)
        if purges:
            # A render may have taken them in before the files were gone: its page is to be looked at once more.
            self.truth.doubt()
            self._forget(purges)
        self.truth.heard = self.truth.position
        if purges and self.edge.loop:
            self.edge.loop.call_soon_threadsafe(self._make_ready, [tag for one in purges for tag in one.data["tags"]])

    def _forget(self, purges: Sequence[log.Entry]) -> None:
        for entry in purges:
            if self.store and entry.data.get("forget"):
                # Every record is looked at: not in the reader's thread, where the next purge would wait.
                tags, before = frozenset(entry.data["forget"]), entry.position
                self.edge.flights.filing.submit(self.store.forget_tags, tags, before=before)

    def _make_ready(self, tags: Iterable[str]) -> None:
        """Have what the purge made untrue rendered again, unless that is being done: then it goes through once more."""
        for told in self.edge.when_purged:
            told()
        come = {tag.removeprefix(ADDRESS) for tag in tags if tag.startswith(ADDRESS)}
        for path in come:
            self.edge.lanes.expect(path)
        self.come |= set(islice(come, max(0, MOST_COME - len(self.come))))
        self.has_more = True
        if not self.is_readying:
            self.is_readying = True
            self.edge.in_background(self._go_round())

    async def _go_round(self) -> None:
        try:
            while self.has_more:
                self.has_more = False
                waiting = self._untrue()
                await asyncio.gather(*(self._go_through(waiting[lane::AT_A_TIME]) for lane in range(AT_A_TIME)))
                await asyncio.sleep(APART)
        finally:
            self.is_readying = False

    def _untrue(self) -> list[tuple[str, str]]:
        """The busiest pages that are untrue now, and what may have come to an address."""
        busy = [kept.answer for kept in self.edge.memory.busiest(most=BUSY)]
        places = dict.fromkeys((one.path, one.query) for one in busy)
        come, self.come = self.come, set()
        return list(places | dict.fromkeys((path, "") for path in sorted(come)))

    async def _go_through(self, waiting: Sequence[tuple[str, str]]) -> None:
        for path, query in waiting:
            kept = self.edge.memory.find(key_of(path, query))
            if kept is None or not self.edge.is_true(kept):
                await self.edge.renew(path, query)
