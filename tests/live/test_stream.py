"""Streams of real servers: whatever is killed, stopped or slow, each reader is told every event once and in order."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gazeti.edge.streams import ranges
from gazeti.live.rules import MOST_EVENTS
from tests.cli.conftest import made, paper
from tests.cli.processes import Server, answer_of, gazeti, serving
from tests.live.followers import Follower, until
from tests.live.press import Press, press
from tests.services.postgresql import postgresql

__all__ = ["made", "paper"]

CROWD = 500
FOR_ONE = 150
"""Streams from one address of loopback: fewer than one may have."""
MANY, LARGE = 200, 19_000
"""Updates, and letters of each: more than the kernel keeps for a connection that is not read."""
Scene = Callable[[Server, Press], Coroutine[Any, Any, None]]


def played(home: Path, scene: Scene, **variables: str) -> None:
    """Serve a newsroom with a coverage by two workers, and let something happen."""
    with serving(home, "--workers", "2", **variables) as server, press(home, **variables) as reporter:
        asyncio.run(scene(server, reporter))


@contextmanager
def following(followers: list[Follower]) -> Iterator[None]:
    """Let them follow for the block."""
    tasks = [asyncio.ensure_future(one.follow()) for one in followers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def through_kills(server: Server, reporter: Press) -> None:
    """Post sixty updates to a crowd while both workers are killed, one after the other."""
    first = reporter.head
    crowd = [
        Follower(server.port, reporter.path, address=f"127.0.1.{1 + at // FOR_ONE}", seen=first) for at in range(CROWD)
    ]
    with following(crowd):
        await until(lambda: all(one.statuses for one in crowd))
        for number in range(60):
            await asyncio.to_thread(reporter.do, "post", 1, 300)
            if number in (20, 40):
                os.kill(server.children("web")[number // 20 - 1], signal.SIGKILL)
        await until(lambda: all(one.seen == reporter.head for one in crowd))
    assert {tuple(one.numbers) for one in crowd} == {tuple(range(first + 1, first + 61))}
    assert sum(len(one.statuses) for one in crowd) > CROWD, "some were cut off, and came again"


def test_five_hundred_miss_nothing_while_workers_are_killed(paper: Path) -> None:
    played(paper, through_kills)


@pytest.mark.postgresql
@pytest.mark.soak
def test_they_miss_nothing_on_postgresql_either(tmp_path: Path) -> None:
    home = tmp_path / "paper"
    home.mkdir()
    with postgresql() as url:
        variables = {"DATABASE_URL": url, "GAZETI_SECRET": "signs-only-what-tests-sign"}
        assert gazeti("--home", home, "manage", "migrate", "--verbosity", "0", cwd=None, **variables).returncode == 0
        (home / "gazeti.toml").touch()
        played(home, through_kills, **variables)


def test_what_is_taken_back_is_told_to_who_comes_late_without_its_words(paper: Path) -> None:
    async def scene(server: Server, reporter: Press) -> None:
        early, late = (Follower(server.port, reporter.path, seen=reporter.head) for _ in range(2))
        with following([early]):
            await until(lambda: early.statuses)
            taken = await asyncio.to_thread(reporter.do, "post", 1, 300)
            await until(lambda: early.seen == taken)
            last = await asyncio.to_thread(reporter.do, "retract", taken)
            # Another process has committed it: the workers hear of it some milliseconds later.
            await until(lambda: early.seen == last)
            with following([late]):
                await until(lambda: early.seen == late.seen == last)
        assert "market" in early.told[0]["html"]
        assert [(one["seq"], one.get("gone"), one["html"]) for one in late.told] == [
            (taken, True, ""),
            (last, True, ""),
        ]

    played(paper, scene)


@pytest.mark.soak
def test_a_story_that_is_withdrawn_ends_its_streams_and_says_that_it_is_gone(paper: Path) -> None:
    async def scene(server: Server, reporter: Press) -> None:
        readers = [Follower(server.port, reporter.path) for _ in range(8)]
        with following(readers):
            await until(lambda: all(one.statuses for one in readers))
            await asyncio.to_thread(reporter.do, "withdraw")
            await until(lambda: all(one.statuses[-1] == 410 for one in readers))
        assert all(one.statuses[:-1] and set(one.statuses[:-1]) == {200} for one in readers)
        assert answer_of(server.url(f"{reporter.path}stream/"))[0] == 410

    played(paper, scene)


def test_a_server_that_is_told_to_stop_ends_its_streams_and_is_not_held_up(paper: Path) -> None:
    async def scene(server: Server, reporter: Press) -> None:
        readers = [Follower(server.port, reporter.path) for _ in range(20)]
        with following(readers):
            await until(lambda: all(one.statuses for one in readers))
            server.process.terminate()
            await until(lambda: server.process.poll() is not None)
            # To its last chunk: a worker that had to be killed would have cut it off.
            await until(lambda: all(one.ended for one in readers))

    played(paper, scene)


@pytest.mark.soak
def test_who_reads_nothing_is_let_go_and_misses_nothing_when_they_read_again(paper: Path) -> None:
    async def scene(server: Server, reporter: Press) -> None:
        first = reporter.head
        await asyncio.to_thread(reporter.do, "post", MANY, LARGE)
        slow = socket.create_connection(("127.0.0.1", server.port))
        address = f"{reporter.path}stream/?after={first}"
        slow.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        quick = Follower(server.port, reporter.path, seen=reporter.head)
        with following([quick]):
            await until(lambda: quick.statuses)
            last = await asyncio.to_thread(reporter.do, "post", 1, 300)
            await until(lambda: quick.seen == last)
            await until(lambda: counted(server, "ended") == 1)
        slow.close()
        again = Follower(server.port, reporter.path, seen=first)
        with following([again]):
            await until(lambda: again.seen == last)
        assert again.numbers == list(range(first + 1, last + 1))

    played(paper, scene)


def counted(server: Server, how: str) -> int:
    """How many streams the workers say that they opened, or ended."""
    lines = answer_of(server.url("/metrics"))[1].splitlines()
    named = [line for line in lines if line.startswith(f'gazeti_edge_streams_total{{how="{how}"}}')]
    return int(float(named[0].split()[-1])) if named else 0


def test_the_edge_takes_an_answer_for_full_where_the_coverage_tells_no_more_at_once() -> None:
    assert ranges.FULL == MOST_EVENTS
