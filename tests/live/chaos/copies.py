"""What a reader of a coverage holds: its copy of the page, made from events alone, by the rules of the contract.

An event is applied if it is the next; one that was applied is ignored; one too far on tells that others are missing.
"""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

GONE = "gone"
LIVE = re.compile(r'id="live" data-seq="(\d+)" data-state="(\w+)"')
ARTICLE = re.compile(r'<article class="update[^>]*? id="u(\d+)".*?</article>', re.DOTALL)
PINNED = 'data-live="pinned">'
SUMMARY = re.compile(r'<section [^>]*data-live="summary"[^>]*>(.*?)</section>', re.DOTALL)
STATES = {"pause": "paused", "resume": "live", "close": "closed"}


class Gap(Exception):
    """Events are missing before this one: ask for them."""


class Seen(NamedTuple):
    """One event as a reader saw it, and when (monotonic seconds)."""

    seq: int
    kind: str
    update: int | None
    at: float


@dataclass
class Copy:
    """The page as one reader has it; `since` is the number that it began with."""

    since: int = 0
    seq: int = 0
    articles: dict[int, str] = field(default_factory=dict)
    """By the update's number: its whole article, or that it is gone."""
    keys: set[int] = field(default_factory=set)
    pins: dict[int, int] = field(default_factory=dict)
    """By the update's number: the event that pinned it."""
    summary: str = ""
    state: str = "planned"
    seen: list[Seen] = field(default_factory=list)
    late: int = 0
    """Events that came when they had been applied already."""

    @classmethod
    def of_page(cls, html: str) -> Self:
        """The copy of who begins with the page as it is served."""
        live = LIVE.search(html)
        if live is None:
            raise ValueError("the page has no live part")
        found = cls(since=int(live[1]), seq=int(live[1]), state=live[2])
        head, _, rest = html.partition(PINNED)
        pinned = rest.partition("</section>")[0]
        for at, article in enumerate(ARTICLE.finditer(html)):
            number, text = int(article[1]), article[0]
            found.articles[number] = GONE if 'data-v="gone"' in text else text
            if 'class="update key"' in text:
                found.keys.add(number)
            if text in pinned:
                # Below whatever is pinned later, in the order in which they stand.
                found.pins[number] = -at
        summary = SUMMARY.search(head)
        found.summary = summary[1] if summary else ""
        return found

    @property
    def is_closed(self) -> bool:
        """Whether there is nothing more to come."""
        return self.state == "closed"

    def take(self, event: dict[str, Any], *, at: float) -> bool:
        """Apply an event if it is the next one; whether it was. Raises Gap."""
        seq = event["seq"]
        if seq <= self.seq:
            self.late += 1
            return False
        if seq != self.seq + 1:
            raise Gap(seq)
        self.seq = seq
        self.seen.append(Seen(seq, event["kind"], event["update"], at))
        self._apply(event)
        return True

    def _apply(self, event: dict[str, Any]) -> None:
        kind, number = event["kind"], event["update"]
        if event.get("gone"):
            self.articles[number] = GONE
            self.keys.discard(number)
            self.pins.pop(number, None)
        elif number is not None:
            self._place(kind, number, event)
        elif kind == "summary":
            self.summary = event["html"]
        else:
            self.state = STATES[kind]

    def _place(self, kind: str, number: int, event: dict[str, Any]) -> None:
        self.articles[number] = event["html"]
        (self.keys.add if event["key"] else self.keys.discard)(number)
        if kind == "pin":
            self.pins[number] = event["seq"]
        if kind == "unpin":
            self.pins.pop(number, None)

    @property
    def order(self) -> list[int]:
        """The updates as they stand on the page: what is pinned first, the last pinned above, then the newest."""
        pinned = sorted(self.pins, key=lambda number: -self.pins[number])
        rest = sorted((one for one in self.articles if one not in self.pins), reverse=True)
        return pinned + rest
