"""What a coverage is and may become, as plain values."""

from enum import StrEnum
from hashlib import sha256

from gazeti.live.rules.times import FURTHEST, is_in_reach
from gazeti.live.rules.words import LONGEST_CORRECTION, LONGEST_HEADING, LONGEST_TEXT, MOST_BLOCKS, Words

__all__ = [
    "BECOMES",
    "FROM",
    "FURTHEST",
    "LONGEST_CORRECTION",
    "LONGEST_HEADING",
    "LONGEST_TEXT",
    "MOST_BLOCKS",
    "MOST_EVENTS",
    "MOST_KEYS",
    "MOST_PINNED",
    "STREAM",
    "TAKEN",
    "Kind",
    "Reached",
    "State",
    "Words",
    "is_in_reach",
    "key_digest",
    "stream_of",
    "taken_key",
]

STREAM = "live:"
"""What a coverage's stream in the log is named after, before its story's number."""
TAKEN = "taken:"
"""How keys begin of updates that somebody posted in another's words."""
MOST_EVENTS = 50
"""Events in one answer of `after/<seq>/`; so many make a full range, which never changes but by a retraction."""

MOST_KEYS = 20
"""Rows in the list of key events, the newest first."""
MOST_PINNED = 10
"""Updates kept above all others at a time: so many a page shows, and who follows it knows them all."""


class State(StrEnum):
    """Where a coverage stands."""

    PLANNED = "planned"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


class Kind(StrEnum):
    """What happened in a coverage: the kinds that outsiders rely on (house.md, Live)."""

    POST = "post"
    EDIT = "edit"
    RETRACT = "retract"
    PIN = "pin"
    UNPIN = "unpin"
    SUMMARY = "summary"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


class Reached(StrEnum):
    """How what waits came to wait: sent in for somebody to post, or given a time by who may post."""

    SENT = "sent"
    SCHEDULED = "scheduled"


BECOMES = {Kind.PAUSE: State.PAUSED, Kind.RESUME: State.LIVE, Kind.CLOSE: State.CLOSED}
"""What each kind makes of the coverage; others leave it as it is. It begins, and is opened again, by `resume`."""
FROM = {
    Kind.PAUSE: frozenset({State.LIVE}),
    Kind.RESUME: frozenset({State.PLANNED, State.PAUSED, State.CLOSED}),
    Kind.CLOSE: frozenset({State.PLANNED, State.LIVE, State.PAUSED}),
}
"""From where each may be reached."""


def key_digest(key: str) -> str:
    """What is kept of a key where nobody needs to read it."""
    return sha256(key.encode()).hexdigest()


def taken_key(key: str) -> str:
    """Under which key stands what somebody else has posted than sent it in, by the key under which it was sent."""
    return f"{TAKEN}{key_digest(key)}"


def stream_of(story: int) -> str:
    """The stream of a coverage's events, by its story's number."""
    return f"{STREAM}{story}"
