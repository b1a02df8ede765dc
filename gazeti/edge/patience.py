"""How long a reader waits for renders: soon over where the database is silent, late where all is only slow."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from gazeti.edge.asking import Receive
from gazeti.edge.flights import Flights, Landed
from gazeti.edge.lanes import Crowded
from gazeti.edge.renders import Rendered

Found = TypeVar("Found")
PATIENCE = 1.0
"""Seconds that a reader waits for something newer where something older could be given and the database is silent."""
STEPS = 10
"""How many times as long a reader waits while it answers: a slow machine is no reason to tell what was purged."""
LONGEST = 20.0
"""Seconds that a request waits in all, however much it has rendered; a quarter where the database is silent."""
PAUSE = 0.5
"""Seconds after a failed render within which Django is not asked where something older can be given."""
AWAY = 503
"""What Django answers where it is the database that failed; any other failure is that one page's."""


class Patience:
    """Waits for renders, and gives up in time. Used by the event loop's thread alone."""

    def __init__(self, flights: Flights, is_well: Callable[[], bool]) -> None:
        """Wait for these; `is_well` tells whether the database answers."""
        self.flights, self.is_well = flights, is_well
        self.failing_until = 0.0

    def end(self) -> float:
        """When a request that comes now has waited long enough, on the clock that only goes forward."""
        return time.monotonic() + LONGEST

    async def landed(self, path: str, asked: str, *, has_older: bool, end: float) -> Landed | None:
        """What Django says at an address with its canonical query; None if nothing in time, or not worth asking."""
        if has_older and time.monotonic() < self.failing_until:
            return None
        try:
            landed = await self._in_time(path, asked, has_older=has_older, end=end)
        except Crowded:
            return None
        if isinstance(landed, Rendered) and landed.status == AWAY:
            self.failing_until = time.monotonic() + PAUSE
        return landed

    async def _in_time(self, path: str, asked: str, *, has_older: bool, end: float) -> Landed | None:
        asking = asyncio.ensure_future(self.flights.land(path, asked))
        try:
            return await self._awaited(asking, has_older=has_older, end=end)
        finally:
            asking.cancel()

    async def _awaited(self, asking: "asyncio.Future[Landed]", *, has_older: bool, end: float) -> Landed | None:
        for seconds in [PATIENCE] * STEPS if has_older else [LONGEST / 4] * 4:
            await asyncio.wait([asking], timeout=max(0.0, min(seconds, end - time.monotonic())))
            if asking.done():
                return asking.result()
            if not self.is_well():
                self.failing_until = time.monotonic() + PAUSE
                break
        return None


class Left(Exception):
    """The client has gone."""


async def while_there(receive: Receive, work: Coroutine[Any, Any, Found]) -> Found:
    """What comes of the work, for a client whose request has no body. Raises Left once it has gone; the work ends then.

    A server cancels nothing when a client goes: only `receive` tells (ASGI, HTTP, "Disconnect").
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_until_left(receive))
    try:
        await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            leaving.result()
            raise Left
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
