"""One render however many ask: in this worker by a shared task, among the machine's workers by a claim in the store."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from gazeti.edge.answers import Answer, key_of
from gazeti.edge.lanes import Lanes
from gazeti.edge.renders import Rendered, Renders, keep_connected
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


class Flights:
    """The renders under way in this worker."""

    def __init__(self, renders: Renders, store: Store | None, truth: Truth, lanes: Lanes) -> None:
        """Render by these."""
        self.renders, self.store, self.truth, self.lanes = renders, store, truth, lanes
        self.under_way: dict[str, asyncio.Task[Landed]] = {}
        # A thread each: other workers wait for what is kept, and nobody for what is filed, which asks the database.
        self.keeping = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self.filing = ThreadPoolExecutor(1, thread_name_prefix="filing")

    async def land(self, path: str, canonical: str) -> Landed:
        """What Django says at an address now: nothing that was purged before this was called.

        Waits for a render that is under way, and if that began too early for one of its own, no longer.
        """
        arrived = self.truth.position
        key = key_of(path, canonical)
        while True:
            flight = self.under_way.get(key)
            # One that is over is still there until the loop has come round to `_end`: it tells nothing new.
            if flight is None or flight.done():
                flight = self.under_way[key] = asyncio.create_task(self._fly(path, canonical))
                flight.add_done_callback(partial(self._end, key))
            landed = await asyncio.shield(flight)
            if landed.position >= arrived or self.truth.holds(landed.position, landed.tags):
                return landed
            if isinstance(landed, Rendered) and landed.position < 0:
                return landed

    def _end(self, key: str, flight: "asyncio.Task[Landed]") -> None:
        if self.under_way.get(key) is flight:
            del self.under_way[key]
        if not flight.cancelled():
            flight.exception()  # heard by whoever waits; nobody may be left

    async def _fly(self, path: str, canonical: str) -> Landed:
        loop = asyncio.get_running_loop()
        if self.store is None:
            return await loop.run_in_executor(self._lane(path, canonical), self._render, path, canonical)
        claim = await self._claimed(path, canonical)
        found = await asyncio.to_thread(self.found, path, canonical)
        if found is not None:
            if claim:
                claim.release()
            return found
        return await self._render_claimed(path, canonical, claim)

    async def _claimed(self, path: str, canonical: str) -> Claim | None:
        end, pause = time.monotonic() + LONGEST_WAIT, LOOK_AGAIN
        while self.store:
            claim: Claim | None = self.store.claim(path, canonical)
            if claim is not None or time.monotonic() > end:
                return claim
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        return None

    def found(self, path: str, canonical: str) -> Answer | None:
        """What another worker, or this one before it started again, has kept, if it is still true."""
        answer = self.store.find(path, canonical) if self.store else None
        if answer is None or answer.at + answer.lasts() < time.time():
            return None
        return answer if self.truth.holds(answer.position, answer.tags) else None

    async def _render_claimed(self, path: str, canonical: str, claim: Claim | None) -> Landed:
        loop = asyncio.get_running_loop()
        try:
            landed = await loop.run_in_executor(self._lane(path, canonical), self._render, path, canonical)
        except BaseException:
            if claim:
                claim.release()
            raise
        # Who waits here has the answer already; those in other workers find it once it is on the disk.
        loop.run_in_executor(self.keeping, self._keep, landed, claim)
        return landed

    def _lane(self, path: str, canonical: str) -> ThreadPoolExecutor:
        return self.renders.pool if self.lanes.is_known(path, canonical) else self.renders.unknown

    def _render(self, path: str, canonical: str) -> Landed:
        # Django is asked for what the answer is kept by, and never sees a parameter that is not part of it.
        rendered = self.renders.render(path, canonical.encode("latin-1"))
        return self._dated(rendered.answer) if rendered.answer else rendered

    def _dated(self, answer: Answer) -> Answer:
        """Bytes that were there before keep their date, in the page store as in memory."""
        old = self.store.find(answer.path, answer.query) if self.store else None
        same = old is not None and old.mark == answer.mark
        return answer.since(min(old.modified, answer.modified)) if old and same else answer

    def _keep(self, landed: Landed, claim: Claim | None) -> None:
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
