"""Thousands of readers on keep-alive connections, each asking for random pages in random ways, in one event loop."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random

from bench.lines import holders
from tests.edge.hunting.judge import Observation, goes_back
from tests.edge.hunting.pages import CODINGS, Page, Shown, shown

LOOK_EVERY = 0.1
"""Seconds between two looks at which worker holds which connection."""
HEALTH_SHARE, NGINX_SHARE = 0.04, 0.03
QUERIES = ("", "", "", "?fbclid=Iw{}", "?utm_source=x&utm_{}=1", "?")
"""What is hung onto addresses outside; no page reads it."""
REMEMBERED = 3_000
PATIENCE = 25.0
"""Seconds within which any answer comes; longer than the edge itself waits where it has nothing to give."""


@dataclass
class Crowd:
    """All readers of one hunt: where they read, what they know of the workers, and what they saw."""

    edge_port: int
    pages: list[Page]
    workers: Callable[[], Iterable[int]]
    head: Callable[[], int]
    """The log's head as far as the hunt knows: who begins after that has seen as much when it answers."""
    begun_at: int = 0
    """The same for the workers that are there at the start: what was committed before they began."""
    nginx_port: int = 0
    floors: dict[int, int] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    seen: deque[Observation] = field(default_factory=deque)
    faults: list[str] = field(default_factory=list)
    gone_back: list[str] = field(default_factory=list)
    broken: int = 0
    visited: set[str] = field(default_factory=set)
    told: int = 0
    telling: set[int] = field(default_factory=set)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    known: dict[tuple[bytes, str], Shown] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nobody is to read any more."""
        return self.over.is_set()

    def end(self) -> None:
        """Let nobody read any more."""
        self.over.set()

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until it is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.over.wait()

    def floor(self, own_port: int, *, through_nginx: bool) -> int:
        """What whoever answers on a connection has surely seen: its worker, or where that is unknown each of them."""
        pid = self.held.get(own_port)
        if not through_nginx and pid in self.floors:
            return self.floors[pid]
        return min(self.floors.values(), default=0)

    async def watch_workers(self) -> None:
        """Look again and again which worker holds which connection, and which workers there are."""
        before = self.begun_at
        while not self.is_over:
            workers = list(self.workers())
            # Whoever is new began after the last look, and reads the log before it answers.
            self.floors = {pid: self.floors.get(pid, before) for pid in workers}
            before = self.head()
            self.held = await asyncio.to_thread(holders, self.edge_port, workers)
            await asyncio.sleep(LOOK_EVERY)

    def note_health(self, body: bytes) -> None:
        """Raise the floor of the worker that told its position."""
        told = json.loads(body)["edge"]
        if told["worker"] in self.floors:
            self.floors[told["worker"]] = max(self.floors[told["worker"]], told["position"])
            self.telling.add(told["worker"])
            self.told += 1

    def read(self, body: bytes, coding: str) -> Shown:
        """What a body shows; the same bytes are read once."""
        found = self.known.get((body, coding))
        if found is None:
            found = shown(body, coding, is_html=True)
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[body, coding] = found
        return found


class Reader:
    """One reader: a connection for some visits, then another."""

    def __init__(self, crowd: Crowd, *, seed: int, pause: float) -> None:
        """Read at that pace, as these dice say."""
        self.crowd, self.dice, self.pause = crowd, Random(seed), pause
        self.through_nginx = bool(crowd.nginx_port) and self.dice.random() < NGINX_SHARE
        self.port = crowd.nginx_port if self.through_nginx else crowd.edge_port

    async def read(self) -> None:
        """Read until the hunt is over."""
        await self.crowd.rest(self.dice.uniform(0, self.pause))
        while not self.crowd.is_over:
            try:
                await self._connected()
            except (OSError, EOFError, ValueError):
                self.crowd.broken += 1
                await asyncio.sleep(0.1)

    async def _connected(self) -> None:
        reading, writing = await asyncio.open_connection("127.0.0.1", self.port)
        own = writing.get_extra_info("sockname")[1]
        before: dict[str, Shown] = {}
        marks: dict[tuple[str, str], tuple[str, Shown]] = {}
        try:
            left = self.dice.randrange(20, 120)
            while left and not self.crowd.is_over:
                left -= 1
                await self._once(reading, writing, own, before, marks)
                await self.crowd.rest(self.dice.uniform(0, 2 * self.pause))
        finally:
            writing.close()
            with suppress(OSError):
                await writing.wait_closed()

    async def _once(
        self,
        reading: asyncio.StreamReader,
        writing: asyncio.StreamWriter,
        own: int,
        before: dict[str, Shown],
        marks: dict[tuple[str, str], tuple[str, Shown]],
    ) -> None:
        """Visit a page, or now and then ask the worker how far it has come."""
        if self.through_nginx or self.dice.random() >= HEALTH_SHARE:
            await self._visit(reading, writing, own, before, marks)
            return
        status, _headers, body = await self._told(reading, writing, "/healthz", {})
        if status == 200:
            self.crowd.note_health(body)

    async def _visit(
        self,
        reading: asyncio.StreamReader,
        writing: asyncio.StreamWriter,
        own: int,
        before: dict[str, Shown],
        marks: dict[tuple[str, str], tuple[str, Shown]],
    ) -> None:
        """Ask for one page and note what came."""
        crowd, page, coding = self.crowd, self.dice.choice(self.crowd.pages), self.dice.choice(CODINGS)
        mark, marked = marks.get((page.path, coding), ("", Shown()))
        floor, asked_at = crowd.floor(own, through_nginx=self.through_nginx), time.monotonic()
        headers = self._headers(coding, mark)
        address = self._address(page)
        status, answered, body = await self._told(reading, writing, address, headers)
        found = marked if status == 304 else crowd.read(body, answered.get("content-encoding", "identity"))
        crowd.visited.add(page.path)
        if status == 200:
            marks[page.path, coding] = answered.get("etag", ""), found
        by = "nginx" if self.through_nginx else str(crowd.held.get(own, "a worker"))
        seen = Observation(page, floor, 200 if status == 304 else status, found, asked_at, time.monotonic(), by)
        crowd.seen.append(seen)
        if not self.through_nginx:
            crowd.gone_back += [
                f"{page.path} by {by}: {one}" for one in goes_back(before.get(page.path, Shown()), found)
            ]
            before[page.path] = replace(found)

    def _address(self, page: Page) -> str:
        """The page's address, and what is hung onto it outside."""
        query = self.dice.choice(QUERIES).format(self.dice.randrange(1000))
        return page.path + (query.replace("?", "&") if "?" in page.path else query)

    def _headers(self, coding: str, mark: str) -> dict[str, str]:
        headers = {"Accept-Encoding": coding}
        if self.dice.random() < 0.2:
            headers["Cookie"] = f"sessionid={self.dice.randrange(10**9)}; theme=dark"
        if mark and self.dice.random() < 0.5:
            headers["If-None-Match"] = mark
        return headers

    async def _told(
        self, reading: asyncio.StreamReader, writing: asyncio.StreamWriter, path: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask, and read the answer whole: its length is what its head says, or the reader breaks off."""
        lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{self.port}", *(f"{k}: {v}" for k, v in headers.items())]
        writing.write("\r\n".join([*lines, "", ""]).encode())
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer(reading)
        except TimeoutError:
            self.crowd.faults.append(f"{path} was not answered within {PATIENCE:g} s")
            raise

    async def _answer(self, reading: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
        head = (await reading.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        answered = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
        if status == 304:
            return status, answered, b""
        if answered.get("transfer-encoding") == "chunked":
            return status, answered, await self._chunks(reading)
        return status, answered, await reading.readexactly(int(answered["content-length"]))

    async def _chunks(self, reading: asyncio.StreamReader) -> bytes:
        """A body whose length nobody knew before (RFC 9112, 7.1)."""
        whole = b""
        while size := int(await reading.readline(), 16):
            whole += await reading.readexactly(size)
            await reading.readexactly(2)
        await reading.readexactly(2)
        return whole
