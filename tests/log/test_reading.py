"""The reader: what is appended is handed on in order and once, whoever appends and whatever breaks between."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from gazeti import log
from gazeti.log import bell, following
from gazeti.log.following import reading
from tests.cli.processes import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def reader() -> Iterator[following.Reader]:
    """Return this process's reader; it ends with the test."""
    yield following.reader()
    following.stop()


class Ear:
    """A callback that keeps what it is handed."""

    def __init__(self) -> None:
        self.heard: list[log.Entry] = []

    def __call__(self, entries: list[log.Entry]) -> None:
        self.heard += entries

    @property
    def positions(self) -> list[int]:
        return [entry.position for entry in self.heard]


def appended(*streams: str) -> list[int]:
    return [log.append(stream, "post", {"turn": turn}).position for turn, stream in enumerate(streams)]


def test_what_was_there_comes_first_and_then_what_is_appended(reader: following.Reader) -> None:
    start = log.head()
    before = appended("a", "b", "a")
    ear = Ear()
    assert reader.listen(ear, after=start).wait(10)
    assert ear.positions == before
    after = appended("b", "a")
    until(lambda: len(ear.heard) == 5, "the later two are heard")
    assert ear.positions == before + after
    assert ear.heard == log.read(start)


def test_nobody_counts_as_live_before_what_was_there_was_handed_on() -> None:
    # A reader that had looked before these were appended, and looks again only once somebody listens.
    resting = following.Reader()
    resting._position = log.head()
    places = appended("a", "b")
    seen: list[tuple[list[int], bool]] = []
    listener = resting.listen(
        lambda entries: seen.append(([one.position for one in entries], listener.is_live)), after=places[0] - 1
    )
    resting._read_on()
    assert seen == [(places, False)]
    assert listener.is_live


def test_what_was_read_is_followed_by_a_wait_and_by_no_second_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, waits = [], []
    since = reading.since

    class Watch:
        """Tells at each wait how often the log was read by then, and says at once that there may be something new."""

        def wait(self, ring: bell.Bell, _seconds: float) -> bool:
            waits.append(len(asked))
            return ring.wait(0.01)

    def counted(position: int, **about: Any) -> list[log.Entry]:
        asked.append(position)
        return since(position, **about)

    monkeypatch.setattr(reading, "watch", lambda _connection: Watch())
    monkeypatch.setattr(reading, "since", counted)
    following.reader()
    try:
        until(lambda: bool(waits), "it waits")
        place = appended("a")[0]
        until(lambda: place in asked, "what was appended has been read")
    finally:
        following.stop()
    assert waits == list(range(1, len(waits) + 1)), "one reading before each"


def test_one_stream_and_one_position_are_kept_to(reader: following.Reader) -> None:
    places = appended(*"abab" * 5)
    ear = Ear()
    reader.listen(ear, after=places[5], stream="b")
    last = appended("a", "b")[1]
    until(lambda: last in ear.positions, "the last is heard")
    assert ear.positions == [*[place for place in places[6:] if places.index(place) % 2], last]


def test_what_is_rolled_back_is_never_handed_on(reader: following.Reader) -> None:
    ear = Ear()
    reader.listen(ear, after=log.head())
    with pytest.raises(RuntimeError), transaction.atomic():
        log.append("a", "never")
        raise RuntimeError
    log.append("a", "kept")
    until(lambda: ear.heard, "the kept one is heard")
    assert [entry.kind for entry in ear.heard] == ["kept"]


def test_pages_are_read_until_all_is_handed_on(reader: following.Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    start = log.head()
    places = appended(*"abc" * 4)
    ear, other = Ear(), Ear()
    reader.listen(ear, after=start)
    reader.listen(other, after=start, stream="b")
    until(lambda: len(ear.heard) == 12 and len(other.heard) == 4, "all are heard")
    assert (ear.positions, other.positions) == (places, places[1::3])


def test_a_callback_that_raises_stops_no_other_and_hears_the_later_ones(
    reader: following.Reader, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def breaks(entries: list[log.Entry]) -> None:
        calls.extend(entry.position for entry in entries)
        raise LookupError("no such page")

    ear, start = Ear(), log.head()
    reader.listen(breaks, after=start)
    reader.listen(ear, after=start)
    first = appended("a")
    until(lambda: ear.positions == first, "the first is heard")
    both = first + appended("a")
    until(lambda: ear.positions == both, "the second is heard")
    assert calls == both
    assert "no such page" in caplog.text
    assert reader.is_well


def test_one_that_stopped_listening_is_handed_nothing_more(reader: following.Reader) -> None:
    gone, ear = Ear(), Ear()
    listener = reader.listen(gone, after=log.head())
    reader.listen(ear, after=log.head())
    appended("a")
    until(lambda: ear.heard and gone.heard, "both have heard one")
    listener.stop()
    appended("a")
    until(lambda: len(ear.heard) == 2, "the second is heard")
    assert len(gone.heard) == 1


def test_a_database_that_failed_is_asked_until_it_answers_and_nothing_is_lost_or_twice(
    reader: following.Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear, start = Ear(), log.head()
    assert reader.listen(ear, after=start).wait(10)
    fails = threading.Event()
    since = reading.since

    def breaking(*args: int, **options: int) -> list[log.Entry]:
        if fails.is_set():
            connection.close()
            raise OSError("the disk is gone")
        return since(*args, **options)

    monkeypatch.setattr(reading, "since", breaking)
    first = appended("a")
    until(lambda: ear.positions == first, "the first is heard")
    fails.set()
    missed = appended("a", "b")
    until(lambda: not reader.is_well, "the reader knows")
    assert ear.positions == first
    fails.clear()
    until(lambda: ear.positions == first + missed, "what was missed is heard")
    assert reader.is_well
    assert ear.positions == first + missed


def test_a_commit_elsewhere_wakes_it_though_nobody_here_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the file's version on SQLite, by NOTIFY on PostgreSQL; the poll is too far off to help."""
    monkeypatch.setattr(bell, "hang", lambda _bell: None)
    monkeypatch.setattr(reading, "POLL", 300.0)
    ear, start = Ear(), log.head()
    try:
        assert following.reader().listen(ear, after=start).wait(10)
        for turn in range(20):
            appended("a")
            until(lambda count=turn + 1: len(ear.heard) == count, "the reader was woken")
    finally:
        following.stop()


def test_a_reader_that_was_stopped_leaves_no_thread_and_another_starts() -> None:
    first = following.reader()
    assert following.reader() is first
    following.stop()
    assert "log reader" not in [thread.name for thread in threading.enumerate()]
    second = following.reader()
    assert second is not first
    ear, start = Ear(), log.head()
    second.listen(ear, after=start)
    places = appended("a")
    until(lambda: ear.positions == places, "the second reader hands it on")
    following.stop()
