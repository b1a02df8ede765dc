"""The application that readers meet: it answers from memory, asks Django for what it lacks, and lets the rest pass.

What a reader's page is, is the same for everybody (house decision 2), so nothing of the request but its address, its
method, its conditions and the encodings it takes is looked at.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from gazeti.edge.answers import KEPT_SECONDS, Answer, key_of
from gazeti.edge.asking import bodiless, logged
from gazeti.edge.fields import has_body
from gazeti.edge.flights import Flights, Store
from gazeti.edge.hosts import Hosts
from gazeti.edge.lanes import Lanes
from gazeti.edge.memory import Kept, Memory
from gazeti.edge.metrics import EDGE
from gazeti.edge.patience import AWAY, Client, Left, Patience
from gazeti.edge.renders import Rendered, Renders
from gazeti.edge.routes import READING, Parameters, is_a_page, refusal, whole
from gazeti.edge.sending import (
    Send,
    accepted_by,
    is_unmodified,
    send_kept,
    send_plain,
    send_refused,
    send_sorry,
    send_unmodified,
)
from gazeti.edge.standins import StandIns
from gazeti.edge.truth import Truth
from gazeti.edge.variants import Variants

Scope = dict[str, Any]
Passage = Callable[[Scope, Any, Send], Awaitable[None]]
CLOSER = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})
"""Headers that make more of a request than a plain hit; what is accepted, where a second line says it."""
PERSONAL = frozenset({b"cookie", b"authorization"})
AGAIN = 30
"""Seconds after which it is worth asking again where nothing could be given."""
GUESSES = 3
"""Renders at most until it is known which of an address's answers a query asks for."""


