"""One limit raced for by processes that are killed and started again for minutes, wherever limits are counted."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.guard.conftest import counted_in, redis_server, with_redis
from tests.guard.racing import RACED, begin, line_of, racers, rest_of

__all__ = ["counted_in", "redis_server", "with_redis"]

RACERS, LIVES, HEARD = 4, 6, 60

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


def lives_of_one(_number: int) -> int:
    """Start a process again and again and kill it after so many yeses; return how many there were in all."""
    heard = 0
    for _life in range(LIVES):
        with racers("race", count=1) as [process]:
            begin(process)
            lines = [line_of(process) for _ in range(HEARD)]
            process.kill()
            heard += len(lines) + len(rest_of(process))
    return heard


def test_processes_that_are_killed_and_come_again_get_what_one_pace_allows_and_hardly_less(counted_in: str) -> None:
    """No more than `most` and the pace since; each killed process may have been let through once unheard."""
    began = time.monotonic()
    with ThreadPoolExecutor(RACERS) as pool:
        heard = sum(pool.map(lives_of_one, range(RACERS)))
    allowed = RACED.most + (time.monotonic() - began) * RACED.most / RACED.seconds
    assert heard >= RACERS * LIVES * HEARD
    assert heard <= allowed
