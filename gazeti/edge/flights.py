"""One render however many ask: in this worker by a shared task, among the machine's workers by a claim in the store."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from gazeti.edge.answers import Answer, key_of
from gazeti.edge.lanes import Lane, Lanes
from gazeti.edge.renders import THREADS, THREADS_FOR_UNKNOWN, Rendered, Renders, keep_connected
from gazeti.edge.truth import Truth

LOOK_AGAIN = 0.004
"""Seconds until the second look for what another worker is rendering; each pause is twice as long as the one before."""
LONGEST_PAUSE = 0.064
LONGEST_WAIT = 5.0
"""Seconds after which a worker renders by itself, whoever has the claim."""


class Claim(Protocol):
    """The right to render one address on this machine."""

    def release(self) -> None:
        """Let others have it."""


class Store(Protocol):
    """The second tier, as a flight uses it; nothing of it raises for the disk."""

    @property
    def generation(self) -> int:
        """Rises with each flush that this process sees."""

    @property
    def is_calm(self) -> bool:
        """Whether flushes do not come one after the other."""

    def find(self, path: str, query: str) -> Answer | None:
        """The answer that was kept last."""

    def keep(self, answer: Answer) -> bool:
        """Keep an answer for other workers and later starts."""

    def file(self, answer: Answer, purged_since: Callable[[int, frozenset[str]], bool]) -> bool:
        """Lay it where the server in front finds it, unless it was purged."""

    def prepare(self, *, purged: int, head: int | None = None) -> None:
        """Take away what is of another edition or another log."""

    def tidy(self) -> None:
        """Drop what is old, and the oldest of what is too much."""

    def forget_tags(self, tags: frozenset[str], *, before: int) -> int:
        """Take away what shows one of the tags and was rendered before a position."""

    def flush(self, position: int) -> None:
        """Take away what lies for the server in front: something was purged at this position."""

    def claim(self, path: str, query: str) -> Any:
        """The claim, None while another process has it."""


Landed = Answer | Rendered
"""A true answer that may be kept, or what Django said else."""


@dataclass(slots=True, eq=False)
class Flight:
    """A render under way, how many wait for it, and whether it has its place: then it is made for whoever asks next."""

    task: "asyncio.Future[Landed]"
    waiting: int = 0
    is_rendering: bool = False


class Flights:
    """The renders under way in this worker."""

    def __init__(self, renders: Renders, store: Store | None, truth: Truth, lanes: Lanes) -> None:
        """Render by these."""
        self.renders, self.store, self.truth, self.lanes = renders, store, truth, lanes
        self.known = Lane(renders.pool, THREADS, is_bounded=False)
        self.unknown = Lane(renders.unknown, THREADS_FOR_UNKNOWN, is_bounded=True)
        self.under_way: dict[str, Flight] = {}
        # A thread each: other workers wait for what is kept, and nobody for what is filed, which asks the database.
        self.keeping = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self.filing = ThreadPoolExecutor(1, thread_name_prefix="filing")

    async def land(self, path: str, canonical: str) -> Landed:
        """What Django says at an address now: nothing that was purged before this was called.

        Waits for a render that is under way, and if that began too early for one of its own, no longer. Raises Crowded.
        """
        arrived = self.truth.newest
        key = key_of(path, canonical)
        while True:
            flight = self.under_way.get(key)
            # One that is over is still there until the loop has come round to `_end`: it tells nothing new.
            if flight is None or flight.task.done():
                flight = self._begun(key, path, canonical)
            landed = await self._waited_for(key, flight)
            if landed.position >= arrived or self.truth.holds(landed.position, landed.tags):
                return landed
            if isinstance(landed, Rendered) and landed.position < 0:
                return landed

    def _begun(self, key: str, path: str, canonical: str) -> Flight:
        task = asyncio.create_task(self._fly(key, path, canonical))
        flight = self.under_way[key] = Flight(task)
        task.add_done_callback(partial(self._end, key, flight))
        return flight

    async def _waited_for(self, key: str, flight: Flight) -> Landed:
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.is_rendering and not flight.task.done():
                # Whoever comes now, before the task has heard of it, begins another.
                self._remove(key, flight)
                flight.task.cancel()

    def _end(self, key: str, flight: Flight, task: "asyncio.Future[Landed]") -> None:
        self._remove(key, flight)
        if not task.cancelled():
            task.exception()  # heard by whoever waits; nobody may be left

    def _remove(self, key: str, flight: Flight) -> None:
        if self.under_way.get(key) is flight:
            del self.under_way[key]

    async def _fly(self, key: str, path: str, canonical: str) -> Landed:
        flight = self.under_way[key]
        record = await asyncio.to_thread(self._record, path, canonical)
        if record is not None and self._is_true(record):
            return record
        # Whatever lies in the store is a page, or was: no 404 is kept there.
        is_known = record is not None or self.lanes.is_known(path, canonical)
        lane = self.known if is_known else self.unknown
        with lane.entered():
            return await self._fly_in(lane, flight, path, canonical)

    async def _fly_in(self, lane: Lane, flight: Flight, path: str, canonical: str) -> Landed:
        end = 0.0
        while True:
            # The place first: a claim held by who waits for a thread would keep other workers from a render.
            async with lane.places:
                claim = self.store.claim(path, canonical) if self.store else None
                if claim is not None or self.store is None or 0 < end < time.monotonic():
                    flight.is_rendering = True
                    return await self._render_claimed(lane, path, canonical, claim)
            end = end or time.monotonic() + LONGEST_WAIT
            await self._until_let_go(path, canonical, end)
            found = await asyncio.to_thread(self.found, path, canonical)
            if found is not None:
                return found

    async def _until_let_go(self, path: str, canonical: str, end: float) -> None:
        """Wait, in nobody's place, until the worker that has the claim lets it go, or till then."""
        pause = LOOK_AGAIN
        while self.store and time.monotonic() < end:
            await asyncio.sleep(pause)
            claim: Claim | None = self.store.claim(path, canonical)
            if claim is not None:
                claim.release()
                return
            pause = min(2 * pause, LONGEST_PAUSE)

    def found(self, path: str, canonical: str) -> Answer | None:
        """What another worker, or this one before it started again, has kept, if it is still true."""
        record = self._record(path, canonical)
        return record if record is not None and self._is_true(record) else None

    def _record(self, path: str, canonical: str) -> Answer | None:
        record = self.store.find(path, canonical) if self.store else None
        return replace(record, is_found=True) if record else None

    def _is_true(self, record: Answer) -> bool:
        is_old = record.at + record.lasts() < time.time()
        return not is_old and self.truth.holds(record.position, record.tags)

    async def _render_claimed(self, lane: Lane, path: str, canonical: str, claim: Claim | None) -> Landed:
        loop = asyncio.get_running_loop()
        try:
            is_new, landed = await loop.run_in_executor(lane.pool, self._found_or_rendered, path, canonical)
        except BaseException:
            if claim:
                claim.release()
            raise
        # Who waits here has the answer already; those in other workers find it once it is on the disk.
        loop.run_in_executor(self.keeping, self._keep, landed if is_new else None, claim)
        return landed

    def _found_or_rendered(self, path: str, canonical: str) -> tuple[bool, Landed]:
        """What another worker has kept since this one looked, or what Django says; whether it is that."""
        record = self._record(path, canonical)
        if record is not None and self._is_true(record):
            return False, record
        # Django is asked for what the answer is kept by, and never sees a parameter that is not part of it.
        rendered = self.renders.render(path, canonical.encode("latin-1"))
        return True, self._dated(rendered.answer) if rendered.answer else rendered

    def _dated(self, answer: Answer) -> Answer:
        """Bytes that were there before keep their date, in the page store as in memory."""
        old = self.store.find(answer.path, answer.query) if self.store else None
        same = old is not None and old.mark == answer.mark
        return answer.since(min(old.modified, answer.modified)) if old and same else answer

    def _keep(self, landed: Landed | None, claim: Claim | None) -> None:
        try:
            # Not what a purge has overtaken, which may have said to forget it.
            if isinstance(landed, Answer) and landed.status != 404 and self.truth.holds(landed.position, landed.tags):
                self._store(landed)
        finally:
            if claim:
                with suppress(OSError):
                    claim.release()

    def _store(self, answer: Answer) -> None:
        if self.store:
            self.store.keep(answer)
            self.lay(answer)

    def lay(self, answer: Answer) -> None:
        """File an answer again, soon."""
        if self.store and answer.status == 200:
            self.filing.submit(self.store.file, answer, self.purged_since)

    def purged_since(self, position: int, tags: frozenset[str]) -> bool:
        """Whether the log, asked now, has a purge of one of the tags after that position. Raises DatabaseError."""
        keep_connected()
        self.truth.catch_up()
        return not self.truth.holds(position, tags)
