"""A race: processes append while followers of every sort follow, come late, leave and come back. Nobody misses any."""

import asyncio
import os
import subprocess
import sys
from contextlib import aclosing
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from django.db import connection

from gazeti import log
from gazeti.log import following
from tests.conventions.tree import ROOT
from tests.log.writers import STREAMS


def address() -> str:
    """Return the DATABASE_URL of the tests' own database, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql://{quote(settings['USER'])}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def start(writers: int, *, each: int) -> subprocess.Popen[bytes]:
    """Start the process whose children write."""
    variables = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "gazeti.config.settings"}
    command = [sys.executable, "-m", "tests.log.writers", str(writers), str(each)]
    return subprocess.Popen(command, cwd=ROOT, env=variables)


@dataclass
class Race:
    """What is written, and by how many it is followed."""

    writers: int
    each: int
    followers: int
    seed: int
    begun: int = 0
    heard: list[int] = field(default_factory=list)
    streams: dict[str, list[int]] = field(default_factory=dict)
    seen: list[list[int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.writers * self.each

    def run(self) -> None:
        """Run it to its end: all has been written, and everybody has heard of it."""
        self.begun = log.head()
        reader = following.reader()
        reader.listen(lambda entries: self.heard.extend(one.position for one in entries), after=self.begun)
        for number in range(STREAMS):
            name, numbers = f"stream:{number}", self.streams.setdefault(f"stream:{number}", [])
            reader.listen(lambda some, to=numbers: to.extend(one.number for one in some), after=self.begun, stream=name)
        asyncio.run(self._follow())

    async def _follow(self) -> None:
        writing = start(self.writers, each=self.each)
        self.seen = [[] for _follower in range(self.followers)]
        crowd = [asyncio.create_task(self._one(number, to=seen)) for number, seen in enumerate(self.seen)]
        await asyncio.gather(*crowd)
        status = await asyncio.to_thread(writing.wait)
        assert status == 0
        while len(self.heard) < self.total:
            await asyncio.sleep(0)

    async def _one(self, number: int, *, to: list[int]) -> None:
        """Follow one stream, or the whole log, until all is there; leave again and again, and go on where it was."""
        dice = Random(self.seed * 1000 + number)
        stream = None if number % 4 == 3 else f"stream:{number % 4}"
        until = self.total if stream is None else self.total // STREAMS
        # Some come late: what was written before is there for them as well.
        while len(self.heard) < dice.random() * self.total * (number % 3) / 3:
            await asyncio.sleep(0.001)
        base = self.begun if stream is None else 0
        while len(to) < until:
            stay = min(dice.choice([1, 7, 60, until]), until - len(to))
            async with aclosing(following.follow(after=base + len(to), stream=stream)) as entries:
                for _turn in range(stay):
                    entry = await anext(entries)
                    to.append((entry.position if stream is None else entry.number) - base)

    def judge(self) -> None:
        """Everybody has everything, in order, once."""
        share = self.total // STREAMS
        assert self.heard == list(range(self.begun + 1, self.begun + self.total + 1))
        assert self.streams == {f"stream:{number}": list(range(1, share + 1)) for number in range(STREAMS)}
        for number, seen in enumerate(self.seen):
            until = self.total if number % 4 == 3 else share
            assert seen == list(range(1, until + 1)), f"follower {number}, seed {self.seed}"
