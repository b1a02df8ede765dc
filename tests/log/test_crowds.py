"""Following the log in an event loop: each gets everything once and in order, and thousands cost one reader."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import Any

import pytest
from django.db import OperationalError

from gazeti import log
from gazeti.log import following, ledger
from gazeti.log.following import crowds
from gazeti.log.models import Event, Stream

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

FOLLOWERS = 2000
STREAM = "coverage:7"


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """Leave no reader behind."""
    yield
    following.stop()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Count what followers ask of the database."""
    asked: list[Any] = []
    ask = crowds._asked

    def counted(question: Callable[[], Any]) -> Any:
        asked.append(question)
        return ask(question)

    monkeypatch.setattr(crowds, "_asked", counted)
    return asked


def run(story: Coroutine[Any, Any, None]) -> None:
    """Run a loop that must end by itself within a minute."""
    asyncio.run(asyncio.wait_for(story, 60))


async def append(*kinds: str, stream: str = STREAM) -> None:
    await asyncio.to_thread(append_all, *kinds, stream=stream)


def append_all(*kinds: str, stream: str = STREAM) -> None:
    from django.db import connection

    try:
        for kind in kinds:
            log.append(stream, kind)
    finally:
        connection.close()


async def take(entries: AsyncIterator[log.Entry], count: int) -> list[log.Entry]:
    return [await anext(entries) for _turn in range(count)]


def test_a_follower_gets_what_was_there_and_then_what_is_appended() -> None:
    log.append(STREAM, "one")
    log.append("other", "never")
    log.append(STREAM, "two")

    async def story() -> None:
        async with aclosing(following.follow(after=1, stream=STREAM)) as entries:
            assert [entry.kind for entry in await take(entries, 1)] == ["two"]
            await append("three", stream="other")
            await append("three", "four")
            assert [(entry.number, entry.kind) for entry in await take(entries, 2)] == [(3, "three"), (4, "four")]

    run(story())


def test_the_whole_log_is_followed_by_position() -> None:
    start = log.head()
    log.append("a", "one")

    async def story() -> None:
        async with aclosing(following.follow(after=start)) as entries:
            await append("two", stream="b")
            assert [entry.position for entry in await take(entries, 2)] == [start + 1, start + 2]

    run(story())


def test_one_that_is_far_behind_reads_pages_until_it_has_caught_up(
    monkeypatch: pytest.MonkeyPatch, reads: list[Any]
) -> None:
    monkeypatch.setattr(crowds, "KEPT", 5)
    monkeypatch.setattr(crowds, "PAGE", 10)
    append_all(*["post"] * 45)

    async def story() -> None:
        async with aclosing(following.follow(after=0, stream=STREAM)) as entries:
            assert [entry.number for entry in await take(entries, 45)] == list(range(1, 46))
        assert len(reads) == 2 + 4

    run(story())


def test_a_slow_follower_falls_back_on_the_database_and_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.log.following.tails.KEPT", 4)

    async def story() -> None:
        slow = following.follow(after=0, stream=STREAM)
        quick = following.follow(after=0, stream=STREAM)
        async with aclosing(slow), aclosing(quick):
            await append("post")
            await take(slow, 1)
            for _turn in range(3):
                await append(*["post"] * 10)
                await take(quick, 10)
            assert [entry.number for entry in await take(slow, 30)] == list(range(2, 32))

    run(story())


def test_thousands_of_followers_get_each_entry_and_ask_the_database_no_more_than_one(reads: list[Any]) -> None:
    append_all("before")
    got: list[list[int]] = [[] for _follower in range(FOLLOWERS)]

    async def one(numbers: list[int]) -> None:
        async with aclosing(following.follow(after=0, stream=STREAM)) as entries:
            async for entry in entries:
                numbers.append(entry.number)
                if entry.number == 4:
                    return

    async def story() -> None:
        crowd = [asyncio.create_task(one(numbers)) for numbers in got]
        while sum(map(len, got)) < FOLLOWERS:
            await asyncio.sleep(0)
        await append("post", "post", "post")
        await asyncio.gather(*crowd)

    run(story())
    assert got == [[1, 2, 3, 4]] * FOLLOWERS
    assert len(reads) == 2


def test_cancelled_followers_leave_nothing_behind() -> None:
    async def endless() -> None:
        async for _entry in following.follow(after=0, stream=STREAM):
            pass

    async def story() -> None:
        loop, before = asyncio.get_running_loop(), asyncio.all_tasks()
        crowd = [asyncio.create_task(endless()) for _turn in range(50)]
        while loop not in crowds._crowds or crowds._crowds[loop].tails[STREAM].waiting < 50:
            await asyncio.sleep(0)
        held = crowds._crowds[loop]
        for task in crowd[1:]:
            task.cancel()
        await asyncio.wait(crowd[1:])
        assert (held.tails[STREAM].waiting, held.tails[STREAM].followers) == (1, 1)
        crowd[0].cancel()
        await asyncio.wait(crowd)
        assert (held.tails, held.listener and held.listener.is_stopped) == ({}, True)
        assert loop not in crowds._crowds
        assert asyncio.all_tasks() == before

    run(story())


def test_a_follower_waits_for_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    append_all("one")
    fails = [OperationalError("no server")] * 3
    read = ledger.read

    def breaking(*args: Any, **options: Any) -> list[log.Entry]:
        if fails:
            raise fails.pop()
        return read(*args, **options)

    monkeypatch.setattr(ledger, "read", breaking)

    async def story() -> None:
        async with aclosing(following.follow(after=0, stream=STREAM)) as entries:
            assert [entry.kind for entry in await take(entries, 1)] == ["one"]

    run(story())
    assert not fails


def test_one_that_asks_for_what_was_dropped_is_told_from_where_all_is_kept() -> None:
    append_all("one", "two", "three")
    Event.objects.filter(stream=STREAM, number__lte=2).delete()
    Stream.objects.filter(name=STREAM).update(rotated=2)

    async def story() -> None:
        with pytest.raises(log.Rotated) as told:
            await anext(following.follow(after=1, stream=STREAM))
        assert told.value.oldest == 3
        async with aclosing(following.follow(after=2, stream=STREAM)) as entries:
            assert [entry.kind for entry in await take(entries, 1)] == ["three"]

    run(story())
