"""The first tier: answers in this worker's memory, bounded by bytes, the least recently used out first.

Used by the event loop's thread alone.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from email.utils import formatdate
from typing import Any

from gazeti.edge.answers import IDENTITY, Answer, Header
from gazeti.edge.cdn import headers as cdn_headers
from gazeti.edge.encodings import chosen
from gazeti.edge.fields import directives, seconds

Message = dict[str, Any]
LONGEST_ACCEPTED = 500
"""Bytes of Accept-Encoding above which it is as good as empty: no browser sends more than fifty."""
MOST_READY = 8
"""Different values of Accept-Encoding for which an answer's messages are held ready: browsers send a handful."""
LONGEST_READY = 100
"""Bytes of such a value at most."""
READY_COST, VALUES_COST = 1_600, 8 * 150
"""About what Python takes in memory for the messages of one coding, and for the values by which they are found."""
COOLING = 60.0
"""Seconds in which how often a page was asked for counts half."""


class Kept:
    """An answer with its ready messages, by what a client says that it accepts.

    `seen` is the state of the truth in which it was last found true, `looked` the turn in which its age was looked at.
    """

    __slots__ = (
        "answer",
        "codings",
        "ends",
        "generation",
        "hits",
        "looked",
        "ready",
        "second",
        "seen",
        "size",
        "stated",
    )

    def __init__(self, answer: Answer, *, seen: object) -> None:
        """Keep an answer that is true now."""
        self.answer = answer
        self.seen = seen
        self.looked: object = None
        self.ends = answer.at + answer.lasts()
        self.codings = tuple(answer.bodies)
        self.size = answer.size + len(self.codings) * READY_COST + VALUES_COST
        self.ready: dict[bytes | None, tuple[Message, Message]] = {}
        self.second = 0
        self.hits = 0
        self.generation = -1
        self.stated = stated_in(answer.headers)

    def coding(self, accepted: bytes | None) -> str:
        """The content coding to send to who accepts these; identity where none fits, which RFC 9110 12.5.3 allows."""
        accepted = b"" if accepted is not None and len(accepted) > LONGEST_ACCEPTED else accepted
        return chosen(accepted, self.codings) or IDENTITY

    def messages(self, accepted: bytes | None, second: int) -> tuple[Message, Message]:
        """The start and the body to send at that second, made once in it: `Age` (RFC 9111, 5.1) is all that changes."""
        if accepted is not None and len(accepted) > LONGEST_ACCEPTED:
            accepted = b""
        if second != self.second:
            self.ready, self.second = {}, second
        found = self.ready.get(accepted)
        if found is None:
            found = self._made(self.coding(accepted))
            if len(self.ready) < MOST_READY and len(accepted or b"") <= LONGEST_READY:
                self.ready[accepted] = found
        return found

    def _made(self, coding: str) -> tuple[Message, Message]:
        """The two messages in that coding; one pair for all who are sent it."""
        shared = next((pair for accepted, pair in self.ready.items() if self.coding(accepted) == coding), None)
        if shared:
            return shared
        body = self.answer.bodies[coding]
        headers = [*self.headers(coding), (b"content-length", b"%d" % len(body))]
        start = {"type": "http.response.start", "status": self.answer.status, "headers": headers}
        return start, {"type": "http.response.body", "body": body}

    @property
    def last_modified(self) -> bytes:
        """When these bytes were first rendered (RFC 9110, 8.8.2)."""
        return formatdate(self.answer.modified, usegmt=True).encode()

    @property
    def age(self) -> int:
        """Seconds since the render; none where it says how long it is fresh, for it was found true now (RFC 9111,
        4.2.3), and whoever keeps it for two seconds would not keep it at all.
        """
        return max(0, self.second - int(self.answer.at)) if self.stated is None else 0

    def headers(self, coding: str) -> list[tuple[bytes, bytes]]:
        """All headers but the length."""
        answer = self.answer
        made = [*answer.headers, (b"etag", answer.etag(coding))]
        made.append((b"last-modified", self.last_modified))
        made.append((b"age", b"%d" % self.age))
        if len(self.codings) > 1:
            made.append((b"vary", b"Accept-Encoding"))
        if coding != IDENTITY:
            made.append((b"content-encoding", coding.encode()))
        return made + cdn_headers(answer.tags, lasts=answer.lasts(), stated=self.stated)


def stated_in(headers: Iterable[Header]) -> int | None:
    """For how many seconds an answer says that shared caches may keep it (RFC 9111, 4.2.1); None where it does not."""
    named = directives(tuple(headers))
    return seconds(named.get("s-maxage", named.get("max-age")))


class Memory:
    """Answers by their key."""

    def __init__(self, limit: int) -> None:
        """Hold at most so many bytes."""
        self.limit = limit
        self.bytes = 0
        self.cooled = time.monotonic()
        self.kept: OrderedDict[str, Kept] = OrderedDict()
        self.find: Callable[[str], Kept | None] = self.kept.get
        self.used = self.kept.move_to_end

    def put(self, kept: Kept) -> None:
        """Keep it in place of what was there, with the bytes' first date where they are the same."""
        key = kept.answer.key
        old = self.kept.pop(key, None)
        if old:
            self.bytes -= old.size
            kept.hits = old.hits
        if kept.size > self.limit:
            return
        self.kept[key] = kept
        self.bytes += kept.size
        while self.bytes > self.limit:
            _key, dropped = self.kept.popitem(last=False)
            self.bytes -= dropped.size

    def drop(self, key: str) -> None:
        """Hold it no more."""
        old = self.kept.pop(key, None)
        if old:
            self.bytes -= old.size

    def busiest(self, *, most: int, now: float | None = None) -> list[Kept]:
        """Those that were asked for most often; each minute, not each time, older questions count half."""
        asked = [kept for kept in self.kept.values() if kept.hits]
        asked.sort(key=lambda kept: kept.hits, reverse=True)
        moment = time.monotonic() if now is None else now
        if moment - self.cooled >= COOLING:
            self.cooled = moment
            for kept in asked:
                kept.hits //= 2
        return asked[:most]
