"""The judge of a chaos itself, and the harness around it: what is whole is let through, what is broken is seen."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cli.conftest import made, paper
from tests.live.chaos.authors import Accepted, Author, Intent
from tests.live.chaos.copies import GONE, Copy, Gap
from tests.live.chaos.house import House, house
from tests.live.chaos.hunt import Chaos, Pace, Trail
from tests.live.chaos.judge import differences, unkept
from tests.live.chaos.readers import Reader, Streamer
from tests.live.chaos.wire import Lines

__all__ = ["made", "paper"]


def event(seq: int, kind: str, update: int | None = None, html: str = "", **facts: Any) -> dict[str, Any]:
    key = {"key": False} if update and not facts.get("gone") else {}
    return {"seq": seq, "kind": kind, "update": update, "at": "", "html": html, **key, **facts}


EVENTS = [
    event(1, "resume"),
    event(2, "post", 2, "<a>"),
    event(3, "post", 3, gone=True),
    event(4, "edit", 2, "<b>", key=True),
    event(5, "pin", 2, "<b>", key=True),
    event(6, "retract", 3, gone=True),
    event(7, "summary", html="<p>All is well.</p>"),
    event(8, "close"),
]


def truth(**other: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "head": 8, "state": "closed", "summary": "<p>All is well.</p>", "articles": {"2": "<b>"}, "gone": [3],
        "keys": [2], "pins": {"2": 5}, "log": [[one["seq"], one["kind"], one["update"]] for one in EVENTS],
        "words": {"2": "a", "3": "c", "4": "b", "7": "s"},
    }  # fmt: skip
    return found | other


def read(*events: dict[str, Any]) -> Copy:
    copy = Copy()
    for one in events or EVENTS:
        copy.take(one, at=1.0)
    return copy


def test_a_copy_made_of_every_event_once_equals_the_tables() -> None:
    copy = read()
    assert differences(copy, truth()) == []
    assert copy.articles == {2: "<b>", 3: GONE}
    assert copy.order == [2, 3]


def test_what_came_already_is_ignored_and_what_is_too_far_on_is_a_gap() -> None:
    copy = read(*EVENTS[:4])
    assert not copy.take(EVENTS[1], at=2.0)
    assert copy.articles[2] == "<b>"
    with pytest.raises(Gap):
        copy.take(EVENTS[5], at=2.0)
    assert copy.seq == 4


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("articles", {"2": "<c>"}), ("articles", {"2": "<b>", "4": "<d>"}), ("gone", []), ("keys", []),
        ("pins", {}), ("summary", "<p>It is not.</p>"), ("state", "live"), ("log", [[1, "resume", None]]),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_told(name: str, other: Any) -> None:
    assert differences(read(), truth(**{name: other}))


def test_a_number_seen_twice_out_of_order_or_never_is_told() -> None:
    for seen in (read().seen[:-1], [*read().seen, read().seen[-1]], [*read().seen[1:], read().seen[0]]):
        copy = read()
        copy.seen = seen
        assert differences(copy, truth())


def author(*intents: Intent, name: str = "author 0") -> Author:
    async def door(_intent: Intent) -> int:
        raise NotImplementedError

    accepted = [Accepted(one, at, 0.0) for at, one in enumerate(intents, start=2)]
    return Author(name, Random(1), door, 1.0, may_pause=True, accepted=accepted)


POST, EDIT = Intent("post", "k1", text="a"), Intent("edit", "k2", 2, text="b")
KEPT: dict[str, Any] = {"log": [[2, "post", 2], [3, "edit", 2]], "words": {"2": "a", "3": "b"}}


def test_what_was_accepted_is_in_the_log_once_in_its_order() -> None:
    assert unkept([author(POST, EDIT)], KEPT, before=1) == []
    assert unkept([author(EDIT, POST)], KEPT, before=1)
    assert unkept([author(POST)], KEPT, before=1)
    assert unkept([author(POST, EDIT)], {"log": KEPT["log"][:1], "words": KEPT["words"]}, before=1)
    assert unkept([author(POST, EDIT)], {**KEPT, "log": [*KEPT["log"], [4, "edit", 2]]}, before=1)
    assert unkept([author(POST, EDIT)], {**KEPT, "log": [*KEPT["log"], [4, "post", 4]]}, before=1)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_a_stream_is_read_the_same_in_whatever_pieces_it_comes(size: int) -> None:
    whole = 'retry: 2000\n: \n\nid: 7\ndata: {"a":\ndata: "ß"}\n\r\nid: 8\r\ndata: x\r\n\r\ndata: half'.encode()
    lines = Lines()
    found = [one for at in range(0, len(whole), size) for one in lines.heard(whole[at : at + size])]
    assert found == [("7", '{"a":\n"ß"}'), ("8", "x")]
    assert (lines.retry, lines.comments) == (2000, 1)


class Forgetful(Streamer):
    """A reader that skips what it missed: broken on purpose."""

    def absorb(self, body: dict[str, Any]) -> None:
        for one in body["events"]:
            self.copy.seq = max(self.copy.seq, one["seq"] - 1)
            super().absorb({"events": [one]})

    async def hear(self, name: str, event: dict[str, Any]) -> None:
        self.copy.seq = max(self.copy.seq, event["seq"] - 1)
        await super().hear(name, event)

    def beginning(self) -> tuple[str, dict[str, str], bool]:
        return f"{self.path}stream/", {}, True


CALM = Pace(streams=6, polls=6, least=20, pause=0.3, per_second=3.0, harm_every=2.0, arriving=3.0)


def run(home: House, *, kinds: tuple[type[Reader], ...] = (), drops: int = 0) -> Trail:
    """A small chaos with some readers more, or with a cache that swallows an event."""

    async def whole() -> Trail:
        one = Chaos(home, seed=3, pace=CALM)
        one.keeping.drops = drops
        one.patience = 10.0
        for at, kind in enumerate(kinds):
            one.readers.append(
                kind(home.path, port=lambda: one.lines.port, seed=at, counts=one.trail.counts, pause=0.3)
            )
        return await one.run(8.0)

    return asyncio.run(whole())


@pytest.mark.soak
def test_a_reader_that_skips_what_it_missed_is_found_out_among_those_who_do_not(paper: Path) -> None:
    with house(paper) as home:
        trail = run(home, kinds=(Forgetful,))
    whose = {one.partition(":")[0] for one in trail.faults} - {"1 readers were not at the end after 10 s"}
    assert whose == {"Forgetful 0"}, trail.faults


@pytest.mark.soak
def test_a_server_that_swallows_an_event_leaves_readers_behind_and_that_is_told(paper: Path) -> None:
    with house(paper) as home:
        trail = run(home, drops=5)
    assert any("were not at the end" in one for one in trail.faults)
    assert any("saw 4 events" in one for one in trail.faults), trail.faults
