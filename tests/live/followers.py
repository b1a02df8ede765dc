"""Readers of a stream as browsers are: each comes again by itself, and says the number of what it saw last."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

GIVE_UP = 120
OFTEN = 0.02


class Follower:
    """One reader. `numbers` are the events in the order in which they came, `ended` how many streams came to an end."""

    def __init__(self, port: int, path: str, *, address: str = "127.0.0.1", seen: int | None = None) -> None:
        self.port, self.path, self.address, self.seen = port, path, address, seen
        self.numbers: list[int] = []
        self.told: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.ended = 0
        self.is_reading = asyncio.Event()
        self.is_reading.set()

    async def follow(self) -> None:
        """Read, and come again, until cancelled or told that there is nothing."""
        while not self.statuses or self.statuses[-1] in (200, 503):
            with suppress(OSError, asyncio.IncompleteReadError, ValueError):
                await self._read_once()
            await asyncio.sleep(OFTEN)

    async def _read_once(self) -> None:
        reading, writing = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        try:
            last = "" if self.seen is None else f"Last-Event-ID: {self.seen}\r\n"
            writing.write(f"GET {self.path}stream/ HTTP/1.1\r\nHost: localhost:{self.port}\r\n{last}\r\n".encode())
            head = await reading.readuntil(b"\r\n\r\n")
            self.statuses.append(int(head.split()[1]))
            await self._take(reading)
            self.ended += 1
        finally:
            writing.close()

    async def _take(self, reading: asyncio.StreamReader) -> None:
        """Take chunks (RFC 9112, 7.1) to the last, and the events that they make up."""
        text = b""
        while self.statuses[-1] == 200 and (size := int((await reading.readline()).strip(), 16)):
            await self.is_reading.wait()
            text += (await reading.readexactly(size + 2))[:-2]
            *whole, text = text.split(b"\n\n")
            for event in whole:
                self._note(event)

    def _note(self, event: bytes) -> None:
        if event.startswith(b"id: "):
            number, data = event.split(b"\n", 1)
            self.seen = int(number.removeprefix(b"id: "))
            self.numbers.append(self.seen)
            self.told.append(json.loads(data.removeprefix(b"data: ")))


async def until(happens: Callable[[], Any]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(GIVE_UP):
        while not happens():
            await asyncio.sleep(OFTEN)
