"""The log: ordered, gap-free, and true under writers that race (house decision 4). On both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest
from django.db import close_old_connections, connection, transaction

from gazeti import log

pytestmark = pytest.mark.database


@pytest.mark.django_db
def test_the_first_event_stands_first_in_all_and_in_its_stream() -> None:
    before = log.head()
    place = log.append("coverage:1", "post", {"update": 3})
    assert place == log.Place(position=before + 1, number=1)


@pytest.mark.django_db
def test_each_stream_counts_by_itself_and_positions_count_all() -> None:
    places = [log.append(stream, "post") for stream in ("a", "b", "a", "a", "b")]
    assert [place.number for place in places] == [1, 1, 2, 3, 2]
    first = places[0].position
    assert [place.position for place in places] == list(range(first, first + 5))


@pytest.mark.django_db
def test_some_that_are_appended_together_stand_in_their_order_as_if_one_by_one() -> None:
    log.append("a", "post")
    start = log.head()
    places = log.append_all([("a", "edit", {"update": 1}), ("b", "post", {}), ("a", "pin", {"update": 2})])
    assert places == [log.Place(start + 1, 2), log.Place(start + 2, 1), log.Place(start + 3, 3)]
    assert log.append("b", "edit") == log.Place(start + 4, 2)
    entries = log.read(start)
    assert [(*entry[:4], entry.data) for entry in entries] == [
        (start + 1, "a", 2, "edit", {"update": 1}),
        (start + 2, "b", 1, "post", {}),
        (start + 3, "a", 3, "pin", {"update": 2}),
        (start + 4, "b", 2, "edit", {}),
    ]
    assert all(entry.at.tzinfo is UTC for entry in entries)
    assert log.append_all([]) == []


@pytest.mark.django_db
def test_what_is_read_is_what_was_appended() -> None:
    start = log.head()
    log.append("a", "post", {"update": 7})
    log.append("b", "edit", {"update": 8})
    entries = log.read(start)
    assert [(entry.stream, entry.kind, entry.data) for entry in entries] == [
        ("a", "post", {"update": 7}),
        ("b", "edit", {"update": 8}),
    ]
    assert [entry.kind for entry in log.read(0, stream="b")] == ["edit"]
    assert [entry.number for entry in log.read(1, stream="b")] == []


@pytest.mark.django_db
def test_a_stream_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="name of its stream"):
        log.append("", "post")
    start = log.head()
    with pytest.raises(ValueError, match="name of its stream"):
        log.append_all([("a", "post", {}), ("", "post", {})])
    assert log.head() == start


@pytest.mark.django_db(transaction=True)
def test_a_rollback_gives_its_numbers_back() -> None:
    start = log.head()
    with pytest.raises(RuntimeError), transaction.atomic():
        log.append("a", "post")
        raise RuntimeError
    assert log.append("a", "post") == log.Place(position=start + 1, number=1)


@pytest.mark.django_db(transaction=True)
def test_racing_writers_never_share_or_skip_a_number() -> None:
    start = log.head()

    def write(worker: int) -> list[log.Place]:
        close_old_connections()
        try:
            return [log.append(f"stream:{worker % 3}", "post", {"worker": worker, "turn": turn}) for turn in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        places = [place for written in pool.map(write, range(6)) for place in written]
    assert sorted(place.position for place in places) == list(range(start + 1, start + 121))
    for stream in range(3):
        numbers = [entry.number for entry in log.read(0, stream=f"stream:{stream}")]
        assert numbers == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_a_follower_that_reads_while_others_write_misses_nothing() -> None:
    """A position becomes visible only after every smaller one: the reader never has to look back."""
    start = log.head()
    seen: list[int] = []

    def write(worker: int) -> None:
        close_old_connections()
        try:
            for turn in range(15):
                log.append(f"writer:{worker}", "post", {"turn": turn})
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        writers = [pool.submit(write, worker) for worker in range(4)]
        at = start
        while not all(writer.done() for writer in writers) or at < log.head():
            for entry in log.read(at):
                seen.append(entry.position)
                at = entry.position
        for writer in writers:
            writer.result()
    assert seen == list(range(start + 1, start + 61))
