"""Under which query an answer is asked for: an answer itself tells on which parameters it depends, so until one of that
address is known, the one without any is asked for, once for all. What is shared has another `fbclid` from everyone.
"""

import asyncio

from gazeti.edge.answers import Answer, key_of
from gazeti.edge.flights import Store
from gazeti.edge.memory import Memory
from gazeti.edge.routes import Parameters, canonical, whole


class Variants:
    """What this worker can tell of the answers at an address."""

    def __init__(self, parameters: Parameters, memory: Memory, store: Store | None) -> None:
        """Look here."""
        self.parameters, self.memory, self.store = parameters, memory, store

    async def guessed(self, path: str, query: bytes) -> str:
        """The canonical query to begin with; `wanted` tells whether what is found under it is what was asked for."""
        if not query:
            return ""
        if self.parameters.knows(path):
            return self.parameters.asked(path, query)
        every = whole(query)
        if self.memory.find(key_of(path, every)):
            return every
        bare = await self._bare(path)
        return canonical(query, bare.reads) if bare else ""

    def wanted(self, answer: Answer, query: bytes) -> str | None:
        """The canonical query by which to ask again, since this answer says that it is not for that query."""
        of_this = canonical(query, answer.reads)
        return None if of_this == answer.query else of_this

    async def _bare(self, path: str) -> Answer | None:
        """The answer without a query; what none has told this worker yet, another's may tell from the disk."""
        kept = self.memory.find(path)
        if kept:
            return kept.answer
        answer = await asyncio.to_thread(self.store.find, path, "") if self.store else None
        if answer:
            self.parameters.learn(answer)
        return answer
