"""Sending what is kept, whole or as "not modified" (RFC 9110, 13 and 15.4.5), and what is said where nothing can be."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from gazeti.edge.cdn import withheld
from gazeti.edge.conditions import is_known
from gazeti.edge.fields import Headers, first
from gazeti.edge.memory import Kept

Send = Callable[[dict[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]
LEFT_OUT_OF_304 = frozenset({b"content-type", b"content-length", b"content-encoding", b"content-language"})
NOTHING: dict[str, Any] = {"type": "http.response.body", "body": b""}
SORRY = (
    b"The newsroom's server cannot make this page right now. Nothing is lost: try again in half a minute.\n"
    b"Ukurasa huu haupatikani kwa sasa. Jaribu tena baada ya nusu dakika.\n"
    b"Boggan hadda lama heli karo. Isku day mar kale nus daqiiqo kadib.\n"
)
"""In the three languages of the house: which of them a page would have been in, only Django knows."""
REFUSED = {
    414: b"No page of this paper has so long an address.\n",
    501: b"Methods are written in capitals, as in GET and POST.\n",
}


def accepted_by(headers: Headers) -> bytes | None:
    """What a client says that it accepts, several lines as the one list that they are (RFC 9110, 5.3)."""
    lines = [value for name, value in headers if name == b"accept-encoding"]
    return b", ".join(lines) if lines else None


async def send_kept(
    kept: Kept, accepted: bytes | None, second: int, *, is_purged: bool, is_head: bool, send: Send
) -> None:
    """Send it whole; without its body to HEAD. What was purged is kept by no network."""
    start, body = kept.messages(accepted, second)
    await send({**start, "headers": withheld(start["headers"])} if is_purged else start)
    await send(NOTHING if is_head else body)


def is_unmodified(kept: Kept, coding: str, headers: Headers) -> bool:
    """Whether the client has these bytes already: by entity tag, else by date (RFC 9110, 13.2.2).

    By the very date, as nginx does: bytes that come back have their old date, and another's may lie between.
    """
    if kept.answer.status != 200:
        return False
    if first(headers, b"if-none-match") is not None:
        return is_known(headers, etag=kept.answer.etag(coding), modified=None)
    return first(headers, b"if-modified-since") == kept.last_modified


async def send_unmodified(kept: Kept, accepted: bytes | None, second: int, *, is_purged: bool, send: Send) -> None:
    """304 with what may have changed about the answer, and no body."""
    headers = [pair for pair in kept.messages(accepted, second)[0]["headers"] if pair[0] not in LEFT_OUT_OF_304]
    headers = withheld(headers) if is_purged else headers
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send(NOTHING)


async def send_plain(status: int, headers: Iterable[Header], body: bytes, *, is_head: bool, send: Send) -> None:
    """Send an answer that is not kept."""
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if is_head else body})


async def send_refused(status: int, *, is_head: bool, send: Send) -> None:
    """What is refused whoever asks."""
    headers = ((b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"))
    await send_plain(status, headers, REFUSED[status], is_head=is_head, send=send)


async def send_sorry(*, again: int, is_head: bool, send: Send) -> None:
    """503: nothing kept, and nothing can be made."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"%d" % again),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send_plain(503, headers, SORRY, is_head=is_head, send=send)
