"""What a step of the policy is told, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from gazeti.comments.rules.names import Mode, State


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader sent, as it will be kept."""

    body: str
    name: str
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when it comes; read by `queries.facts_for` before the transaction."""

    now: datetime
    mode: Mode = Mode.OPEN
    is_open: bool = True
    is_staff: bool = False
    is_signed_in: bool = False
    is_banned: bool = False
    is_muted: bool = False
    suspended_until: datetime | None = None
    approved: int = 0
    """Comments of theirs that were published before."""
    is_repeated: bool = False
    """Whether the same words, folded, were sent in the last day."""
    is_too_fast: bool = False
    trapped: tuple[str, ...] = ()
    """Reasons of `guard.traps.judge`."""
    has_worked: bool = False
    """Whether the browser solved the proof of work."""
    asks_for_work: bool = True
    first_time_waits: bool = True
    links_allowed: int = 1
    staff_names: frozenset[str] = frozenset()
    """Folded names of the newsroom's people, which nobody else may write under."""
    banned_words: tuple[str, ...] = ()
    """The newsroom's own; ours are added where `uses_starter_words`."""
    suspect_words: tuple[str, ...] = ()
    uses_starter_words: bool = True


class Finding(NamedTuple):
    """What a step decides: the state, the rule's name (`Rule`), and the exact words of the comment that it found."""

    state: State
    rule: str
    words: tuple[str, ...] = ()
