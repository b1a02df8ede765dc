"""Who has the bytes already, and who wants only some of them (RFC 9110, 13 and 14)."""

import pytest

from gazeti.edge.conditions import NotSatisfiable, is_known, part_sought

EARLIER = b"Fri, 15 Jan 2027 07:00:00 GMT"
DATE = b"Fri, 15 Jan 2027 08:00:00 GMT"
LATER = b"Friday, 15-Jan-27 09:00:00 GMT"


def known(*tags: bytes, etag: bytes | None = b'"a"', since: bytes | None = None, modified: bytes | None = DATE) -> bool:
    request = [(b"if-none-match", tag) for tag in tags]
    if since is not None:
        request.append((b"if-modified-since", since))
    return is_known(request, etag=etag, modified=modified)


def part(
    field: bytes, *, length: int = 10, if_range: bytes | None = None, etag: bytes = b'"a"'
) -> tuple[int, int] | None:
    request = [(b"range", field)] + ([(b"if-range", if_range)] if if_range is not None else [])
    return part_sought(request, length=length, etag=etag, modified=DATE)


@pytest.mark.parametrize("line", [b'"a"', b'W/"a"', b'"x", "a"', b'"a","x"', b'"x,y", "a"', b"*", b' "a" '])
def test_an_entity_tag_among_those_listed_is_known(line: bytes) -> None:
    assert known(line)
    assert known(line, etag=b'W/"a"')


@pytest.mark.parametrize("line", [b'"b"', b"a", b'"a', b'"x,"a""', b"", b'"A"'])
def test_an_entity_tag_that_is_not_listed_is_not_known(line: bytes) -> None:
    assert not known(line)


def test_tags_may_stand_on_several_lines() -> None:
    assert known(b'"x"', b'"a"')


def test_nothing_but_the_star_is_known_where_there_is_no_tag() -> None:
    assert known(b"*", etag=None)
    assert not known(b'"a"', etag=None)


@pytest.mark.parametrize(("since", "expected"), [(EARLIER, False), (DATE, True), (LATER, True), (b"soon", False)])
def test_without_tags_the_date_decides(since: bytes, expected: bool) -> None:
    assert known(since=since) is expected


def test_a_tag_comes_before_a_date() -> None:
    assert known(b'"a"', since=EARLIER)
    assert not known(b'"b"', since=LATER)


def test_without_conditions_or_a_date_nothing_is_known() -> None:
    assert not known()
    assert not known(since=LATER, modified=None)


@pytest.mark.parametrize(
    ("field", "extent"),
    [(b"bytes=0-1", (0, 2)), (b"bytes=9-", (9, 10)), (b"bytes=-3", (7, 10)), (b"bytes=-99", (0, 10)),
     (b"bytes=5-99", (5, 10)), (b"BYTES=0-0", (0, 1)), (b"bytes=0-", (0, 10))],
)  # fmt: skip
def test_one_range_is_cut_out(field: bytes, extent: tuple[int, int]) -> None:
    assert part(field) == extent


@pytest.mark.parametrize(
    "field",
    [
        b"",
        b"bytes=",
        b"bytes=-",
        b"bytes=5-2",
        b"bytes=a-b",
        b"pages=1-2",
        b"bytes=0-1,3-4",
        b"bytes=" + b"9" * 400 + b"-",
    ],
)
def test_several_ranges_and_what_is_none_are_answered_whole(field: bytes) -> None:
    assert part(field) is None


@pytest.mark.parametrize("field", [b"bytes=10-", b"bytes=10-12", b"bytes=-0"])
def test_a_range_behind_the_end_cannot_be_satisfied(field: bytes) -> None:
    with pytest.raises(NotSatisfiable):
        part(field)


def test_a_part_is_given_only_of_the_bytes_that_the_client_has_some_of() -> None:
    assert part(b"bytes=0-1", if_range=b'"a"') == (0, 2)
    assert part(b"bytes=0-1", if_range=DATE) == (0, 2)
    assert part(b"bytes=0-1", if_range=b'"b"') is None
    assert part(b"bytes=0-1", if_range=EARLIER) is None
    assert part(b"bytes=0-1", if_range=b"nonsense") is None
    assert part(b"bytes=0-1", if_range=b'W/"a"', etag=b'W/"a"') is None
