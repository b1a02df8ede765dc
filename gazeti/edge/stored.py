"""A response that the shared cache holds: how old it is, what confirms it, and what a client is sent of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate

from gazeti.edge import freshness
from gazeti.edge.conditions import NotSatisfiable, is_known, part_sought
from gazeti.edge.encodings import IDENTITY, chosen, encoded
from gazeti.edge.fields import Header, Headers, directives, end_to_end, first, listed, moment, presented

NOT_IN_304 = frozenset({b"content-type", b"content-encoding", b"content-language", b"content-range"})
OF_THE_BYTES = frozenset({b"content-length", b"content-encoding", b"content-range"})
"""Fields that a 304 does not change: the bytes are those that were kept (RFC 9111, 3.2)."""
WITHOUT_LENGTH = frozenset({204, 304})
LINE_COST, RESPONSE_COST = 120, 1_000
"""About what Python takes in memory for a field and for a response, next to their bytes."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer as the application gave it, and the Unix times between which it did."""

    status: int
    headers: Headers
    body: bytes
    asked: float
    received: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a client is sent."""

    status: int
    headers: list[Header]
    body: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A response, in every encoding that makes it smaller, for requests that say `selecting` (RFC 9111, 4.1)."""

    status: int
    headers: tuple[Header, ...]
    bodies: Mapping[str, bytes]
    selecting: tuple[tuple[bytes, bytes | None], ...]
    asked: float
    received: float
    age: float = field(init=False)
    lifetime: float = field(init=False)

    def __post_init__(self) -> None:
        """Work out once how old it came and how long it lasts."""
        age = freshness.initial_age(self.headers, asked=self.asked, received=self.received)
        object.__setattr__(self, "age", age)
        object.__setattr__(self, "lifetime", freshness.lifetime(self.headers, received=self.received))

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        fields = sum(len(name) + len(value) + LINE_COST for name, value in self.headers)
        chosen_by = sum(len(name) + len(value or b"") + LINE_COST for name, value in self.selecting)
        return RESPONSE_COST + fields + chosen_by + sum(map(len, self.bodies.values()))

    def fits(self, request: Headers) -> bool:
        """Whether a request selects it."""
        return all(presented(request, name) == value for name, value in self.selecting)

    def age_at(self, now: float) -> float:
        """Seconds since the origin made or confirmed it (RFC 9111, 4.2.3)."""
        return self.age + max(0.0, now - self.received)

    def is_fresh(self, now: float) -> bool:
        """Whether it may be given without asking the origin."""
        return self.age_at(now) < self.lifetime and not freshness.must_ask_first(self.headers)

    def is_within(self, past: float, now: float) -> bool:
        """Whether no more than so many seconds have passed since it was fresh."""
        return past > 0 and self.age_at(now) < self.lifetime + past

    def conditions(self) -> list[Header]:
        """The fields that ask the origin if it still holds (RFC 9111, 4.3.1)."""
        pairs = ((b"if-none-match", b"etag"), (b"if-modified-since", b"last-modified"))
        return [(asks, value) for asks, name in pairs if (value := first(self.headers, name)) is not None]

    def confirmed(self, by: Fetched) -> "Stored | None":
        """It, with the fields of a 304 or of an answer to HEAD (RFC 9111, 3.2).

        None if that is about other bytes (4.3.4), or sets a cookie, which is for one person and never held.
        """
        new = tuple(pair for pair in end_to_end(by.headers) if pair[0] not in OF_THE_BYTES)
        is_other = any(_differ(first(self.headers, name), first(new, name)) for name in (b"etag", b"last-modified"))
        if is_other or first(new, b"set-cookie") is not None:
            return None
        replaced = {name for name, _value in new} | {b"date", b"age"}
        headers = tuple(pair for pair in self.headers if pair[0] not in replaced) + new
        return replace(self, headers=_dated(headers, by.received), asked=by.asked, received=by.received)


