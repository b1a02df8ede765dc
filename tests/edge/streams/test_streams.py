"""Whoever listens is told every event once and in order, whatever their number, and all of them cost one question."""

import asyncio
from typing import Any

import pytest

from gazeti.edge.streams import application, channel
from gazeti.edge.streams.places import Places
from tests.edge.stage import Page
from tests.edge.streams.audience import COVERAGE, STREAM, Audience, Reader, play, until


def asked_after(scene: Audience) -> list[str]:
    return [path for path in scene.django.asked if "/after/" in path]


def test_five_hundred_are_told_every_event_once_and_in_order_by_one_question_each() -> None:
    async def story() -> None:
        scene = Audience(head=3)
        crowd = [await scene.listen() for _ in range(500)]
        await until(lambda: not scene.streams.channels[STREAM].stirred.is_set())
        before = len(asked_after(scene))
        for _ in range(4):
            scene.post()
            last = len(scene.events)
            await until(lambda: all(one.numbers[-1:] == [last] for one in crowd))  # noqa: B023 (awaited here)
        assert {tuple(one.numbers) for one in crowd} == {(4, 5, 6, 7)}
        # What came, and that nothing came after it.
        assert len(asked_after(scene)) - before <= 8

    play(story())


def test_whoever_says_what_they_saw_last_is_told_the_rest_by_header_before_query() -> None:
    async def story() -> None:
        scene = Audience(head=130)
        late = await scene.listen(query="after=20")
        again = await scene.listen(query="after=20", last_event_id="127")
        new = await scene.listen()
        odd = await scene.listen(query="after=1e3", last_event_id="-4")
        endless = await scene.listen(last_event_id="9" * 5_000)
        await until(lambda: late.numbers[-1:] == [130] and again.numbers[-1:] == [130])
        scene.post(2)
        await until(lambda: all(one.numbers[-1:] == [132] for one in (late, again, new, odd, endless)))
        assert late.numbers == list(range(21, 133))
        assert again.numbers == list(range(128, 133))
        assert new.numbers == odd.numbers == endless.numbers == [131, 132]
        assert late.told[0] == scene.events[20]

    play(story())


def test_whoever_has_seen_more_than_there_is_is_told_what_comes_next() -> None:
    async def story() -> None:
        scene = Audience(head=3)
        reader = await scene.listen(last_event_id="400")
        await until(lambda: scene.streams.channels[STREAM].head == 3)
        scene.post()
        await until(lambda: reader.numbers == [4])

    play(story())


def test_a_stream_says_how_it_is_to_be_passed_on_and_keeps_nothing_of_the_request() -> None:
    async def story() -> None:
        reader = await Audience().listen()
        assert reader.status == 200
        assert reader.headers["content-type"] == "text/event-stream"
        assert (reader.headers["cache-control"], reader.headers["x-accel-buffering"]) == ("no-store", "no")
        assert reader.text.startswith(b"retry: 2")

    play(story())


def test_a_change_of_something_else_asks_nothing_and_one_that_was_heard_late_is_not_lost() -> None:
    async def story() -> None:
        scene = Audience(head=1)
        reader = await scene.listen(query="after=0")
        await until(lambda: reader.numbers == [1] and scene.streams.channels[STREAM].told[0] >= 0)
        await asyncio.sleep(0)
        scene.truth.purge("author:7", "picture:9")
        scene.hear()
        scene.events.append({"seq": 2, "kind": "post", "html": ""})
        for _ in range(50):
            await asyncio.sleep(0)
        assert asked_after(scene) == [f"{COVERAGE}after/0/"]
        scene.truth.purge("live:1")
        scene.hear()
        await until(lambda: reader.numbers == [1, 2])

    play(story())


def test_who_is_slow_keeps_nobody_waiting_and_goes_on_where_it_was() -> None:
    async def story() -> None:
        scene = Audience()
        slow, quick = await scene.listen(), await scene.listen()
        slow.takes.clear()
        for number in (1, 2, 3):
            scene.post()
            await until(lambda: quick.numbers[-1:] == [number])  # noqa: B023 (awaited here)
        assert slow.numbers == []
        slow.takes.set()
        await until(lambda: slow.numbers == [1, 2, 3])
        scene.post()
        await until(lambda: slow.numbers == quick.numbers == [1, 2, 3, 4])

    play(story())


