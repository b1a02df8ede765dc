"""What a shared cache may keep, for how long, and for whom (RFC 9111; RFC 5861 for what is stale).

Pure decisions over header fields. No heuristics: an answer that does not say how long it lasts is not reused
(docs/decisions/0020-shared-cache.md).
"""

from collections.abc import Collection
from http import HTTPStatus

from gazeti.edge.fields import Headers, directives, first, listed, moment, presented, seconds, values

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UNDERSTOOD = frozenset(HTTPStatus) - {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}
"""Status codes whose meaning for a cache is known here; what is partial is not put together."""
FAILED = frozenset({500, 502, 503, 504})
"""Answers that stand for an origin that cannot answer (RFC 5861, 4)."""
DISCONNECTED_SECONDS = 86_400.0
"""How long something stale may be given while the origin gives no answer at all (RFC 9111, 4.2.4)."""
FORBID_STALE = frozenset({"must-revalidate", "proxy-revalidate", "s-maxage", "no-cache"})
OPEN_TO_ALL = frozenset({"public", "s-maxage", "must-revalidate"})


def may_store(request: Headers, status: int, response: Headers, *, now: float) -> bool:
    """Whether an answer to a GET may be kept (RFC 9111, 3), and it would be of any use."""
    asked, said = directives(request), directives(response)
    if status < 200 or status in (206, 304) or "no-store" in asked or "private" in said:
        return False
    if not _is_understood(status, said.keys()) or not _is_for_all(request, said.keys()):
        return False
    # The house's rule, stricter than the RFC's: an answer that sets a cookie is one person's.
    if values(response, b"set-cookie") or b"*" in listed(response, b"vary"):
        return False
    is_dated = bool(said) or first(response, b"expires") is not None
    return is_dated and (has_validator(response) or lifetime(response, received=now) > 0)


def has_validator(response: Headers) -> bool:
    """Whether the origin can be asked if it still holds."""
    return first(response, b"etag") is not None or first(response, b"last-modified") is not None


def lifetime(response: Headers, *, received: float) -> float:
    """Seconds for which an answer is fresh (RFC 9111, 4.2.1), counted from its `Date`; what is invalid is stale."""
    said = directives(response)
    for name in ("s-maxage", "max-age"):
        if name in said:
            return seconds(said[name]) or 0
    expires = values(response, b"expires")
    end = moment(expires[0]) if len(expires) == 1 else None
    return max(0.0, end - made_at(response, received=received)) if end is not None else 0.0


def made_at(response: Headers, *, received: float) -> float:
    """When the origin says that it answered; when it was received, if it does not say."""
    stated = moment(first(response, b"date"))
    return received if stated is None else stated


def initial_age(response: Headers, *, asked: float, received: float) -> float:
    """Seconds that an answer was old when it came (RFC 9111, 4.2.3)."""
    apparent = max(0.0, received - made_at(response, received=received))
    line = first(response, b"age") or b""
    stated = seconds(line.partition(b",")[0].strip()) or 0
    return max(apparent, stated + received - asked)


def must_ask_first(response: Headers) -> bool:
    """Whether it may be given only after the origin was asked, however fresh it is."""
    return "no-cache" in directives(response)


def stale_while_asked(response: Headers) -> float:
    """Seconds past its lifetime within which it may be given while the origin is asked (RFC 5861, 3)."""
    return _past_lifetime(response, "stale-while-revalidate")


def stale_if_failed(response: Headers, *, is_silent: bool) -> float:
    """Seconds past its lifetime within which it may be given when the origin answers with an error, or not at all."""
    said = directives(response)
    if "stale-if-error" in said or not is_silent:
        return _past_lifetime(response, "stale-if-error")
    return 0.0 if said.keys() & FORBID_STALE else DISCONNECTED_SECONDS


def selecting(request: Headers, response: Headers) -> tuple[tuple[bytes, bytes | None], ...]:
    """What the request said in the fields by which the answer was chosen (RFC 9111, 4.1)."""
    names = sorted({name.lower() for name in listed(response, b"vary")})
    return tuple((name, presented(request, name)) for name in names)


def _is_understood(status: int, said: Collection[str]) -> bool:
    """`must-understand` lifts `no-store` for a status that is known here, and forbids any other (RFC 9111, 5.2.2.3)."""
    if "must-understand" in said:
        return status in UNDERSTOOD
    return "no-store" not in said


def _is_for_all(request: Headers, said: Collection[str]) -> bool:
    """An answer to who proved a name is kept only if the origin says that it is for everybody (RFC 9111, 3.5)."""
    return first(request, b"authorization") is None or any(name in said for name in OPEN_TO_ALL)


def _past_lifetime(response: Headers, name: str) -> float:
    said = directives(response)
    return 0.0 if said.keys() & FORBID_STALE else float(seconds(said.get(name)) or 0)
