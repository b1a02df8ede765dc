"""The words for what a comment can be, what can be decided, and why."""

from enum import StrEnum

LONGEST_BODY = 5_000
LONGEST_NAME = 60
"""Characters."""
REPEATED_FROM = 40
"""Folded letters from which on the same words are no greeting: said again by anybody they are a repetition."""
EDIT_MINUTES = 5
UNDO_MINUTES = 10
LEVELS = 3
"""Levels of a thread that are shown; what answers the third stands beside it."""


class State(StrEnum):
    """What became of a comment."""

    PUBLISHED = "published"
    HELD = "held"
    REJECTED = "rejected"
    SPAM = "spam"
    DELETED = "deleted"
    """By its writer, or with their person."""


class Rule(StrEnum):
    """The rules of the policy by their names, in the order of their steps."""

    CLOSED = "closed"
    BANNED = "banned"
    SUSPENDED = "suspended"
    NEWSROOM = "newsroom"
    """Of the paper's own people: published."""
    REPEATED = "repeated"
    TRAP_FILLED = "trap-filled"
    TRAP_FORGED = "trap-forged"
    BANNED_WORDS = "banned-words"
    MUTED = "muted"
    NEWSROOM_NAME = "newsroom-name"
    LINKS = "links"
    ADVERTISING = "advertising"
    SUSPECT_WORDS = "suspect-words"
    TOO_FAST = "too-fast"
    TRAP_FALLEN = "trap-fallen"
    FORM_FAST = "form-fast"
    FORM_STALE = "form-stale"
    FORM_UNSTAMPED = "form-unstamped"
    NO_WORK = "no-work"
    FIRST_TIME = "first-time"
    MODE = "mode"
    PASSED = "passed"


class Mode(StrEnum):
    """How comments are taken: by the rules, each by a moderator first, or none."""

    OPEN = "open"
    HOLD = "hold"
    CLOSED = "closed"


class Kind(StrEnum):
    """What was decided."""

    RECEIVED = "received"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"
    DELETED = "deleted"
    PICKED = "picked"
    UNPICKED = "unpicked"
    MUTED = "muted"
    UNMUTED = "unmuted"
    SUSPENDED = "suspended"
    UNSUSPENDED = "unsuspended"
    BANNED = "banned"
    UNBANNED = "unbanned"
    KEPT = "kept"
    """A report was answered, and nothing changed."""
    UNDONE = "undone"


class Reason(StrEnum):
    """Why a moderator rejects, as the writer is told."""

    ABUSE = "abuse"
    HATE = "hate"
    FALSE = "false"
    PRIVATE = "private"
    OFF_TOPIC = "off-topic"
    ADVERTISING = "advertising"
    ILLEGAL = "illegal"
    OTHER = "other"


class Complaint(StrEnum):
    """Why a reader reports a comment."""

    ABUSE = "abuse"
    HATE = "hate"
    FALSE = "false"
    PRIVATE = "private"
    ADVERTISING = "advertising"
    ILLEGAL = "illegal"
    OTHER = "other"
