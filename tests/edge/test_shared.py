"""The shared cache before an application that is played: what it keeps, and when it asks (RFC 9111)."""

import asyncio

import pytest

from tests.edge.played import Newsagent, Said, runs

AN_HOUR = {"cache-control": "max-age=3600"}
TEXT = b"p { margin: 0 }\n" * 200


@runs
async def test_what_is_fresh_is_not_asked_for_again_and_tells_its_age() -> None:
    paper = Newsagent(Said())
    first = await paper.ask()
    paper.now += 59
    second = await paper.ask()
    assert (first.body, first.headers.get("age")) == (b"body", None)
    assert (second.body, second.headers["age"], second.headers["content-length"]) == (b"body", "59", "4")
    assert paper.questions == 1


@runs
async def test_what_is_stale_is_asked_for_again() -> None:
    paper = Newsagent(Said(b"old"), Said(b"new"))
    await paper.ask()
    paper.now += 60
    assert (await paper.ask()).body == b"new"
    assert (await paper.ask()).body == b"new"
    assert paper.questions == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cache-control": "private, max-age=60"},
        {"cache-control": "no-store"},
        {"cache-control": "max-age=60", "set-cookie": "a=b"},
        {"cache-control": "max-age=60", "vary": "*"},
        {"content-type": "text/event-stream"},
    ],
)
@runs
async def test_what_may_not_be_kept_is_passed_on_as_it_comes(headers: dict[str, str]) -> None:
    paper = Newsagent(Said(headers=headers, parts=3))
    told = await paper.ask()
    assert [message.get("body") for message in told.messages[1:]] == [b"body"] * 3
    await paper.ask()
    assert (paper.questions, len(paper.cache.shelf)) == (2, 0)


@runs
async def test_what_is_too_large_is_passed_on_whether_it_says_its_length_or_not() -> None:
    for headers in (AN_HOUR, {**AN_HOUR, "content-length": "1200000"}):
        paper = Newsagent(Said(b"x" * 400_000, headers=headers, parts=3))
        assert len((await paper.ask()).body) == 1_200_000
        assert len(paper.cache.shelf) == 0


@pytest.mark.parametrize("path", ["/desk/a", "/api/", "/documents/1/a.pdf"])
@runs
async def test_what_must_never_be_kept_is_not_even_looked_at(path: str) -> None:
    paper = Newsagent(Said(headers=AN_HOUR), never=("/desk/", "/api/", "/documents/"))
    await paper.ask(path)
    await paper.ask(path)
    assert paper.questions == 2
    await paper.ask("/static/desk/a.css")
    await paper.ask("/static/desk/a.css")
    assert paper.questions == 3


@runs
async def test_different_queries_hosts_and_very_long_addresses_are_different_answers() -> None:
    paper = Newsagent(Said(b"1", headers=AN_HOUR), Said(b"2", headers=AN_HOUR), Said(b"3", headers=AN_HOUR))
    assert [(await paper.ask(path)).body for path in ("/a", "/a?b", "/a", "/a?b")] == [b"1", b"2", b"1", b"2"]
    long = "/a?" + "b" * 3_000
    await paper.ask(long)
    await paper.ask(long)
    assert paper.questions == 4


@runs
async def test_one_asks_however_many_wait() -> None:
    paper = Newsagent(Said(TEXT, headers=AN_HOUR))
    paper.played.gate.clear()
    waiting = [asyncio.create_task(paper.ask()) for _ in range(50)]
    await asyncio.sleep(0)
    paper.played.gate.set()
    told = await asyncio.gather(*waiting)
    assert ({each.body for each in told}, paper.questions) == ({TEXT}, 1)
    assert (paper.cache.flights, paper.cache.asking) == ({}, {})


@runs
async def test_nobody_waits_for_an_answer_that_is_not_for_others() -> None:
    paper = Newsagent(Said(headers={"cache-control": "private"}))
    paper.played.gate.clear()
    waiting = [asyncio.create_task(paper.ask()) for _ in range(5)]
    await asyncio.sleep(0)
    assert paper.questions == 1
    paper.played.gate.set()
    await asyncio.gather(*waiting)
    paper.played.gate.clear()
    waiting = [asyncio.create_task(paper.ask()) for _ in range(5)]
    await asyncio.sleep(0)
    # Known now not to be kept: nobody waits for another's answer there.
    assert paper.questions == 10
    paper.played.gate.set()
    await asyncio.gather(*waiting)


