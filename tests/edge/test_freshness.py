"""How long an answer lasts, who may keep it and for whom, field by field (RFC 9111, RFC 5861)."""

import pytest

from gazeti.edge import freshness
from gazeti.edge.fields import Headers, directives, end_to_end, moment, presented, seconds

NOW = 1_800_000_000.0
DATE = b"Fri, 15 Jan 2027 08:00:00 GMT"
IN_AN_HOUR = b"Fri, 15 Jan 2027 09:00:00 GMT"
AN_HOUR_AGO = b"Fri, 15 Jan 2027 07:00:00 GMT"


def said(*lines: str, **fields: str) -> Headers:
    """Return the fields of an answer: lines of `Cache-Control`, and others by name."""
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    return [*((b"cache-control", line.encode()) for line in lines), *named]


def stores(response: Headers, *, request: Headers = (), status: int = 200) -> bool:
    return freshness.may_store(request, status, response, now=NOW)


@pytest.mark.parametrize(
    "text",
    [b"Fri, 15 Jan 2027 08:00:00 GMT", b"Friday, 15-Jan-27 08:00:00 GMT", b"Fri Jan 15 08:00:00 2027",
     b"FRI, 15 JAN 2027 08:00:00 gmt"],
)  # fmt: skip
def test_a_date_is_read_in_its_three_forms(text: bytes) -> None:
    assert moment(text) == NOW


@pytest.mark.parametrize(
    "text",
    [None, b"", b"0", b"Fri, 15 Jan 2027 08:00:00 UTC", b"Fri, 15 Jan 27 08:00:00 GMT", b"Fri 15 Jan 2027 08:00:00 GMT",
     b"Fri, 15  Jan 2027 08:00:00 GMT", b"Fri, 15-Jan-2027 08:00:00 GMT", b"Fri, 15 Jan 2027 8:00:00 GMT",
     b"Fri, 32 Jan 2027 08:00:00 GMT", b"Fri, 15 Jan 2027 24:00:00 GMT", b"Fri, 15 Jan 2027 08:00:00 GMT, "],
)  # fmt: skip
def test_what_is_not_exactly_a_date_is_none(text: bytes | None) -> None:
    assert moment(text) is None


def test_a_year_of_two_digits_is_not_more_than_fifty_years_ahead() -> None:
    assert moment(b"Friday, 15-Jan-99 08:00:00 GMT") < NOW < moment(b"Friday, 15-Jan-70 08:00:00 GMT")


def test_seconds_are_digits_and_a_large_number_is_the_largest() -> None:
    assert [seconds(text) for text in (b"0", b"003600", b"99999999999", b"9" * 5_000)] == [0, 3600, 2**31, 2**31]
    assert [seconds(text) for text in (None, b"", b"-1", b"1.0", b"1a", b"'1'", "²".encode())] == [None] * 7


def test_directives_are_read_whatever_their_case_and_lines_and_the_first_of_two_counts() -> None:
    found = directives(said('foo, Max-AGE=5 , ext="max-age=9, no-store", private="a\\"b"', "max-age=7,, public"))
    assert found == {"foo": None, "max-age": b"5", "ext": b"max-age=9, no-store", "private": b'a"b', "public": None}


@pytest.mark.parametrize(
    "line", ["max-age =5", "max-age= 5", "max-age=", "max-age", "max-age=5.0", "max-age=-5", "max-age='5'"]
)
def test_a_lifetime_that_cannot_be_read_is_none_at_all(line: str) -> None:
    response = said(line, expires=IN_AN_HOUR.decode(), date=DATE.decode())
    assert freshness.lifetime(response, received=NOW) == 0


@pytest.mark.parametrize(
    ("response", "lasts"),
    [
        (said(), 0),
        (said("max-age=60"), 60),
        (said('max-age="60"'), 60),
        (said("max-age=60, s-maxage=5"), 5),
        (said("max-age=0, s-maxage=500", expires=AN_HOUR_AGO.decode()), 500),
        (said("max-age=60", expires=AN_HOUR_AGO.decode()), 60),
        (said("max-age=0", expires=IN_AN_HOUR.decode()), 0),
        (said(expires=IN_AN_HOUR.decode(), date=DATE.decode()), 3600),
        (said(expires=IN_AN_HOUR.decode(), date="nonsense"), 3600),
        (said(expires=DATE.decode(), date=DATE.decode()), 0),
        (said(expires=AN_HOUR_AGO.decode()), 0),
        (said(expires="0"), 0),
        ([(b"expires", IN_AN_HOUR), (b"expires", IN_AN_HOUR)], 0),
        (said(last_modified=AN_HOUR_AGO.decode()), 0),
        (said(cdn_cache_control="max-age=60"), 0),
    ],
)
def test_an_answer_lasts_as_long_as_it_says_and_no_guess_longer(response: Headers, lasts: int) -> None:
    assert freshness.lifetime(response, received=NOW) == lasts