class Edge:
    """An ASGI application in front of Django, one in each worker; used by its event loop's thread alone."""

    def __init__(
        self, passage: Passage, *, renders: Renders, memory: Memory, truth: Truth, store: Store | None = None
    ) -> None:
        """Put it in front of what answers everything that is no page."""
        self.passage, self.memory, self.truth, self.store = passage, memory, truth, store
        self.find, self.used = memory.find, memory.used
        self.parameters = Parameters()
        self.lanes = Lanes(memory, self.parameters)
        self.flights = Flights(renders, store, truth, self.lanes)
        self.variants = Variants(self.parameters, memory, store)
        self.stand_ins = StandIns(memory, truth, store, parameters=self.parameters, variants=self.variants)
        self.patience = Patience(self.flights, self._is_well_now)
        self.our_hosts = Hosts()
        self.hosts = self.our_hosts.known
        self.hits = 0
        self.counts = dict.fromkeys(("unmodified", "made", "stood_in", "failed", "passed"), 0)
        self.is_well: Callable[[], bool] = lambda: True
        self.when_first_asked: Callable[[], None] = lambda: None
        self.when_purged: list[Callable[[], None]] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self.background: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Answer from memory where that is all there is to do: nothing is looked up here that can be known before."""
        kept = self.find(scope.get("path", ""))
        if kept is None or scope["method"] != "GET" or scope["query_string"]:
            return await self._look_closer(scope, receive, send)
        if kept.seen is not self.truth.state and not self._is_still_good(kept):
            return await self._look_closer(scope, receive, send)
        accepted = host = None
        for name, value in scope["headers"]:
            if name == b"accept-encoding" and accepted is None:
                accepted = value
            elif name == b"host":
                host = value if host is None else b""
            elif name in CLOSER:
                return await self._look_closer(scope, receive, send)
        ready = kept.ready.get(accepted)
        if ready is None or host not in self.hosts:
            return await self._look_closer(scope, receive, send)
        kept.hits += 1
        self.hits += 1
        self.used(kept.answer.path)
        await send(ready[0])
        await send(ready[1])
        return None

    @logged
    async def _look_closer(self, scope: Scope, receive: Any, send: Send) -> None:
        """Everything that is not a plain hit."""
        if scope["type"] != "http":
            return
        self.begin()
        path, method = scope["path"], scope["method"]
        if refused := refusal(method, path):
            await send_refused(refused, is_head=method == "HEAD", send=send)
            return
        if method not in READING or not is_a_page(path, scope["query_string"]) or not self.our_hosts.is_ours(scope):
            self.counts["passed"] += 1
            await self.passage(scope, receive, send)
            return
        client = Client(receive)
        try:
            with suppress(Left):
                await self._answer(scope, client, send)
        finally:
            client.end()

    def begin(self) -> None:
        """Do what must be done before anybody is answered, once."""
        if self.loop is None:
            self.loop = asyncio.get_running_loop()
            self.when_first_asked()
            self._count_seconds()

    async def told(self, path: str) -> Kept | Rendered | None:
        """What is at an address now, for `streams`, which push it on; None where that cannot be said in time."""
        return self._good(path, "") or await self._made(path, "", query=b"", end=self.patience.end())

    async def _answer(self, scope: Scope, client: Client, send: Send) -> None:
        """From memory or by a render, once more where what is found says that the query asks for another answer."""
        path, query, end = scope["path"], scope["query_string"], self.patience.end()
        asked = await self.variants.guessed(path, query)
        for _ in range(GUESSES):
            kept = self._good(path, asked)
            found = kept or await self._made_while_there(scope, client, asked, end)
            wanted = self._wanted(found, path, asked, query)
            if wanted is None:
                break
            asked = wanted
        else:
            await self._leave_to_django(scope, client, send)
            return
        if kept is not None:
            self._count_hit(kept)
        if isinstance(found, Kept):
            await self._send(found, scope, send)
        elif found is not None and not found.has_failed:
            await self._pass_on(found, scope, client, send)
        else:
            await self._stand_in(scope, send, failed=found)

    def _is_well_now(self) -> bool:
        return self.is_well()

    def _good(self, path: str, asked: str) -> Kept | None:
        """What is in memory, if it may be given to who asks now."""
        kept = self.memory.find(key_of(path, asked))
        if kept is None or not self.is_true(kept):
            return None
        late = time.time() - kept.ends
        if late <= 0:
            return kept
        if kept.answer.at + KEPT_SECONDS <= time.time() or late > kept.answer.lasts():
            return None
        # Time alone made it old, and not twice so: it is given once more while somebody asks for it anew.
        self.in_background(self.renew(path, asked))
        return kept

    async def _made_while_there(self, scope: Scope, client: Client, asked: str, end: float) -> Kept | Rendered | None:
        making = self._made(scope["path"], asked, query=scope["query_string"], end=end)
        return await (making if has_body(scope["headers"]) else client.while_there(making))

    async def _leave_to_django(self, scope: Scope, client: Client, send: Send) -> None:
        # That no body follows may have been read while the client waited.
        await self.passage(scope, client.receive if has_body(scope["headers"]) else bodiless(client.rest), send)

    async def _made(self, path: str, asked: str, *, query: bytes, end: float) -> Kept | Rendered | None:
        """What Django says now; None where it says nothing in time."""
        older = self.memory.find(key_of(path, asked))
        if older is None and not self.is_well():
            older = await self.stand_ins.last(path, query)
        landed = await self.patience.landed(path, asked, has_older=self.stand_ins.may_be(older), end=end)
        return self._take_in(landed) if isinstance(landed, Answer) else landed

    def _wanted(self, found: Kept | Rendered | None, path: str, asked: str, query: bytes) -> str | None:
        """The canonical query to ask by instead; None where this is the answer, or another would be none either."""
        if isinstance(found, Kept):
            return self.variants.wanted(found.answer, query)
        if found is None or asked or found.status == AWAY or self.parameters.knows(path):
            return None
        # What is not kept tells nothing of what it depends on.
        return whole(query) or None

    def _is_still_good(self, kept: Kept) -> bool:
        """Whether only purges of others came since it was looked at: there may be hundreds of them in a second."""
        if kept.looked is not self.truth.turn or not self.is_true(kept):
            return False
        self._lay_again(kept)
        return True

    def _count_hit(self, kept: Kept) -> None:
        self.memory.used(kept.answer.key)
        kept.hits += 1
        self.hits += 1
        self._lay_again(kept)

    async def _pass_on(self, landed: Rendered, scope: Scope, client: Client, send: Send) -> None:
        """What is not kept may be other for who has a name, and a cookie is for one: they ask themselves."""
        is_person = any(name in PERSONAL for name, _value in scope["headers"])
        if landed.sets_cookie or (is_person and (landed.is_private or not landed.tags)):
            await self._leave_to_django(scope, client, send)
            return
        await send_plain(landed.status, landed.headers, landed.body, is_head=scope["method"] == "HEAD", send=send)

    async def _stand_in(self, scope: Scope, send: Send, *, failed: Rendered | None) -> None:
        """The last good answer; else what Django said, else a plain sentence."""
        last = await self.stand_ins.last(scope["path"], scope["query_string"])
        if last is not None:
            self.counts["stood_in"] += 1
            await self._send(last, scope, send)
            return
        self.counts["failed"] += 1
        is_head = scope["method"] == "HEAD"
        if failed is None:
            await send_sorry(again=AGAIN, is_head=is_head, send=send)
        else:
            await send_plain(failed.status, failed.headers, failed.body, is_head=is_head, send=send)

    def is_true(self, kept: Kept) -> bool:
        """Whether nothing that it shows was purged since its render began; looked up once after each purge."""
        state = self.truth.state
        if kept.seen is state:
            return True
        if not self.truth.holds(kept.answer.position, kept.answer.tags):
            return False
        kept.seen = state
        return True

    def _take_in(self, answer: Answer) -> Kept:
        """Keep an answer, unless a purge overtook it."""
        old = self.memory.find(answer.key)
        if old is not None and (old.answer.at, old.answer.position) == (answer.at, answer.position):
            return old  # one of many who waited for the same render has done it
        if old is not None and old.answer.mark == answer.mark:
            answer = answer.since(min(old.answer.modified, answer.modified))
        kept = Kept(answer, seen=None)
        if self.store and not answer.is_found:
            # What was found on the disk nobody is filing now: its next hit has it laid.
            kept.generation = self.store.generation
        self.counts["made"] += 1
        self.parameters.learn(answer)
        if self.is_true(kept):
            self.memory.put(kept)
        return kept

    async def renew(self, path: str, asked: str = "") -> None:
        """Have an address, with its canonical query, rendered anew for whoever asks next."""
        landed = await self.patience.landed(path, asked, has_older=False, end=self.patience.end())
        if isinstance(landed, Answer):
            self._take_in(landed)
        elif landed is not None and not landed.has_failed:
            self.memory.drop(key_of(path, asked))

    def _count_seconds(self) -> None:
        """Once a second tell what was done, and have all be looked at again: its age, whether time made it old."""
        self.truth.stir()
        told = {"hit": self.hits, **self.counts}
        self.hits, self.counts = 0, dict.fromkeys(self.counts, 0)
        for how, number in told.items():
            EDGE.labels(how).inc(number)
        if self.loop:
            self.loop.call_later(1.0, self._count_seconds)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Let it be done while nobody waits."""
        task = asyncio.create_task(work)
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    def _lay_again(self, kept: Kept) -> None:
        """File a page that is true once more after a purge of others took all files away; not if the next will soon."""
        if self.store and kept.generation != self.store.generation and self.store.is_calm:
            kept.generation = self.store.generation
            self.flights.lay(kept.answer)

    async def _send(self, kept: Kept, scope: Scope, send: Send) -> None:
        headers = scope["headers"]
        accepted, second, is_purged = accepted_by(headers), int(time.time()), not self.is_true(kept)
        kept.looked = self.truth.turn
        if is_unmodified(kept, kept.coding(accepted), headers):
            self.counts["unmodified"] += 1
            await send_unmodified(kept, accepted, second, is_purged=is_purged, send=send)
            return
        is_head = scope["method"] == "HEAD"
        await send_kept(kept, accepted, second, is_purged=is_purged, is_head=is_head, send=send)
