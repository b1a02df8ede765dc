"""A shared cache in front of `after/`, such as a CDN: it keeps the head for two seconds and full ranges for ever.

It hears of no purge, gives what it has to all, and hands some answers out late.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from tests.live.chaos.wire import BROKEN, Reply, told

LIFE = re.compile(r"s-maxage=(\d+)")
LATEST = 2.0


@dataclass
class Keeping:
    """The cache; `target` is where the server is now."""

    target: Callable[[], int]
    dice: Random
    drops: int = 0
    """The number of an event that it swallows: what a broken server would do."""
    port: int = 0
    hits: int = 0
    kept: dict[str, tuple[float, Reply]] = field(default_factory=dict)
    asking: dict[str, asyncio.Task[Reply]] = field(default_factory=dict)

    async def open(self) -> None:
        """Listen on a port of one's own."""
        self.server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more."""
        self.server.close()

    async def _accept(self, reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        try:
            head = (await reading.readuntil(b"\r\n\r\n")).decode("latin-1")
            reply = await self._answer(head.split()[1])
            if self.dice.random() < 0.2:
                await asyncio.sleep(self.dice.uniform(0, LATEST))
            lines = [f"HTTP/1.1 {reply.status} .", f"Content-Length: {len(reply.body)}", "Connection: close"]
            writing.write("\r\n".join([*lines, "", ""]).encode() + reply.body)
            await writing.drain()
        except BROKEN:
            pass
        finally:
            writing.close()
            with suppress(*BROKEN):
                await writing.wait_closed()

    async def _answer(self, path: str) -> Reply:
        """What is kept, or what the server says now; whoever asks meanwhile waits for the same answer."""
        until, reply = self.kept.get(path, (0.0, None))
        if reply and time.monotonic() < until:
            self.hits += 1
            return reply
        if path not in self.asking:
            self.asking[path] = asyncio.create_task(self._fetched(path))
            self.asking[path].add_done_callback(lambda _: self.asking.pop(path, None))
        return await asyncio.shield(self.asking[path])

    async def _fetched(self, path: str) -> Reply:
        try:
            reply = await told(self.target(), path)
        except BROKEN:
            return Reply(502, {}, b"")
        reply = Reply(reply.status, reply.headers, self._censored(reply.body))
        found = LIFE.search(reply.headers.get("cache-control", ""))
        if found and reply.status == 200:
            self.kept[path] = (time.monotonic() + int(found[1]), reply)
        return reply

    def _censored(self, body: bytes) -> bytes:
        if not self.drops:
            return body
        told_now = json.loads(body)
        told_now["events"] = [one for one in told_now["events"] if one["seq"] != self.drops]
        return json.dumps(told_now).encode()
