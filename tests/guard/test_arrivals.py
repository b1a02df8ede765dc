"""The arithmetic of limits: so many at once, then an even pace, and never more than twice in any such time."""

import random

from gazeti.guard.arrivals import SECOND
from gazeti.guard.limits import Limit
from gazeti.guard.memory import Memory

TEN_A_MINUTE = Limit("test", most=10, seconds=60, by=("who",))
FACTS = {"who": "amina"}


def passed(memory: Memory, moments: list[float]) -> list[float]:
    """Return which of these moments were let through."""
    taken = [memory.take([TEN_A_MINUTE.charge(FACTS, now=at)], now=int(at * SECOND)) for at in moments]
    return [at for at, waits in zip(moments, taken, strict=True) if max(waits) <= 0]


def test_so_many_pass_at_once_and_then_one_each_even_part_of_the_time() -> None:
    assert passed(Memory(), [0.0] * 30) == [0.0] * 10
    assert passed(Memory(), [0.0] * 10 + [5.9, 6.0, 6.1, 11.9, 12.0]) == [0.0] * 10 + [6.0, 12.0]


def test_whoever_waits_the_whole_time_has_all_of_them_again() -> None:
    assert len(passed(Memory(), [0.0] * 10 + [60.0] * 20)) == 20


def test_the_wait_that_is_told_is_the_wait_that_holds() -> None:
    memory = Memory()
    passed(memory, [0.0] * 10)
    [wait] = memory.waits([TEN_A_MINUTE.charge(FACTS, now=1.0)], now=1 * SECOND)
    assert wait == 5 * SECOND
    assert passed(memory, [5.99, 6.0]) == [6.0]


def test_what_was_counted_by_a_clock_an_hour_ahead_is_forgotten() -> None:
    assert passed(Memory(), [3600.0] * 30 + [0.0] * 30) == [3600.0] * 10 + [0.0] * 10


def test_in_any_such_time_fewer_than_twice_as_many_pass_and_over_hours_no_more_than_the_pace() -> None:
    die = random.Random(7)
    at = passed(Memory(), sorted(die.uniform(0, 7200) for _ in range(20_000)))
    assert all(sum(start <= other < start + 60 for other in at) < 20 for start in at)
    assert len(at) <= 10 + 7200 * 10 / 60


def test_a_memory_holds_so_many_and_lets_the_one_longest_untouched_go() -> None:
    memory = Memory(most=3)
    for who in ("a", "b", "c", "a", "d"):
        memory.take([TEN_A_MINUTE.charge({"who": who}, now=0.0)], now=0)
    waits = {who: memory.waits([TEN_A_MINUTE.charge({"who": who}, now=0.0)], now=0)[0] for who in "abcd"}
    fresh = waits["b"]
    assert waits["a"] > waits["c"] == waits["d"] > fresh
