"""The application that readers meet: it answers from memory, asks Django for what it lacks, and lets the rest pass.

What a reader's page is, is the same for everybody (house decision 2), so nothing of the request but its address, its
method, its conditions and the encodings it takes is looked at.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from gazeti.edge.answers import KEPT_SECONDS, Answer, key_of
from gazeti.edge.flights import Flights, Landed, Store
from gazeti.edge.lanes import Lanes
from gazeti.edge.memory import Kept, Memory
from gazeti.edge.metrics import EDGE
from gazeti.edge.renders import Rendered, Renders
from gazeti.edge.routes import READING, Parameters, is_a_page, refusal
from gazeti.edge.sending import Send, is_unmodified, send_kept, send_plain, send_refused, send_sorry, send_unmodified
from gazeti.edge.truth import Truth

Scope = dict[str, Any]
Passage = Callable[[Scope, Any, Send], Awaitable[None]]
CONDITIONS = frozenset({b"if-none-match", b"if-modified-since"})
PERSONAL = frozenset({b"cookie", b"authorization"})
PATIENCE = 1.0
"""Seconds that a reader waits for something newer where something older could be given and the database is silent."""
STEPS = 10
"""How many times as long a reader waits while it answers: a slow machine is no reason to tell what was purged."""
LONGEST = 20.0
"""Seconds that a reader waits where nothing could; a quarter of it where the database is silent."""
PAUSE = 0.5
"""Seconds after a failed render within which Django is not asked where something older can be given."""
AGAIN = 30
AWAY = 503
"""What Django answers where it is the database that failed; any other failure is that one page's."""
MOST_HOSTS = 100


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
        self.hosts: set[bytes] = set()
        self.failing_until = 0.0
        self.hits = 0
        self.counts = dict.fromkeys(("unmodified", "made", "stood_in", "failed", "passed"), 0)
        self.is_well: Callable[[], bool] = lambda: True
        self.when_first_asked: Callable[[], None] = lambda: None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.background: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Answer from memory where that is all there is to do: nothing is looked up here that can be known before."""
        kept = self.find(scope.get("path", ""))
        if kept is None or kept.seen is not self.truth.state or scope["method"] != "GET" or scope["query_string"]:
            return await self._look_closer(scope, receive, send)
        accepted = host = None
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"host":
                host = value if host is None else b""
            elif name in CONDITIONS:
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

    async def _look_closer(self, scope: Scope, receive: Any, send: Send) -> None:
        """Everything that is not a plain hit."""
        if scope["type"] != "http":
            return
        if self.loop is None:
            self.loop = asyncio.get_running_loop()
            self.when_first_asked()
            self._count_seconds()
        path, method = scope["path"], scope["method"]
        if refused := refusal(method, path):
            await send_refused(refused, is_head=method == "HEAD", send=send)
            return
        if method not in READING or not is_a_page(path) or not self._knows_host(scope):
            self.counts["passed"] += 1
            await self.passage(scope, receive, send)
            return
        query = scope["query_string"]
        asked = await self._understood(path, query) if query else ""
        kept = self.memory.find(key_of(path, asked))
        if kept is not None and self.is_true(kept):
            late = time.time() - kept.ends
            may_be_late = kept.answer.at + KEPT_SECONDS > time.time() and late <= kept.answer.lasts()
            if late > 0 and may_be_late:
                # Time alone made it old, and not twice so: it is given once more while somebody asks for it anew.
                self.in_background(self.renew(path, asked))
            if late <= 0 or may_be_late:
                await self._hit(kept, scope, send)
                return
        await self._ask(scope, receive, send, asked=asked, older=kept)

    async def _understood(self, path: str, query: bytes) -> str:
        """The canonical query. Of an address that nobody knows the page without one is made first, once for all who
        ask: a story that is shared as it appears is asked for with another `fbclid` by everyone.
        """
        asked = await self._asked(path, query)
        if self.parameters.knows(path) or self.memory.find(path) or not self.is_well():
            return asked
        landed = await self._landed(path, "", has_older=False)
        if isinstance(landed, Answer):
            self._take_in(landed)
        return self.parameters.asked(path, query)

    async def _asked(self, path: str, query: bytes) -> str:
        """The canonical query; what no answer has told this worker yet, another's may tell from the disk."""
        if self.store and not self.parameters.knows(path):
            answer = await asyncio.to_thread(self.store.find, path, "")
            if answer:
                self.parameters.learn(answer)
        return self.parameters.asked(path, query)

    async def _hit(self, kept: Kept, scope: Scope, send: Send) -> None:
        self.memory.used(kept.answer.key)
        kept.hits += 1
        self.hits += 1
        self._lay_again(kept)
        await self._send(kept, scope, send)

    async def _ask(self, scope: Scope, receive: Any, send: Send, *, asked: str, older: Kept | None) -> None:
        """Have it rendered; give what was good last where that fails or takes long."""
        path = scope["path"]
        if older is None and not self.is_well():
            older = await self._last_on_disk(path, asked)
        landed = await self._landed(path, asked, has_older=self._may_stand_in(older))
        if isinstance(landed, Answer):
            await self._send(self._take_in(landed), scope, send)
        elif landed is not None and not landed.has_failed:
            await self._pass_on(landed, scope, receive, send)
        else:
            await self._stand_in(scope, send, older=older, failed=landed)

    async def _landed(self, path: str, asked: str, *, has_older: bool) -> Landed | None:
        if has_older and time.monotonic() < self.failing_until:
            return None
        landed = await self._in_time(path, asked, has_older=has_older)
        if isinstance(landed, Rendered) and landed.status == AWAY:
            self.failing_until = time.monotonic() + PAUSE
        return landed

    async def _in_time(self, path: str, asked: str, *, has_older: bool) -> Landed | None:
        """What lands before patience ends: soon where the database is silent, late where all is only slow."""
        asking = asyncio.ensure_future(self.flights.land(path, asked))
        waits = [PATIENCE] * STEPS if has_older else [LONGEST / 4] * 4
        for seconds in waits:
            await asyncio.wait([asking], timeout=seconds)
            if asking.done():
                return asking.result()
            if not self.is_well():
                self.failing_until = time.monotonic() + PAUSE
                break
        asking.cancel()
        return None

    async def _pass_on(self, landed: Rendered, scope: Scope, receive: Any, send: Send) -> None:
        """What is not kept may be other for who has a name: they ask themselves."""
        is_person = any(name in PERSONAL for name, _value in scope["headers"])
        if is_person and (landed.is_private or not landed.tags):
            await self.passage(scope, receive, send)
            return
        await send_plain(landed.status, landed.headers, landed.body, is_head=scope["method"] == "HEAD", send=send)

    async def _stand_in(self, scope: Scope, send: Send, *, older: Kept | None, failed: Rendered | None) -> None:
        """The last good answer, from memory, then from the disk; else what Django said, else a plain sentence."""
        last = older if self._may_stand_in(older) else await self._last_good(scope["path"], scope["query_string"])
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

    async def _last_good(self, path: str, query: bytes) -> Kept | None:
        """What others were given: while this was being asked for, they may have told which parameters matter."""
        asked = await self._asked(path, query) if query else ""
        kept = self.memory.find(key_of(path, asked))
        return kept if self._may_stand_in(kept) else await self._last_on_disk(path, asked)

    async def _last_on_disk(self, path: str, asked: str) -> Kept | None:
        answer = await asyncio.to_thread(self.store.find, path, asked) if self.store else None
        if answer is None:
            return None
        kept = Kept(answer, seen=None)
        if not self._may_stand_in(kept):
            return None
        self.parameters.learn(answer)
        self.memory.put(kept)
        return kept

    def _may_stand_in(self, kept: Kept | None) -> bool:
        # That nothing is there is no good page: something may be by now.
        if kept is None or kept.answer.status == 404 or kept.answer.at + KEPT_SECONDS < time.time():
            return False
        return self.truth.may_stand_in(kept.answer.position, kept.answer.tags)

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
        kept = Kept(answer, seen=self.truth.state)
        self.counts["made"] += 1
        self.parameters.learn(answer)
        if self.truth.holds(answer.position, answer.tags):
            kept.generation = self.store.generation if self.store else 0
            self.memory.put(kept)
        return kept

    async def renew(self, path: str, asked: str = "") -> None:
        """Have an address, with its canonical query, rendered anew for whoever asks next."""
        landed = await self._landed(path, asked, has_older=False)
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
        """File a page that is true once more after a purge of others took all files away."""
        if self.store and kept.generation != self.store.generation:
            kept.generation = self.store.generation
            self.flights.lay(kept.answer)

    async def _send(self, kept: Kept, scope: Scope, send: Send) -> None:
        headers = scope["headers"]
        accepted = next((value for name, value in headers if name == b"accept-encoding"), None)
        second = int(time.time())
        if is_unmodified(kept, kept.coding(accepted), headers):
            self.counts["unmodified"] += 1
            await send_unmodified(kept, accepted, second, send=send)
            return
        await send_kept(kept, accepted, second, is_head=scope["method"] == "HEAD", send=send)

    def _knows_host(self, scope: Scope) -> bool:
        """Whether the request names one host and that is ours; any other is for Django to refuse (RFC 9112, 3.2)."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0] in self.hosts:
            return len(named) == 1
        domain, _port = split_domain_port(named[0].decode("latin-1"))
        is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if is_ours:
            if len(self.hosts) >= MOST_HOSTS:
                self.hosts.clear()
            self.hosts.add(named[0])
        return is_ours