@pytest.mark.parametrize(
    ("response", "age"),
    [
        (said(), 2),
        (said(age="30"), 32),
        (said(age="30, 0"), 32),
        (said(age="0, 30"), 2),
        (said(age="-30"), 2),
        (said(age="30.0"), 2),
        (said(age="abc"), 2),
        (said(age="2147483649"), 2**31 + 2),
        (said(date=AN_HOUR_AGO.decode()), 3600),
        (said(date=IN_AN_HOUR.decode()), 2),
        (said(date=AN_HOUR_AGO.decode(), age="7200"), 7202),
    ],
)
def test_an_answer_is_as_old_as_whoever_gave_it_says_or_its_date_or_as_it_took(response: Headers, age: float) -> None:
    assert freshness.initial_age(response, asked=NOW - 2, received=NOW) == age


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (said("max-age=60"), 200),
        (said("max-age=60"), 404),
        (said("max-age=60"), 503),
        (said("max-age=60"), 599),
        (said("no-cache", etag='"a"'), 200),
        (said("max-age=0", last_modified=DATE.decode()), 200),
        (said("max-age=60, no-store, must-understand"), 200),
        (said(expires=IN_AN_HOUR.decode()), 301),
        (said("max-age=60", vary="Accept-Language"), 200),
    ],
)
def test_what_says_how_long_it_lasts_or_how_to_ask_again_is_stored(response: Headers, status: int) -> None:
    assert stores(response, status=status)


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (said(), 200),
        (said(last_modified=AN_HOUR_AGO.decode(), etag='"a"'), 200),
        (said("max-age=0"), 200),
        (said("max-age=60, No-Store"), 200),
        (said("max-age=60, private"), 200),
        (said('max-age=60, private="x"'), 200),
        (said("max-age=60, no-store, must-understand"), 599),
        (said("max-age=60, must-understand"), 299),
        (said("max-age=60"), 206),
        (said("max-age=60"), 304),
        (said("max-age=60"), 103),
        (said("max-age=60", set_cookie="a=b"), 200),
        (said("max-age=60", vary="*"), 200),
        (said("max-age=60", vary="Accept, *"), 200),
        ([(b"cache-control", b"max-age=60"), (b"vary", b""), (b"vary", b"*")], 200),
    ],
)
def test_what_is_one_persons_or_incomplete_or_says_nothing_of_time_is_not_stored(
    response: Headers, status: int
) -> None:
    assert not stores(response, status=status)


def test_a_request_may_forbid_to_store() -> None:
    assert not stores(said("max-age=60"), request=said("no-store"))
    assert stores(said("max-age=60"), request=said("no-cache"))


@pytest.mark.parametrize(
    ("line", "stored"),
    [("max-age=60", False), ("max-age=60, public", True), ("s-maxage=60", True), ("max-age=60, must-revalidate", True),
     ("max-age=60, proxy-revalidate", False)],
)  # fmt: skip
def test_an_answer_to_who_proved_a_name_is_stored_only_if_it_says_that_it_is_for_all(line: str, stored: bool) -> None:
    assert stores(said(line), request=[(b"authorization", b"Bearer x")]) is stored


@pytest.mark.parametrize("line", ["must-revalidate", "proxy-revalidate", "no-cache", "s-maxage=2"])
def test_what_forbids_to_be_given_stale_never_is(line: str) -> None:
    response = said(f"{line}, stale-while-revalidate=60, stale-if-error=60")
    assert freshness.stale_while_asked(response) == 0
    assert freshness.stale_if_failed(response, is_silent=True) == 0
    assert freshness.stale_if_failed(response, is_silent=False) == 0


def test_what_allows_to_be_given_stale_is_for_as_long_as_it_says() -> None:
    response = said("max-age=2, stale-while-revalidate=60, stale-if-error=90")
    assert freshness.stale_while_asked(response) == 60
    assert freshness.stale_if_failed(response, is_silent=False) == 90
    assert freshness.stale_if_failed(response, is_silent=True) == 90


def test_what_says_nothing_of_staleness_is_given_stale_for_a_day_only_where_nobody_answers() -> None:
    assert freshness.stale_if_failed(said("max-age=2"), is_silent=True) == 86_400
    assert freshness.stale_if_failed(said("max-age=2"), is_silent=False) == 0
    assert freshness.stale_while_asked(said("max-age=2")) == 0


def test_requests_that_mean_the_same_select_the_same() -> None:
    def language(*lines: bytes) -> bytes | None:
        return presented([(b"Accept-Language", line) for line in lines], b"accept-language")

    assert language(b"en, sw") == language(b"SW,  En ") == language(b"sw", b"en")
    assert language(b"en, sw") != language(b"en") != language()
    assert presented([(b"foo", b"1, 2")], b"foo") == presented([(b"foo", b"1"), (b"foo", b"2")], b"foo")
    assert presented([(b"foo", b"2,1")], b"foo") != presented([(b"foo", b"1,2")], b"foo")
    assert presented([(b"foo", b'"a, b"')], b"foo") != presented([(b"foo", b'"a,b"')], b"foo")


def test_what_an_answer_varies_by_is_what_the_request_said_there_or_that_it_said_nothing() -> None:
    found = freshness.selecting([(b"foo", b"1"), (b"other", b"2")], [(b"vary", b"Foo, Bar"), (b"vary", b"FOO")])
    assert found == ((b"bar", None), (b"foo", b"1"))


def test_fields_of_one_connection_and_those_it_names_end_with_it() -> None:
    headers = [(b"Connection", b"a, B"), (b"A", b"1"), (b"b", b"2"), (b"TE", b"x"), (b"Upgrade", b"y"), (b"C", b"3")]
    assert end_to_end(headers) == ((b"c", b"3"),)
