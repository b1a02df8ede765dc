"""What stands in where Django fails: the last good answer, from memory, then from the disk."""

import asyncio
import time

from gazeti.edge.answers import KEPT_SECONDS, key_of
from gazeti.edge.flights import Store
from gazeti.edge.memory import Kept, Memory
from gazeti.edge.routes import Parameters, whole
from gazeti.edge.truth import Truth
from gazeti.edge.variants import Variants


class StandIns:
    """Finds what was good last; used by the event loop's thread alone."""

    def __init__(
        self, memory: Memory, truth: Truth, store: Store | None, *, parameters: Parameters, variants: Variants
    ) -> None:
        """Look there."""
        self.memory, self.truth, self.store = memory, truth, store
        self.parameters, self.variants = parameters, variants

    def may_be(self, kept: Kept | None) -> bool:
        """Whether it may be given though something newer should be: never after a day, nor what is to be forgotten."""
        # That nothing is there is no good page: something may be by now.
        if kept is None or kept.answer.status == 404 or kept.answer.at + KEPT_SECONDS < time.time():
            return False
        return self.truth.may_stand_in(kept.answer.position, kept.answer.tags)

    async def last(self, path: str, query: bytes) -> Kept | None:
        """What was given last for this query. Others may have been given it while this was being asked for."""
        guessed = await self.variants.guessed(path, query)
        for asked in dict.fromkeys((guessed, whole(query))):
            kept = self.memory.find(key_of(path, asked))
            found = kept if self.may_be(kept) else await self.on_disk(path, asked)
            if found is not None and self.variants.wanted(found.answer, query) is None:
                return found
        return None

    async def on_disk(self, path: str, asked: str) -> Kept | None:
        """What lies in the store by a canonical query, if it may stand in; it is in memory then."""
        answer = await asyncio.to_thread(self.store.find, path, asked) if self.store else None
        if answer is None:
            return None
        kept = Kept(answer, seen=None)
        if not self.may_be(kept):
            return None
        self.parameters.learn(answer)
        self.memory.put(kept)
        return kept