@runs
async def test_nobody_waits_for_the_slow_line_of_who_asked() -> None:
    paper = Newsagent(Said(headers=AN_HOUR))
    slow = paper.line = asyncio.Event()
    paper.played.gate.clear()
    asking = asyncio.create_task(paper.ask())
    await asyncio.sleep(0)
    paper.line = None
    waiting = asyncio.create_task(paper.ask())
    await asyncio.sleep(0)
    paper.played.gate.set()
    told = await asyncio.wait_for(waiting, 5)
    assert (told.body, asking.done(), paper.questions) == (b"body", False, 1)
    slow.set()
    assert (await asking).body == b"body"


@runs
async def test_who_waits_asks_when_the_one_who_asked_went_away_or_got_an_error() -> None:
    paper = Newsagent(Said(failing="at once"), Said())
    paper.played.gate.clear()
    waiting = [asyncio.create_task(paper.ask()) for _ in range(2)]
    await asyncio.sleep(0)
    paper.played.gate.set()
    failed, told = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(failed, ConnectionError)
    assert told.body == b"body"


@runs
async def test_an_unsafe_request_that_succeeds_ends_what_is_kept_there_and_where_it_points() -> None:
    for method in ("POST", "PUT", "DELETE", "M-SEARCH"):
        done = Said(status=201, headers={"location": "/b", "content-location": "http://paper.example/c"})
        paper = Newsagent(*[Said(headers=AN_HOUR)] * 4, done, Said(headers=AN_HOUR))
        for path in ("/a", "/b", "/c", "/d"):
            await paper.ask(path)
        await paper.ask("/a", method=method)
        assert paper.questions == 5
        for path in ("/a", "/b", "/c", "/d"):
            await paper.ask(path)
        assert paper.questions == 8


@runs
async def test_one_that_fails_or_points_elsewhere_ends_nothing_else() -> None:
    failed = Said(status=500, headers={"location": "/b"})
    elsewhere = Said(status=201, headers={"location": "http://other.example/b"})
    paper = Newsagent(*[Said(headers=AN_HOUR)] * 2, failed, elsewhere, Said(headers=AN_HOUR))
    await paper.ask("/a")
    await paper.ask("/b")
    await paper.ask("/a", method="POST")
    await paper.ask("/d", method="POST")
    await paper.ask("/a")
    await paper.ask("/b")
    assert paper.questions == 4


@runs
async def test_what_was_asked_for_before_an_unsafe_request_is_not_kept_after_it() -> None:
    done = Said(status=204, headers={}, waits=False)
    paper = Newsagent(Said(b"before", headers=AN_HOUR), done, Said(b"after", headers=AN_HOUR))
    paper.played.gate.clear()
    asking = asyncio.create_task(paper.ask())
    await asyncio.sleep(0)
    assert paper.questions == 1
    assert (await paper.ask(method="POST")).status == 204
    paper.played.gate.set()
    assert (await asking).body == b"before"
    assert (await paper.ask()).body == b"after"


@runs
async def test_who_allows_no_question_gets_what_is_kept_or_504() -> None:
    paper = Newsagent(Said())
    assert (await paper.ask(Cache_Control="only-if-cached")).status == 504
    await paper.ask()
    assert (await paper.ask(Cache_Control="only-if-cached")).body == b"body"
    assert paper.questions == 1


@runs
async def test_a_reload_costs_the_application_nothing() -> None:
    paper = Newsagent(Said())
    await paper.ask()
    for line in ("no-cache", "max-age=0"):
        assert (await paper.ask(Cache_Control=line)).body == b"body"
    assert paper.questions == 1


@runs
async def test_what_is_held_stays_below_its_limit_and_the_least_recently_used_goes_first() -> None:
    paper = Newsagent(Said(b"x" * 5_000, headers=AN_HOUR), bytes_limit=20_000)
    await paper.ask("/often")
    for number in range(20):
        await paper.ask(f"/{number}")
        await paper.ask("/often")
        assert paper.cache.shelf.bytes <= 20_000
    assert paper.questions == 21
    paper.cache.shelf.drop(("http", b"paper.example", b"/often"))
    for number in range(20):
        paper.cache.shelf.drop(("http", b"paper.example", f"/{number}".encode()))
    assert (paper.cache.shelf.bytes, len(paper.cache.shelf)) == (0, 0)


@runs
async def test_addresses_and_what_chooses_among_their_responses_count_too() -> None:
    sizes = []
    for address, languages in (("/a", "so"), ("/a" + "y" * 1_500, "so"), ("/a", "so" + "z" * 1_500)):
        paper = Newsagent(Said(b"x", headers={**AN_HOUR, "vary": "accept-language"}))
        await paper.ask(address, Accept_Language=languages)
        sizes.append(paper.cache.shelf.bytes)
    assert [size - sizes[0] for size in sizes] == [0, 1_500, 1_500]
