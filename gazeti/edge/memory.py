"""The first tier: answers in this worker's memory, bounded by bytes, the least recently used out first.

Used by the event loop's thread alone.
"""

from collections import OrderedDict
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

from gazeti.edge.answers import IDENTITY, Answer
from gazeti.edge.cdn import headers as cdn_headers
from gazeti.edge.encodings import chosen

Message = dict[str, Any]
LONGEST_ACCEPTED = 500
"""Bytes of Accept-Encoding above which it is as good as empty: no browser sends more than fifty."""
MOST_READY = 100
"""Different values of Accept-Encoding for which an answer's messages are held ready."""


class Kept:
    """An answer with its ready messages, by what a client says that it accepts.

    `seen` is the state of the truth in which it was last found true.
    """

    __slots__ = ("answer", "codings", "ends", "generation", "hits", "ready", "second", "seen")

    def __init__(self, answer: Answer, *, seen: object) -> None:
        """Keep an answer that is true now."""
        self.answer = answer
        self.seen = seen
        self.ends = answer.at + answer.lasts()
        self.codings = tuple(answer.bodies)
        self.ready: dict[bytes | None, tuple[Message, Message]] = {}
        self.second = 0
        self.hits = 0
        self.generation = -1

    def coding(self, accepted: bytes | None) -> str:
        """The content coding to send to who accepts these; identity where none fits, which RFC 9110 12.5.3 allows."""
        accepted = b"" if accepted is not None and len(accepted) > LONGEST_ACCEPTED else accepted
        return chosen(accepted, self.codings) or IDENTITY

    def messages(self, accepted: bytes | None, second: int) -> tuple[Message, Message]:
        """The start and the body to send at that second, made once in it: `Age` (RFC 9111, 5.1) is all that changes."""
        if accepted is not None and len(accepted) > LONGEST_ACCEPTED:
            accepted = b""
        if second != self.second or len(self.ready) > MOST_READY:
            self.ready, self.second = {}, second
        found = self.ready.get(accepted)
        if found is None:
            coding = self.coding(accepted)
            body = self.answer.bodies[coding]
            headers = [*self.headers(coding), (b"content-length", b"%d" % len(body))]
            start = {"type": "http.response.start", "status": self.answer.status, "headers": headers}
            found = self.ready[accepted] = (start, {"type": "http.response.body", "body": body})
        return found

    @property
    def last_modified(self) -> bytes:
        """When these bytes were first rendered (RFC 9110, 8.8.2)."""
        return formatdate(self.answer.modified, usegmt=True).encode()

    def headers(self, coding: str) -> list[tuple[bytes, bytes]]:
        """All headers but the length."""
        answer = self.answer
        made = [*answer.headers, (b"etag", answer.etag(coding))]
        made.append((b"last-modified", self.last_modified))
        made.append((b"age", b"%d" % max(0, self.second - int(answer.at))))
        if len(self.codings) > 1:
            made.append((b"vary", b"Accept-Encoding"))
        if coding != IDENTITY:
            made.append((b"content-encoding", coding.encode()))
        return made + cdn_headers(answer.tags, lasts=answer.lasts())


class Memory:
    """Answers by their key."""

    def __init__(self, limit: int) -> None:
        """Hold at most so many bytes."""
        self.limit = limit
        self.bytes = 0
        self.kept: OrderedDict[str, Kept] = OrderedDict()
        self.find: Callable[[str], Kept | None] = self.kept.get
        self.used = self.kept.move_to_end

    def put(self, kept: Kept) -> None:
        """Keep it in place of what was there, with the bytes' first date where they are the same."""
        key = kept.answer.key
        old = self.kept.pop(key, None)
        if old:
            self.bytes -= old.answer.size
            kept.hits = old.hits
        if kept.answer.size > self.limit:
            return
        self.kept[key] = kept
        self.bytes += kept.answer.size
        while self.bytes > self.limit:
            _key, dropped = self.kept.popitem(last=False)
            self.bytes -= dropped.answer.size

    def drop(self, key: str) -> None:
        """Hold it no more."""
        old = self.kept.pop(key, None)
        if old:
            self.bytes -= old.answer.size

    def busiest(self, *, most: int) -> list[Kept]:
        """Those that were asked for most often; from now on older questions count half."""
        asked = [kept for kept in self.kept.values() if kept.hits]
        asked.sort(key=lambda kept: kept.hits, reverse=True)
        for kept in asked:
            kept.hits //= 2
        return asked[:most]
