"""A tail: what the database had and what arrived meanwhile become one, whole and in order, and it stays short."""

import asyncio
from datetime import UTC, datetime

from gazeti import log
from gazeti.log.following import tails
from gazeti.log.following.tails import Tail

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)


def entries(first: int, last: int) -> list[log.Entry]:
    return [log.Entry(100 + number, "a", number, "post", {}, NOW) for number in range(first, last + 1)]


def numbers(found: list[log.Entry] | None) -> list[int] | None:
    return None if found is None else [entry.number for entry in found]


def test_until_it_is_filled_nobody_can_be_told_anything() -> None:
    tail = Tail("a")
    tail.add(entries(4, 5))
    assert tail.after(5) is None


def test_what_arrived_while_the_database_was_asked_is_kept_and_nothing_is_there_twice() -> None:
    tail = Tail("a")
    tail.add(entries(4, 5))
    tail.add(entries(6, 6))
    tail.fill(entries(2, 5), after=1)
    assert numbers(tail.after(1)) == [2, 3, 4, 5, 6]
    assert tail.after(0) is None


def test_what_is_heard_of_after_it_was_loaded_is_not_taken_again() -> None:
    tail = Tail("a")
    tail.fill(entries(2, 5), after=1)
    tail.add(entries(4, 7))
    tail.add(entries(8, 8))
    assert numbers(tail.after(3)) == [4, 5, 6, 7, 8]
    assert numbers(tail.after(8)) == []


def test_an_empty_stream_takes_only_what_comes_after() -> None:
    tail = Tail("a")
    tail.fill([], after=3)
    tail.add(entries(3, 4))
    assert numbers(tail.after(3)) == [4]


def test_the_oldest_go_and_whoever_is_behind_them_is_told_to_ask_elsewhere() -> None:
    tail = Tail("a")
    tail.fill([], after=0)
    for number in range(1, 3 * tails.KEPT):
        tail.add(entries(number, number))
        assert len(tail.entries) <= 2 * tails.KEPT
    first = tail.entries[0].number
    assert first > 1
    assert tail.after(first - 2) is None
    assert numbers(tail.after(first - 1)) == list(range(first, 3 * tails.KEPT))


def test_the_whole_log_counts_by_position() -> None:
    tail = Tail(None)
    tail.fill(entries(1, 2), after=100)
    assert numbers(tail.after(101)) == [2]


def test_one_that_waits_is_woken_once_something_is_added() -> None:
    async def story() -> None:
        tail = Tail("a")
        tail.fill([], after=0)
        waiting = asyncio.create_task(tail.more())
        await asyncio.sleep(0)
        assert (tail.waiting, waiting.done()) == (1, False)
        tail.add(entries(1, 1))
        await waiting
        assert tail.waiting == 0

    asyncio.run(asyncio.wait_for(story(), 10))
