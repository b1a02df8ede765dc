"""Conditional and range requests (RFC 9110, 13 and 14), answered from what is kept.

`If-Match` and `If-Unmodified-Since` are for the origin alone (13.1.1, 13.1.4), and are not looked at here.
"""

import re

from gazeti.edge.fields import Headers, first, moment, values

_TAG = re.compile(rb'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_RANGE = re.compile(rb"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


class NotSatisfiable(Exception):
    """A range that begins behind the end of what there is (RFC 9110, 15.5.17)."""


def is_known(request: Headers, *, etag: bytes | None, modified: bytes | None) -> bool:
    """Whether the client has these bytes already, so that 304 is the answer (RFC 9110, 13.2.2).

    `etag` and `modified` are the fields of what would be sent, `modified` its `Last-Modified`, or else its `Date`.
    """
    tags = values(request, b"if-none-match")
    if tags:
        return _names(b",".join(tags), etag)
    since, last = moment(first(request, b"if-modified-since")), moment(modified)
    return since is not None and last is not None and last <= since


def part_sought(request: Headers, *, length: int, etag: bytes | None, modified: bytes | None) -> tuple[int, int] | None:
    """The first byte and the one behind the last of the range asked for; None where the whole is the answer.

    Several ranges, other units and what cannot be read are answered whole (RFC 9110, 14.2). Raises NotSatisfiable.
    """
    match = _RANGE.fullmatch(first(request, b"range") or b"")
    if match is None or not _is_the_same(request, etag=etag, modified=modified):
        return None
    start, end = match[1], match[2]
    if not (start or end) or (start and end and int(end) < int(start)):
        return None
    begins = int(start) if start else max(0, length - int(end))
    ends = min(length, int(end) + 1) if start and end else length
    if begins >= length:
        raise NotSatisfiable
    return begins, ends


def _names(line: bytes, etag: bytes | None) -> bool:
    """Weak comparison with each entity tag listed (RFC 9110, 8.8.3.2)."""
    if line.strip() == b"*":
        return True
    return etag is not None and etag.removeprefix(b"W/") in {tag.removeprefix(b"W/") for tag in _TAG.findall(line)}


def _is_the_same(request: Headers, *, etag: bytes | None, modified: bytes | None) -> bool:
    """Whether `If-Range`, if there is one, names exactly these bytes (RFC 9110, 13.1.5): strongly, or by date."""
    named = first(request, b"if-range")
    if named is None:
        return True
    if named.endswith(b'"'):
        return named == etag and not named.startswith(b"W/")
    return moment(named) is not None and named == modified
