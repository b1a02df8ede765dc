"""What a client gets of an answer that the shared cache holds: all, a part, or word that it has it (RFC 9110)."""

import gzip

import brotli
import pytest

from tests.edge.played import Newsagent, Said, runs

AN_HOUR = {"cache-control": "max-age=3600"}
TEXT = b"p { margin: 0 }\n" * 200
ETAG = {"cache-control": "max-age=60", "etag": '"a"'}


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
