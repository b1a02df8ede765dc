"""What one page costs in memory however it is asked for, and which pages are asked for most."""

import time

from gazeti.edge.answers import Answer
from gazeti.edge.encodings import encoded
from gazeti.edge.fields import first
from gazeti.edge.memory import COOLING, LONGEST_READY, MOST_READY, Kept, Memory
from tests.edge.stage import HTML, STORY, played, stage


def kept(path: str = "/", *, hits: int = 0) -> Kept:
    answer = Answer(
        path=path,
        query="",
        status=200,
        headers=HTML,
        bodies=encoded(b"page " * 500, b"text/html"),
        tags=frozenset({"site"}),
        position=0,
        at=time.time(),
        modified=int(time.time()),
    )
    made = Kept(answer, seen=None)
    made.hits = hits
    return made


def test_all_who_are_sent_the_same_coding_share_one_pair_of_messages() -> None:
    page = kept()
    pairs = [page.messages(accepted, 1) for accepted in (b"br", b"gzip, br;q=1, zstd;q=0.1", b"br;q=0.9, gzip;q=0.5")]
    assert {id(pair) for pair in pairs} == {id(pairs[0])}
    assert page.messages(b"gzip", 1) is not pairs[0]


def test_however_many_values_are_sent_a_few_are_held_ready_and_each_gets_its_coding() -> None:
    page = kept()
    for number in range(300):
        start, body = page.messages(b"gzip, x%d" % number, 1)
        assert first(start["headers"], b"content-encoding") == b"gzip"
        assert body["body"] == page.answer.bodies["gzip"]
    assert len(page.ready) == MOST_READY
    start, body = page.messages(b"br", 1)
    assert (first(start["headers"], b"content-encoding"), body["body"]) == (b"br", page.answer.bodies["br"])
    assert page.messages(None, 2)[1]["body"] == page.answer.bodies["identity"]
    assert list(page.ready) == [None]


def test_a_value_that_no_browser_sends_is_answered_and_not_remembered() -> None:
    scene = stage()

    async def play() -> None:
        long = "gzip" + " " * LONGEST_READY
        for _ in range(2):
            assert (await scene.get(STORY, accept_encoding=long)).headers["content-encoding"] == "gzip"
        assert scene.edge.memory.find(STORY).ready == {}

    played(play)


def test_what_is_held_ready_counts() -> None:
    memory, page = Memory(1_000_000), kept()
    memory.put(page)
    for number in range(20):
        page.messages(b"br, gzip;q=0.%d" % number, 1)
        page.messages(b"gzip, br;q=0.%d" % number, 1)
    pairs = {id(start): start for start, _body in page.ready.values()}
    texts = sum(len(name) + len(value) for start in pairs.values() for name, value in start["headers"])
    assert memory.bytes - page.answer.size > texts + sum(map(len, filter(None, page.ready)))
    memory.drop(page.answer.key)
    assert memory.bytes == 0


def test_who_is_busiest_is_still_known_after_many_purges_at_once_and_cools_by_the_minute() -> None:
    memory = Memory(1_000_000)
    for path, hits in (("/often/", 100), ("/now-and-then/", 10), ("/never/", 0)):
        memory.put(kept(path, hits=hits))
    began = memory.cooled = 1_000.0
    for number in range(20):
        busiest = memory.busiest(most=5, now=began + number / 20)
        assert [one.answer.path for one in busiest] == ["/often/", "/now-and-then/"]
    assert [one.hits for one in busiest] == [100, 10]
    for minutes, hits in ((1, 50), (1.5, 50), (2, 25)):
        memory.busiest(most=5, now=began + minutes * COOLING)
        assert memory.find("/often/").hits == hits  # type: ignore[union-attr]
