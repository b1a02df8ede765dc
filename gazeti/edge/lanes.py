"""Which renders wait for which: what may be nothing at all waits for the pages that are known, never they for it.

Whoever asks for thousands of addresses that are not there would else stand before the front when it is rendered anew.
"""

from collections import OrderedDict

from gazeti.edge.answers import key_of
from gazeti.edge.memory import Memory
from gazeti.edge.routes import Parameters

MOST_EXPECTED = 1_000


class Lanes:
    """What this worker knows to be a page; used by its event loop's thread alone."""

    def __init__(self, memory: Memory, parameters: Parameters) -> None:
        """Know what is in memory, and what was seen to be a page."""
        self.memory, self.parameters = memory, parameters
        self._expected: OrderedDict[str, None] = OrderedDict()

    def expect(self, path: str) -> None:
        """Something came to an address, as a purge of it tells."""
        self._expected[path] = None
        while len(self._expected) > MOST_EXPECTED:
            self._expected.popitem(last=False)

    def is_known(self, path: str, canonical: str) -> bool:
        """Whether something was there under that query, or came there."""
        kept = self.memory.find(key_of(path, canonical))
        if kept is not None and kept.answer.status != 404:
            return True
        return not canonical and (self.parameters.knows(path) or path in self._expected)
