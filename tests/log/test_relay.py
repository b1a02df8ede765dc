"""Redis wakes followers on other machines; where it is down everything arrives all the same, only later."""

import threading
import time
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from gazeti import log
from gazeti.log import bell, following, relay
from gazeti.log.following import reading, watching
from tests import needs
from tests.cli.processes import until
from tests.services.postgresql import Missing
from tests.services.redis import Server, redis

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Return a Redis for these tests; left out, or a failure in CI, where the machine has none."""
    try:
        with redis() as running:
            yield running
    except Missing as reason:
        sentence = f"{needs.LEFT_OUT}wake-ups over Redis — {reason}"
        pytest.fail(sentence) if needs.must_run_all() else pytest.skip(sentence)


@pytest.fixture
def blind(server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the reader notice nothing by itself, as if another machine had appended and the database told nobody."""

    def wait(_watch: object, own: bell.Bell, seconds: float) -> bool:
        return own.wait(seconds)

    settings.REDIS_URL = server.url
    monkeypatch.setattr(watching.SQLite, "wait", wait)
    monkeypatch.setattr(watching.PostgreSQL, "wait", wait)
    monkeypatch.setattr(bell, "hang", lambda _bell: None)
    monkeypatch.setattr(relay, "PAUSE", 0.05)
    yield
    following.stop()


def heard_by(reader: following.Reader) -> list[int]:
    """Return the list that fills with what the reader hands on."""
    places: list[int] = []
    after = log.head()
    assert reader.listen(lambda entries: places.extend(one.position for one in entries), after=after).wait(10)
    return places


def listeners(server: Server) -> int:
    return int(dict(server.talk().pubsub_numsub(relay.CHANNEL))[relay.CHANNEL.encode()])


@pytest.mark.usefixtures("blind")
def test_another_machines_reader_is_woken(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "POLL", 30.0)
    monkeypatch.setattr(reading, "SILENT", 60.0)
    reader = following.reader()
    until(lambda: listeners(server) == 1, "the reader listens to Redis")
    places = heard_by(reader)
    began = time.monotonic()
    place = log.append("a", "post").position
    until(lambda: places == [place], "Redis has woken it")
    assert time.monotonic() - began < 10


@pytest.mark.usefixtures("blind")
def test_without_redis_it_arrives_at_the_next_look_and_redis_is_used_again_when_it_is_back(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reader = following.reader()
    until(lambda: listeners(server) == 1, "the reader listens to Redis")
    places = heard_by(reader)
    server.stop()
    late = [log.append("a", "post").position]
    until(lambda: places == late, "it has arrived by the database")
    assert reader.is_well
    until(lambda: "Redis cannot be heard" in caplog.text, "the log says so")
    monkeypatch.setattr(reading, "POLL", 30.0)
    server.start()
    until(lambda: listeners(server) == 1, "the reader listens to Redis again")
    late.append(log.append("a", "post").position)
    until(lambda: places == late, "Redis has woken it")


def test_no_commit_waits_for_a_redis_that_does_not_answer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    held, threads = threading.Event(), []

    class Hung:
        def publish(self, *_words: object) -> None:
            threads.append(threading.current_thread().name)
            held.wait(30)

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(relay, "_sender", relay.Sender())
    monkeypatch.setattr(relay, "_client", lambda _url: Hung())
    for _turn in range(3):
        log.append("a", "post")
    until(lambda: threads, "somebody tells Redis")
    held.set()
    assert set(threads) == {"log relay, sending"}
