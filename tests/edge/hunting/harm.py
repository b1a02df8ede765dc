"""The harm that is done during a hunt: processes killed as by `kill -9`, a database that goes and comes back."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from tests.cli.processes import PATIENCE, Server, answer_of
from tests.edge.hunting.hunt import Editor, workers_of
from tests.edge.hunting.readers import Crowd

LOOK_EVERY = 0.05


async def happens(what: Callable[[], object], *, within: float = PATIENCE) -> float:
    """Wait until something is so, while the readers go on; the seconds that it took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < within, f"this did not happen in {within:g} s"
        await asyncio.sleep(LOOK_EVERY)
    return time.monotonic() - began


def kill(*pids: int) -> None:
    """End processes at once, whatever they do."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def kill_a_worker(crowd: Crowd, server: Server, press: Editor) -> None:
    """Kill a worker after some publications, and wait until its successor has answered."""
    await publications(press, 3)
    workers = workers_of(server)
    kill(workers[0])
    await happens(partial(_has_answered, crowd, server, set(workers)))


def _has_answered(crowd: Crowd, server: Server, before: set[int]) -> bool:
    """Whether a worker that was not there before has told readers how far it has come."""
    fresh = [pid for pid in workers_of(server) if pid not in before]
    return any(pid in crowd.telling for pid in fresh)


async def publications(press: Editor, more: int) -> None:
    """Wait for so many more commits."""
    wanted = press.history.count + more
    await happens(lambda: press.history.count >= wanted)


async def kill_all(crowd: Crowd, server: Server, press: Editor) -> None:
    """Kill every process of the server after some publications; the editor goes on for some more."""
    await publications(press, 6)
    await happens(lambda: crowd.visited >= {page.path for page in crowd.pages})
    kill(server.process.pid, *server.children())
    await publications(press, 2)
    crowd.end()


async def without_database(
    crowd: Crowd, server: Server, press: Editor, *, stop: Callable[[], None], start: Callable[[], None], seconds: float
) -> float:
    """Take the database away for so long once every page was read; the seconds until all was well after its return."""
    await happens(lambda: crowd.visited >= {page.path for page in crowd.pages})
    await asyncio.to_thread(stop)
    await asyncio.sleep(seconds)  # how long it is away is what is tried
    await asyncio.to_thread(start)
    began = time.monotonic()
    while not await asyncio.to_thread(is_well, server):
        await asyncio.sleep(LOOK_EVERY)
        assert time.monotonic() - began < PATIENCE
    well = time.monotonic() - began
    press.begin()
    await publications(press, 3)
    head = press.history.head
    await happens(lambda: crowd.floors and min(crowd.floors.values()) >= head)
    crowd.end()
    return well


def is_well(server: Server) -> bool:
    """Whether the server says so, and makes a page that nobody asked for before."""
    unseen = f"/search/?q=bridge{time.monotonic_ns()}"
    return answer_of(server.url("/healthz"))[0] == 200 == answer_of(server.url(unseen))[0]
