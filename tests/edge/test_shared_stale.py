"""What is stale: the shared cache asks about it, or gives it where that is allowed (RFC 9111, 4.2.4 and 4.3)."""

import pytest

from tests.edge.played import Newsagent, Said, runs

AN_HOUR = {"cache-control": "max-age=3600"}
ETAG = {"cache-control": "max-age=60", "etag": '"a"'}


@runs
async def test_what_is_stale_is_asked_about_by_its_validators_and_confirmed() -> None:
    first = {"cache-control": "max-age=60", "etag": '"a"', "last-modified": "Fri, 15 Jan 2027 07:00:00 GMT", "x-a": "1"}
    confirmed = {
        "cache-control": "max-age=90",
        "etag": '"a"',
        "x-a": "2",
        "content-length": "999",
        "content-encoding": "br",
    }
    paper = Newsagent(Said(headers=first), Said(b"", status=304, headers=confirmed))
    await paper.ask()
    paper.now += 60
    told = await paper.ask()
    assert (paper.played.field("if-none-match"), paper.played.field("if-modified-since")) == (
        '"a"',
        first["last-modified"],
    )
    assert (told.status, told.body, told.headers["x-a"], told.headers["content-length"]) == (200, b"body", "2", "4")
    assert "content-encoding" not in told.headers
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
        assert len(paper.cache.shelf) == 0
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
