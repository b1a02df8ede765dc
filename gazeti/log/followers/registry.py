"""Who follows the log durably: the names, what they follow, and how far each has come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gazeti.log.ledger import Entry

Deal = Callable[[list[Entry]], object]


@dataclass(frozen=True)
class Follower:
    """One follower: it is given the entries of its streams."""

    name: str
    deal: Deal
    streams: frozenset[str]


FOLLOWERS: dict[str, Follower] = {}


def register(name: str, deal: Deal, *, streams: Iterable[str]) -> None:
    """Let a follower deal with what is appended to these streams; the same name again replaces it.

    `deal(entries)` is called with some entries in their order, inside the transaction in which the follower's position
    moves past them, so what it writes or enqueues is there once for each entry or not at all. It encodes, mails and
    asks the network nothing. A follower that is new begins with what is appended after it was first seen.
    """
    FOLLOWERS[name] = Follower(name, deal, frozenset(streams))


def passed(stream: str) -> int | None:
    """The position up to which every follower of a stream has dealt with it; None if it has no follower."""
    from gazeti.log.models import Progress

    names = [one.name for one in FOLLOWERS.values() if stream in one.streams]
    if not names:
        return None
    known = dict(Progress.objects.filter(name__in=names).values_list("name", "position"))
    return min(known.get(name, 0) for name in names)
