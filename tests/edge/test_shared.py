"""The shared cache before an application that is played: what is asked again, and what a client gets (RFC 9111)."""

import asyncio
import functools
import gzip
from collections.abc import Awaitable, Callable

import brotli
import pytest

from tests.edge.played import BEGAN, Newsagent, Said

AN_HOUR = {"cache-control": "max-age=3600"}
TEXT = b"p { margin: 0 }\n" * 200
ETAG = {"cache-control": "max-age=60", "etag": '"a"'}


def runs(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a test that awaits."""

    @functools.wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 20))

    return run


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


@runs
async def test_its_date_stays_and_its_age_is_added_to_the_one_it_came_with() -> None:
    date = "Fri, 15 Jan 2027 07:59:50 GMT"
    paper = Newsagent(Said(headers={"Cache-Control": "max-age=60", "Date": date, "Age": "30"}))
    await paper.ask()
    paper.now += 5
    told = await paper.ask()
    assert (told.headers["date"], told.headers["age"]) == (date, "35")
    paper.now += 25
    await paper.ask()
    assert paper.questions == 2


@runs
async def test_an_answer_without_a_date_gets_that_of_its_receipt() -> None:
    paper = Newsagent(Said())
    await paper.ask()
    assert (await paper.ask()).headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


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
async def test_what_is_stale_is_asked_about_by_its_validators_and_confirmed() -> None:
    first = {"cache-control": "max-age=60", "etag": '"a"', "last-modified": "Fri, 15 Jan 2027 07:00:00 GMT", "x-a": "1"}
    confirmed = {"cache-control": "max-age=90", "etag": '"a"', "x-a": "2", "content-length": "999"}
    paper = Newsagent(Said(headers=first), Said(b"", status=304, headers=confirmed))
    await paper.ask()
    paper.now += 60
    told = await paper.ask()
    assert (paper.played.field("if-none-match"), paper.played.field("if-modified-since")) == (
        '"a"',
        first["last-modified"],
    )
    assert (told.status, told.body, told.headers["x-a"], told.headers["content-length"]) == (200, b"body", "2", "4")
    paper.now += 89
    assert (await paper.ask()).headers["age"] == "89"
    assert paper.questions == 2


@runs
async def test_a_confirmation_of_other_bytes_is_none() -> None:
    paper = Newsagent(Said(b"old", headers=ETAG), Said(b"", status=304, headers={"etag": '"b"'}), Said(b"new"))
    await paper.ask()
    paper.now += 60
    assert (await paper.ask()).body == b"new"
    assert paper.played.field("if-none-match") is None


@runs
async def test_a_confirmation_that_sets_a_cookie_or_forbids_to_keep_it_is_given_to_nobody_else() -> None:
    for headers in ({**ETAG, "set-cookie": "a=b"}, {"etag": '"a"', "cache-control": "no-store"}):
        paper = Newsagent(Said(headers=ETAG), Said(b"", status=304, headers=headers), Said(b"new", headers={}))
        await paper.ask()
        paper.now += 60
        assert "set-cookie" not in (await paper.ask()).headers
        assert (await paper.ask()).body == b"new"
        assert len(paper.cache.shelf) == 0


@runs
async def test_what_must_be_asked_about_first_is_each_time() -> None:
    paper = Newsagent(
        Said(headers={"cache-control": "no-cache, max-age=60", "etag": '"a"'}), Said(b"", status=304, headers={})
    )
    await paper.ask()
    assert (await paper.ask()).body == b"body"
    assert (await paper.ask()).body == b"body"
    assert paper.questions == 3


@runs
async def test_a_client_that_has_the_bytes_is_told_so() -> None:
    paper = Newsagent(Said(headers={**ETAG, "content-type": "text/plain"}))
    await paper.ask()
    told = await paper.ask(If_None_Match='"a"')
    assert (told.status, told.body, told.headers["etag"]) == (304, b"", '"a"')
    assert "content-length" not in told.headers
    assert "content-type" not in told.headers
    assert (await paper.ask(If_None_Match='"b"')).status == 200
    assert paper.questions == 1


@runs
async def test_a_client_that_has_the_bytes_is_told_so_after_they_were_asked_about() -> None:
    paper = Newsagent(
        Said(headers=ETAG), Said(b"", status=304, headers={"etag": '"a"'}), Said(b"new", headers={"etag": '"b"'})
    )
    await paper.ask()
    paper.now += 60
    assert (await paper.ask(If_None_Match='"older"')).status == 200
    assert paper.played.field("if-none-match") == '"a"'
    assert (await paper.ask(If_None_Match='"a"')).status == 304


@runs
async def test_a_part_is_cut_from_what_is_kept() -> None:
    paper = Newsagent(Said(b"0123456789", headers=ETAG))
    await paper.ask()
    told = await paper.ask(Range="bytes=2-4")
    assert (told.status, told.body, told.headers["content-range"]) == (206, b"234", "bytes 2-4/10")
    assert told.headers["content-length"] == "3"
    beyond = await paper.ask(Range="bytes=99-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */10")
    assert (await paper.ask(Range="bytes=2-4", If_Range='"b"')).body == b"0123456789"
    assert paper.questions == 1


@runs
async def test_head_is_answered_from_what_is_kept_and_without_a_body() -> None:
    paper = Newsagent(Said())
    await paper.ask()
    told = await paper.ask(method="HEAD")
    assert (told.body, told.headers["content-length"], paper.questions) == (b"", "4", 1)


@runs
async def test_an_answer_to_head_brings_what_is_kept_up_to_date_or_ends_it() -> None:
    head = {"cache-control": "max-age=100", "etag": '"a"', "content-length": "4", "x-a": "2"}
    paper = Newsagent(
        Said(headers=ETAG), Said(b"", headers=head), Said(b"", headers={**head, "etag": '"b"'}), Said(b"new")
    )
    await paper.ask()
    paper.now += 60
    await paper.ask(method="HEAD")
    assert (await paper.ask()).headers["x-a"] == "2"
    assert paper.questions == 2
    paper.now += 100
    await paper.ask(method="HEAD")
    assert (await paper.ask()).body == b"new"


@runs
async def test_an_answer_is_kept_for_each_of_what_it_varies_by() -> None:
    headers = {"cache-control": "max-age=60", "vary": "Accept-Language"}
    paper = Newsagent(Said(b"en", headers=headers), Said(b"sw", headers=headers), Said(b"none", headers=headers))
    assert (await paper.ask(Accept_Language="en, fr")).body == b"en"
    assert (await paper.ask(Accept_Language="sw")).body == b"sw"
    assert (await paper.ask()).body == b"none"
    assert (await paper.ask(Accept_Language="FR,en")).body == b"en"
    assert (await paper.ask(Accept_Language="sw")).body == b"sw"
    assert paper.questions == 3


@runs
async def test_text_is_compressed_once_and_each_coding_has_its_own_tag() -> None:
    paper = Newsagent(Said(TEXT, headers={**ETAG, "content-type": "text/css"}))
    plain = await paper.ask()
    small = await paper.ask(Accept_Encoding="gzip, deflate, br")
    other = await paper.ask(Accept_Encoding="gzip")
    assert (plain.body, brotli.decompress(small.body), gzip.decompress(other.body)) == (TEXT, TEXT, TEXT)
    assert [told.headers.get("content-encoding") for told in (plain, small, other)] == [None, "br", "gzip"]
    assert [told.headers["etag"] for told in (plain, small, other)] == ['"a"', '"a-br"', '"a-gzip"']
    assert {told.headers["vary"] for told in (plain, small, other)} == {"Accept-Encoding"}
    assert small.headers["content-length"] == str(len(small.body))
    assert (await paper.ask(Accept_Encoding="br", If_None_Match='"a-br"')).status == 304
    assert (await paper.ask(Accept_Encoding="br", If_None_Match='"a-gzip"')).status == 200
    assert (await paper.ask(Accept_Encoding="br", Range="bytes=0-3")).body == TEXT[:4]
    assert paper.questions == 1


@pytest.mark.parametrize("more", [{"cache-control": "max-age=60, no-transform"}, {"content-encoding": "gzip"}])
@runs
async def test_what_is_encoded_already_or_must_not_be_changed_stays_as_it_is(more: dict[str, str]) -> None:
    paper = Newsagent(Said(TEXT, headers={"content-type": "text/css", **AN_HOUR, **more}))
    told = await paper.ask(Accept_Encoding="br")
    assert (told.body, told.headers.get("content-encoding")) == (TEXT, more.get("content-encoding"))


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
async def test_while_it_is_asked_for_anew_the_stale_is_given_for_as_long_as_it_allows() -> None:
    headers = {"cache-control": "max-age=60, stale-while-revalidate=30"}
    paper = Newsagent(Said(b"old", headers=headers), Said(b"new", headers=headers), Said(b"newest"))
    await paper.ask()
    paper.now += 89
    assert [(await paper.ask()).body for _ in range(3)] == [b"old"] * 3
    await paper.settled()
    assert ((await paper.ask()).body, paper.questions) == (b"new", 2)
    paper.now += 90
    assert (await paper.ask()).body == b"newest"


@runs
async def test_what_fails_in_the_background_is_asked_for_by_the_next(caplog: pytest.LogCaptureFixture) -> None:
    headers = {"cache-control": "max-age=60, stale-while-revalidate=30"}
    paper = Newsagent(Said(b"old", headers=headers), Said(headers={}, failing="halfway"), Said(b"new"))
    await paper.ask()
    paper.now += 70
    assert (await paper.ask()).body == b"old"
    await paper.settled()
    assert "could not be asked for anew" in caplog.text
    assert (await paper.ask()).body == b"new"


@runs
async def test_where_nobody_answers_the_stale_is_given_unless_it_forbids_that() -> None:
    paper = Newsagent(Said(b"old"), Said(failing="at once"))
    await paper.ask()
    paper.now += 86_000
    assert ((await paper.ask()).body, paper.questions) == (b"old", 2)
    paper.now += 1_000
    with pytest.raises(ConnectionError):
        await paper.ask()
    strict = Newsagent(Said(headers={"cache-control": "max-age=60, must-revalidate"}), Said(failing="at once"))
    await strict.ask()
    strict.now += 60
    with pytest.raises(ConnectionError):
        await strict.ask()


@runs
async def test_an_error_gives_way_to_the_stale_where_that_is_allowed() -> None:
    headers = {"cache-control": "max-age=60, stale-if-error=30"}
    paper = Newsagent(Said(b"old", headers=headers), Said(b"sorry", status=503, headers={}))
    await paper.ask()
    paper.now += 80
    assert (await paper.ask()).body == b"old"
    paper.now += 20
    told = await paper.ask()
    assert (told.status, told.body) == (503, b"sorry")


@runs
async def test_an_answer_cut_short_is_not_kept() -> None:
    paper = Newsagent(
        Said(headers={**AN_HOUR, "content-length": "9"}), Said(headers=AN_HOUR, failing="halfway"), Said()
    )
    assert (await paper.ask()).body == b"body"
    with pytest.raises(ConnectionError):
        await paper.ask()
    assert (await paper.ask()).body == b"body"
    assert paper.questions == 3


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


def test_the_clock_of_these_tests_stands_where_their_dates_do() -> None:
    assert BEGAN == 1_800_000_000
