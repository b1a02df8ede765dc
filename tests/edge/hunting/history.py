"""What was committed during a hunt, in the order of the log: the only truth that a judge goes by."""

import json
from bisect import bisect_right
from dataclasses import dataclass, field

LIVE, GONE = "live", "gone"


@dataclass(frozen=True)
class Change:
    """One publication or withdrawal: from this position of the log on, the tale stands at this version."""

    tale: int
    version: int
    state: str
    path: str
    section: str
    position: int
    at: float


@dataclass
class History:
    """All changes so far; grows while the hunt goes on, and never goes back."""

    changes: dict[int, list[Change]] = field(default_factory=dict)
    head: int = 0
    count: int = 0

    def take_in(self, line: str) -> None:
        """Add a change as the editor wrote it."""
        change = Change(**json.loads(line))
        self.changes.setdefault(change.tale, []).append(change)
        self.head, self.count = max(self.head, change.position), self.count + 1

    def at(self, tale: int, position: int) -> Change | None:
        """The state of a tale for who has seen everything up to a position; None where it had none."""
        found = self.changes.get(tale, [])
        place = bisect_right(found, position, key=lambda one: one.position)
        return found[place - 1] if place else None

    def was_later(self, tale: int, position: int, state: str) -> bool:
        """Whether a tale came into this state after a position."""
        return any(one.position > position and one.state == state for one in self.changes.get(tale, []))

    def live_at(self, position: int, *, section: str = "") -> list[Change]:
        """The tales that are out for who has seen everything up to a position, of one section or all."""
        found = [self.at(tale, position) for tale in list(self.changes)]
        return [one for one in found if one and one.state == LIVE and section in ("", one.section)]
