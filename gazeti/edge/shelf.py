"""Where the shared cache holds its responses: by address, several to each where they vary, bounded by bytes.

Used by the event loop's thread alone.
"""

from collections import OrderedDict

from gazeti.edge.fields import Headers
from gazeti.edge.stored import Stored

Key = tuple[str, bytes, bytes]
"""Scheme, host, and path with query."""
MOST_VARIANTS = 20


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
        self.bytes -= sum(old.size for old in variants)
        others = [old for old in variants if old.selecting != stored.selecting]
        self._held[key] = [stored, *others][:MOST_VARIANTS]
        self.bytes += sum(each.size for each in self._held[key])
        while self.bytes > self.limit:
            _key, dropped = self._held.popitem(last=False)
            self.bytes -= sum(old.size for old in dropped)

    def drop(self, key: Key) -> None:
        """Hold nothing of that address any more."""
        self.bytes -= sum(old.size for old in self._held.pop(key, []))