def test_who_turns_slow_while_others_are_sent_the_same_is_told_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign of life that comes between two of many readers must not take the first of them back to its old number."""

    async def story() -> None:
        scene = Audience()
        first, second = await scene.listen(), await scene.listen()
        streams = scene.streams.channels[STREAM]

        async def between(at: int) -> None:
            if at == 0:
                first.takes.clear()
                for client in streams.clients():
                    streams.beat(client, application.ALIVE)
                await asyncio.sleep(0)
                first.takes.set()

        monkeypatch.setattr(channel, "gently", between)
        for number in (1, 2, 3):
            scene.post()
            await until(lambda: second.numbers[-1:] == first.numbers[-1:] == [number])  # noqa: B023 (awaited here)
        assert first.numbers == second.numbers == [1, 2, 3]

    play(story())


def test_who_takes_nothing_is_let_go_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "LONGEST_SEND", 0.05)

    async def story() -> None:
        scene = Audience()
        slow = await scene.listen()
        slow.takes.clear()
        scene.post()
        await until(lambda: slow.is_over)
        assert (slow.numbers, scene.streams.places.slow) == ([], {})
        assert slow.task is not None
        await slow.task
        assert scene.streams.places.open == 0
        again = await scene.listen(last_event_id="0")
        await until(lambda: again.numbers == [1])

    play(story())


def test_too_many_slow_ones_lose_the_one_that_was_slow_longest() -> None:
    async def story() -> None:
        scene = Audience(places=Places(most=100, slow_bytes=2 * 21 * 4096))
        slow = [await scene.listen() for _ in range(3)]
        for number, one in enumerate(slow):
            await until(lambda: scene.streams.channels[STREAM].head == number)  # noqa: B023 (awaited here)
            one.takes.clear()
            scene.post()
        await until(lambda: any(one.is_over for one in slow))
        assert [one.is_over for one in slow] == [True, False, False]

    play(story())


def test_an_address_may_have_only_so_many_and_all_only_so_many() -> None:
    async def story() -> None:
        scene = Audience(places=Places(most=3, for_one=2))
        first, _second = [await scene.listen() for _ in range(2)]
        third = await scene.listen()
        assert (third.status, int(third.headers["retry-after"]) >= 20) == (503, True)
        assert (await scene.listen(reader=Reader(address="192.0.2.2"))).status == 200
        assert (await scene.listen(reader=Reader(address="192.0.2.3"))).status == 503
        await first.leave()
        assert (await scene.listen()).status == 200

    play(story())


def test_a_story_that_is_taken_back_ends_its_streams_and_opens_none() -> None:
    async def story() -> None:
        scene = Audience(head=2)
        readers = [await scene.listen(query="after=2") for _ in range(3)]
        scene.django.pages[STREAM] = Page(status=410, body="taken back", tags=frozenset({"story:1"}))
        scene.truth.purge(forget=("story:1",))
        scene.hear()
        await until(lambda: all(one.is_over for one in readers))
        await asyncio.gather(*(one.task for one in readers if one.task))
        assert scene.streams.channels == {}
        assert (await scene.listen()).status == 410

    play(story())


def test_one_that_is_changed_but_still_there_goes_on() -> None:
    async def story() -> None:
        scene = Audience(head=2)
        reader = await scene.listen(query="after=1")
        await until(lambda: reader.numbers == [2])
        scene.truth.purge("story:1")
        scene.hear()
        scene.post()
        await until(lambda: reader.numbers == [2, 3])
        assert not reader.is_over

    play(story())


def test_while_django_cannot_answer_streams_stay_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "PAUSE", 0.01)

    async def story() -> None:
        scene = Audience(head=1)
        reader = await scene.listen(query="after=1")
        await until(lambda: scene.streams.channels[STREAM].told[0] >= 0)
        well, ill = scene.django.pages, Page(status=503, body="away", tags=frozenset())
        scene.django.pages = dict.fromkeys(well, ill)
        scene.post(3)
        await until(lambda: scene.django.asked.count(f"{COVERAGE}after/1/") > 3)
        assert not reader.is_over
        scene.django.pages = well
        await until(lambda: reader.numbers == [2, 3, 4])

    play(story())


def test_everybody_is_given_one_sign_of_life_in_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        scene = Audience()
        readers = [await scene.listen() for _ in range(60)]
        for slot in range(application.HEARTBEAT):
            scene.streams._beat(slot)
        assert {one.beats for one in readers} == {1}

    # The round is played by the test: none is begun by the clock.
    monkeypatch.setattr(asyncio.BaseEventLoop, "call_later", later(asyncio.BaseEventLoop.call_later))
    play(story())


def later(real: Any) -> Any:
    def call_later(self: Any, delay: float, callback: Any, *facts: Any, **more: Any) -> Any:
        return real(self, 3_600 if getattr(callback, "__name__", "") == "_beat" else delay, callback, *facts, **more)

    return call_later


def test_a_worker_that_stops_ends_all_streams_and_opens_none() -> None:
    async def story() -> None:
        scene = Audience(head=1)
        slow, other = await scene.listen(), await scene.listen()
        await until(lambda: scene.streams.channels[STREAM].head == 1)
        slow.takes.clear()
        scene.post()
        await until(lambda: other.numbers == [2])
        scene.streams.end()
        await until(lambda: slow.is_over and other.is_over)
        assert (await scene.listen()).status == 503

    play(story())


def test_what_is_no_stream_is_answered_by_the_edge() -> None:
    async def story() -> None:
        scene = Audience()
        reader = Reader()
        scope = {
            "type": "http", "method": "GET", "path": "/city-affairs/other/stream/", "query_string": b"",
            "client": ("192.0.2.1", 1), "headers": [(b"host", b"localhost")],
        }  # fmt: skip
        await scene.streams(scope, reader.receive, reader.send)
        assert reader.status == 404
        elsewhere = {**scope, "path": STREAM, "headers": [(b"host", b"elsewhere.example")]}
        await scene.streams(elsewhere, reader.receive, reader.send)
        assert scene.passed == [f"GET {STREAM}"]

    play(story())
