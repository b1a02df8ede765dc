"""How long a reader waits for renders: soon over where the database is silent, late where all is only slow."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from gazeti.edge.asking import Message, Receive
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


class Client:
    """Who asks without a body, and whether they are still there; a server cancels nothing when a client goes, only
    `receive` tells (ASGI, HTTP, "Disconnect").

    It is asked once for as long as the request lasts: Granian, interrupted in the middle of telling, says for ever
    after that the client has gone, and what is then left unanswered it answers by 500.
    """

    def __init__(self, receive: Receive) -> None:
        """Ask nothing yet."""
        self.receive = receive
        self._leaving: asyncio.Future[None] | None = None

    async def has_left(self) -> None:
        """Wait until they have."""
        if self._leaving is None:
            self._leaving = asyncio.ensure_future(_until_left(self.receive))
        await asyncio.shield(self._leaving)

    async def while_there(self, work: Coroutine[Any, Any, Found]) -> Found:
        """What comes of the work. Raises Left once they have gone; the work ends then."""
        working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(self.has_left())
        try:
            await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                leaving.result()
                raise Left
            return working.result()
        finally:
            working.cancel()
            leaving.cancel()

    def end(self) -> None:
        """Ask no more."""
        if self._leaving is not None:
            self._leaving.cancel()

    async def rest(self) -> Message:
        """What they say after their request, for who is asked in their name."""
        await self.has_left()
        return {"type": "http.disconnect"}


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
