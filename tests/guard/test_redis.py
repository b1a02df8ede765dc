"""Redis as the place where limits are counted: it expires what is over, and while it is away the database counts."""

import logging
import socket
import time
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from gazeti import guard
from gazeti.guard import redis
from gazeti.guard.models import Tally
from tests.services.redis import Server

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
THREE = guard.Limit("three", most=3, seconds=60, by=("address",))

pytestmark = pytest.mark.django_db


def allowed(times: int, *, now: float = NOON) -> int:
    return sum(guard.allow(THREE, now=now, address="192.0.2.1").allowed for _ in range(times))


def test_where_there_is_one_the_database_is_not_asked(with_redis: Server) -> None:
    assert allowed(9) == 3
    assert not Tally.objects.exists()
    assert not guard.peek(THREE, now=NOON, address="192.0.2.1").allowed


def test_a_count_expires_when_it_is_over_and_names_no_address(with_redis: Server) -> None:
    allowed(2)
    [key] = with_redis.talk().keys("*")
    assert b"192.0.2.1" not in key
    assert 39_000 < with_redis.talk().pttl(key) <= 40_000


def test_numbers_of_microseconds_are_kept_whole(with_redis: Server) -> None:
    allowed(1, now=NOON + 0.000_001)
    [key] = with_redis.talk().keys("*")
    assert int(with_redis.talk().get(key)) == int((NOON + 0.000_001) * 1_000_000) + 20_000_000


def test_when_it_goes_the_database_counts_and_when_it_comes_back_it_does(
    with_redis: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never open, never an error: each change of place begins a count anew, so at most so many more pass."""
    assert allowed(9) == 3
    with_redis.stop()
    with caplog.at_level(logging.WARNING, "gazeti.guard"):
        assert allowed(9) == 3
    assert len(caplog.records) == 1, "it is told once, not for each request"
    assert Tally.objects.count() == 1
    with_redis.start()
    assert allowed(9) == 0, "it is left alone for some seconds"
    monkeypatch.setattr(redis.pause, "_until", 0.0)
    assert allowed(9) == 3


def test_one_that_takes_the_connection_and_says_nothing_is_waited_for_a_quarter_of_a_second(
    settings: Settings,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        assert allowed(9) == 3
        assert time.monotonic() - began < 20 * redis.PATIENCE, "it is left alone after the first wait"


def test_one_that_forgot_its_scripts_is_told_them_again(with_redis: Server) -> None:
    assert allowed(1) == 1
    with_redis.talk().script_flush()
    assert allowed(9) == 2
    assert not Tally.objects.exists()


def test_what_is_given_back_in_one_place_is_given_back_there(with_redis: Server) -> None:
    assert allowed(9) == 3
    guard.give_back(THREE, now=NOON, address="192.0.2.1")
    assert allowed(9) == 1
    assert not Tally.objects.exists()