def made(request: Headers, by: Fetched) -> Stored:
    """A response to keep; takes milliseconds, for it is compressed."""
    headers = tuple(pair for pair in end_to_end(by.headers) if pair[0] != b"content-length")
    bodies = {IDENTITY: by.body}
    if first(headers, b"content-encoding") is None and "no-transform" not in directives(headers):
        bodies = encoded(by.body, first(headers, b"content-type") or b"")
    return Stored(
        status=by.status,
        headers=_dated(headers, by.received),
        bodies=bodies,
        selecting=freshness.selecting(request, headers),
        asked=by.asked,
        received=by.received,
    )


def reply(stored: Stored, request: Headers, *, method: str, now: float) -> Reply:
    """What to send of it: all, 304, a part, or 416 (RFC 9110, 13.2.2)."""
    coding = _coding(stored, request)
    headers, body = _headers(stored, coding, now), stored.bodies[coding]
    etag, modified = first(headers, b"etag"), first(headers, b"last-modified") or first(headers, b"date")
    if 200 <= stored.status < 300 and is_known(request, etag=etag, modified=modified):
        return Reply(304, [pair for pair in headers if pair[0] not in NOT_IN_304], b"")
    if stored.status == 200 and method == "GET" and coding == IDENTITY:
        try:
            part = part_sought(request, length=len(body), etag=etag, modified=modified)
        except NotSatisfiable:
            return _sized(Reply(416, [*headers, (b"content-range", b"bytes */%d" % len(body))], b""))
        if part:
            extent = (b"content-range", b"bytes %d-%d/%d" % (part[0], part[1] - 1, len(body)))
            return _sized(Reply(206, [*headers, extent], body[slice(*part)]))
    return _sized(Reply(stored.status, headers, body))


def _coding(stored: Stored, request: Headers) -> str:
    if len(stored.bodies) == 1 or first(request, b"range") is not None:
        return IDENTITY
    accepted = listed(request, b"accept-encoding")
    is_said = first(request, b"accept-encoding") is not None
    return chosen(b", ".join(accepted) if is_said else None, stored.bodies) or IDENTITY


def _headers(stored: Stored, coding: str, now: float) -> list[Header]:
    headers = [pair for pair in stored.headers if pair[0] != b"age"]
    age = int(stored.age_at(now))
    if age or now > stored.received or first(stored.headers, b"age") is not None:
        headers.append((b"age", b"%d" % age))
    if len(stored.bodies) > 1 and b"accept-encoding" not in [name.lower() for name in listed(headers, b"vary")]:
        headers.append((b"vary", b"Accept-Encoding"))
    if coding == IDENTITY:
        return headers
    marked = [(name, _marked(value, coding) if name == b"etag" else value) for name, value in headers]
    return [*marked, (b"content-encoding", coding.encode())]


def _marked(etag: bytes, coding: str) -> bytes:
    """A strong entity tag of other bytes is another (RFC 9110, 8.8.3.3); a weak one may stay."""
    if etag.startswith(b"W/") or not etag.endswith(b'"'):
        return etag
    return etag[:-1] + b"-" + coding.encode() + b'"'


def _sized(reply: Reply) -> Reply:
    if reply.status not in WITHOUT_LENGTH:
        reply.headers.append((b"content-length", b"%d" % len(reply.body)))
    return reply


def _dated(headers: tuple[Header, ...], received: float) -> tuple[Header, ...]:
    """The fields, with the time of receipt for a `Date` that is missing or none (RFC 9110, 6.6.1)."""
    if moment(first(headers, b"date")) is not None:
        return headers
    others = tuple(pair for pair in headers if pair[0] != b"date")
    return (*others, (b"date", formatdate(received, usegmt=True).encode()))


def _differ(one: bytes | None, other: bytes | None) -> bool:
    """Whether two validators are there and are not the same, weak or strong."""
    if one is None or other is None:
        return False
    return one.removeprefix(b"W/") != other.removeprefix(b"W/")
