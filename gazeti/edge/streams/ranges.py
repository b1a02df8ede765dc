"""What `after/<seq>/` told, as a stream sends it (HTML Living Standard, 9.2): made once for all at that number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gazeti.edge.answers import IDENTITY
from gazeti.edge.memory import Kept
from gazeti.edge.renders import Rendered

FULL = 50
"""Events in an answer after which more may come, whatever `head` it tells: such an answer is kept for long."""
PIECE = 4_096
"""Bytes that are handed to the server at a time; what it holds for a reader who takes nothing is counted in these."""
Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Range:
    """The events after a number as messages, the number of the last of them, and the newest number there is.

    `head` is None where the range is full. It is true until one of `tags` is purged after `position`.
    """

    messages: tuple[Message, ...]
    last: int
    head: int | None
    position: int
    tags: frozenset[str]


def range_of(found: Kept | Rendered, *, after: int) -> Range:
    """Read the answer to `after/<after>/`. Raises ValueError or KeyError where it is none."""
    body = found.answer.bodies[IDENTITY] if isinstance(found, Kept) else found.body
    facts = json.loads(body)
    events = facts["events"]
    last = events[-1]["seq"] if events else after
    head = None if len(events) >= FULL else facts["head"]
    position, tags = mark_of(found)
    return Range(tuple(_messages(b"".join(map(_written, events)))), last, head, position, tags)


def mark_of(found: Kept | Rendered) -> tuple[int, frozenset[str]]:
    """The position and the tags by which it is known whether an answer is true."""
    answer = found.answer if isinstance(found, Kept) else found
    return answer.position, answer.tags


def _written(event: dict[str, Any]) -> bytes:
    """One event: JSON on one line, its number as its id."""
    told = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event['seq']}\ndata: {told}\n\n".encode()


def _messages(text: bytes) -> Iterator[Message]:
    for start in range(0, len(text), PIECE):
        yield message(text[start : start + PIECE])


def message(text: bytes) -> Message:
    """A part of an answer after which more comes."""
    return {"type": "http.response.body", "body": text, "more_body": True}
