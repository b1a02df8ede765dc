"""What tests of the guard share: counts that begin empty, and a Redis to count in."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from gazeti.guard import redis as counts
from tests.needs import LEFT_OUT, must_run_all
from tests.services.postgresql import Missing
from tests.services.redis import Server, redis


@pytest.fixture(autouse=True)
def fresh_pause() -> Iterator[None]:
    """Let each test begin with a process that no Redis has failed."""
    counts.pause.end()
    yield
    counts.pause.end()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    """Return a Redis that runs while these tests do; where there is none its tests are left out, and named."""
    try:
        with redis() as server:
            yield server
    except Missing as reason:
        if must_run_all():
            pytest.fail(str(reason))
        pytest.skip(f"{LEFT_OUT}tests of Redis — {reason}")


@pytest.fixture
def with_redis(redis_server: Server, settings: Settings) -> Server:
    """Count in Redis, which holds nothing yet."""
    if not redis_server.answers():
        redis_server.start()
    redis_server.talk().flushall()
    settings.REDIS_URL = redis_server.url
    return redis_server


@pytest.fixture(params=["database", "redis"])
def counted_in(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Run a test once for each place in which limits are counted."""
    if request.param == "redis":
        request.getfixturevalue("with_redis")
    else:
        settings.REDIS_URL = ""
    return str(request.param)
