"""Where the shared cache holds its responses: by address, several to each where they vary, bounded by bytes.

Used by the event loop's thread alone.
"""

from collections import OrderedDict
from collections.abc import Iterable

from gazeti.edge.fields import Headers
from gazeti.edge.stored import Stored

Key = tuple[str, bytes, bytes]
"""Scheme, host, and path with query."""
MOST_VARIANTS = 20
ADDRESS_COST = 500
"""About what Python takes in memory for an address, next to its bytes."""


class Shelf:
    """Responses, the least recently used address out first."""

    def __init__(self, limit: int) -> None:
        """Hold at most so many bytes."""
        self.limit = limit
        self.bytes = 0
        self._held: OrderedDict[Key, list[Stored]] = OrderedDict()

    def __len__(self) -> int:
        """How many responses it holds."""
        return sum(map(len, self._held.values()))

    def find(self, key: Key, request: Headers) -> Stored | None:
        """The newest response that the request selects."""
        variants = self._held.get(key)
        if variants is None:
            return None
        self._held.move_to_end(key)
        return next((stored for stored in variants if stored.fits(request)), None)

    def put(self, key: Key, stored: Stored) -> None:
        """Hold it, in place of the one for the same requests."""
        variants = self._held.pop(key, [])
        self.bytes -= _size(key, variants)
        others = [old for old in variants if old.selecting != stored.selecting]
        self._held[key] = [stored, *others][:MOST_VARIANTS]
        self.bytes += _size(key, self._held[key])
        while self.bytes > self.limit:
            self.bytes -= _size(*self._held.popitem(last=False))

    def drop(self, key: Key) -> None:
        """Hold nothing of that address any more."""
        self.bytes -= _size(key, self._held.pop(key, []))


def _size(key: Key, variants: Iterable[Stored]) -> int:
    """About how many bytes of memory an address takes with its responses; none without any."""
    held = sum(stored.size for stored in variants)
    return held and held + ADDRESS_COST + sum(map(len, key))
