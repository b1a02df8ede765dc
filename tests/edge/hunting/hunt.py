"""A hunt: an editor publishes at random, thousands read, and every answer is judged once all commits are known."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.processes import Server, answer_of, environment
from tests.conventions.tree import ROOT
from tests.edge.hunting.editor import SECTIONS, SLUG, TALES
from tests.edge.hunting.history import History
from tests.edge.hunting.judge import age, faults, stale
from tests.edge.hunting.pages import Page
from tests.edge.hunting.readers import Crowd, Reader

SETTLED = 2.0
"""Seconds after which the editor's line on a commit that an answer may show has surely come."""
MOST_FAULTS = 20


@dataclass(frozen=True)
class Pace:
    """How many read, and how many answers a second they ask for together."""

    readers: int
    per_second: int


@dataclass
class Trail:
    """What a hunt found."""

    history: History = field(default_factory=History)
    faults: list[str] = field(default_factory=list)
    judged: int = 0
    stale: list[str] = field(default_factory=list)
    """What was older than it may be."""
    told: int = 0
    broken: int = 0
    latest: float = 0.0
    """Seconds after a commit at which somebody was still given what was there before it: no promise, but a measure."""


@dataclass(frozen=True)
class Editor:
    """The process that publishes, and what it has committed so far."""

    process: subprocess.Popen[str]
    history: History

    def begin(self) -> None:
        """Have it publish from now on."""
        assert self.process.stdin is not None
        self.process.stdin.write("begin\n")
        self.process.stdin.flush()

    def listen(self) -> None:
        """Take in lines until the process ends; in a thread of its own."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                self.history.take_in(line)

    def end(self) -> None:
        """Have it end after what it is doing."""
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()


def started(home: Path, *words: object, **variables: str) -> subprocess.Popen[str]:
    """The editor's process."""
    found = environment(
        GAZETI_HOME=str(home), DJANGO_SETTINGS_MODULE="gazeti.config.settings", PYTHONPATH=str(ROOT), **variables
    )
    command = [sys.executable, "-m", "tests.edge.hunting.editor", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=found, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def lay(home: Path, **variables: str) -> None:
    """Publish the first tales in a newsroom."""
    process = started(home, "lay", **variables)
    process.communicate()
    assert process.returncode == 0


@contextmanager
def editor(home: Path, seed: int, **variables: str) -> Iterator[Editor]:
    """An editor in a newsroom whose first tales are out, ready to begin."""
    history, process = History(), started(home, seed, **variables)
    try:
        assert process.stdout is not None
        while (line := process.stdout.readline()) != "ready\n":
            assert line, "the editor ended before it began"
            history.take_in(line)
        yield Editor(process, history)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def workers_of(server: Server) -> list[int]:
    """The processes that answer; none of a server that was killed."""
    try:
        return server.children("web")
    except OSError:
        return []


def pages(most_tales: int = TALES) -> list[Page]:
    """All that is read: each tale's address, also before it is there, and each list."""
    sections = [f"/{title.lower()}/" for title in SECTIONS]
    tales = [Page(f"{sections[tale % len(sections)]}{SLUG}{tale}/", tale=tale) for tale in range(1, most_tales + 1)]
    lists = [Page("/"), Page("/recent/", is_complete=True)]
    lists += [Page(path, section=path, is_complete=True) for path in sections]
    lists += [Page(f"{path}?page=2", is_second=True) for path in ("/recent/", sections[0])]
    # Lists are read as often as all tales together.
    return tales + lists * (len(tales) // len(lists))


Harm = Callable[[Crowd], Awaitable[None]]


def hunt(
    server: Server,
    found: Editor,
    *,
    seconds: float,
    seed: int,
    pace: Pace,
    nginx_port: int = 0,
    begun_at: int = 0,
    most_tales: int = TALES,
    harm: Harm | None = None,
) -> Trail:
    """Read and judge for so many seconds, or until `harm`, which is done meanwhile, says that it is over.

    `begun_at` is the log's head before the server began, all of which its first answers must know.
    """
    trail = Trail(found.history)
    crowd = Crowd(
        server.port, pages(most_tales),
        workers=lambda: workers_of(server), head=lambda: found.history.head,
        nginx_port=nginx_port, begun_at=begun_at,
    )  # fmt: skip
    pause = pace.readers / pace.per_second
    readers = [Reader(crowd, seed=seed * 10_000 + number, pause=pause) for number in range(pace.readers)]
    asyncio.run(_hunted(trail, found, readers, seconds=seconds, harm=harm))
    trail.told, trail.broken = crowd.told, crowd.broken
    trail.faults += crowd.faults
    trail.stale += crowd.gone_back
    return trail


async def _hunted(trail: Trail, found: Editor, readers: list[Reader], *, seconds: float, harm: Harm | None) -> None:
    crowd = readers[0].crowd
    if harm is None:
        found.begin()  # else the harm says when
    listening = asyncio.create_task(asyncio.to_thread(found.listen))
    work = [asyncio.create_task(crowd.watch_workers()), *(asyncio.create_task(one.read()) for one in readers)]
    harming = asyncio.create_task(harm(crowd)) if harm else None
    end = time.monotonic() + seconds
    while not crowd.is_over and time.monotonic() < end and len(trail.faults) + len(trail.stale) // 100 < MOST_FAULTS:
        await asyncio.sleep(0.2)
        judge(trail, crowd, until=time.monotonic() - SETTLED)
    if harming:
        await harming
    found.end()
    await listening
    crowd.end()
    await asyncio.gather(*work)
    judge(trail, crowd, until=time.monotonic())


def stood_in(server: Server) -> int:
    """How many answers the edge owns to have given in place of newer ones that Django did not make in time."""
    _status, figures = answer_of(server.url("/metrics"))
    found = re.search(r'^gazeti_edge_answers_total\{how="stood_in"\} ([\d.]+)', figures, re.MULTILINE)
    return int(float(found[1])) if found else 0


def nothing_is_stale(trail: Trail, server: Server) -> None:
    """See that nobody was given what was purged before, and say so where it was the machine that was too slow."""
    owned = stood_in(server)
    too_slow = f"too slow a machine to judge on: {owned} answers stood in for renders" if owned else ""
    assert trail.stale == [], [too_slow, *trail.stale[:20]]


def judge(trail: Trail, crowd: Crowd, *, until: float) -> None:
    """Judge the answers that came before a moment."""
    while crowd.seen and crowd.seen[0].come_at < until:
        seen = crowd.seen.popleft()
        trail.judged += 1
        trail.latest = max(trail.latest, age(trail.history, seen))
        trail.faults += [f"by {seen.by}: {one}" for one in faults(seen)]
        trail.stale += [f"by {seen.by}: {one}" for one in list(stale(trail.history, seen))[:1]]
