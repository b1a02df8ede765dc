"""One client's question to the shared cache: from what is held, or by asking the application (RFC 9111, 4)."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazeti.edge import freshness
from gazeti.edge.asking import BODY, START, Asking, Message, Receive, Scope, Send, bodiless
from gazeti.edge.encodings import IDENTITY
from gazeti.edge.fields import Headers, directives, first, seconds
from gazeti.edge.shelf import Key
from gazeti.edge.stored import Fetched, Stored, made, reply

if TYPE_CHECKING:
    from gazeti.edge.shared import SharedCache

logger = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a visit waits for another's answer before it asks itself."""
QUICKLY_MADE = 10_000
"""Bytes of a body that are compressed in so short a time that no thread is worth it."""
CONDITIONAL = frozenset({b"if-none-match", b"if-modified-since", b"if-range", b"range"})
NO_COPY = b"No copy of this is kept, and the request forbids to ask for one (only-if-cached).\n"


@dataclass(slots=True)
class Visit:
    """A GET or HEAD. `flight` is set while others wait for the answer to this one."""

    cache: "SharedCache"
    key: Key
    scope: Scope
    receive: Receive
    send: Send
    stored: Stored | None = None
    flight: asyncio.Event | None = None
    is_overtaken: bool = False

    async def answer(self) -> None:
        """Send what is held, if it may be; ask otherwise."""
        self.stored = self._found()
        now = self.cache.now()
        if self.stored and self.stored.is_fresh(now):
            await self._send(self.stored, now)
        elif self.stored and self.stored.is_within(freshness.stale_while_asked(self.stored.headers), now):
            if self.key not in self.cache.flights:
                later = replace(self, receive=bodiless(_silence), send=_nowhere)
                later.take_off()
                self.cache.in_background(later.renew())
            await self._send(self.stored, now)
        elif "only-if-cached" in directives(self.scope["headers"]):
            await _send_no_copy(self.send)
        elif self.scope["method"] == "HEAD":
            await Asking(self.cache.application, self.send, self._looks_at_head).ask(
                self.scope, self.receive, now=self.cache.now
            )
        elif self._may_be_shared():
            await self._share()
        else:
            await self._fetch()

    async def renew(self) -> None:
        """Ask while nobody waits; what fails is asked for again by the next visit."""
        try:
            await self._fetch()
        except Exception:
            logger.warning("%s could not be asked for anew", self.scope["path"], exc_info=True)
        finally:
            self._land()

    def take_off(self) -> None:
        """Be the one who asks, for whom others wait."""
        self.flight = self.cache.flights[self.key] = asyncio.Event()

    async def _share(self) -> None:
        """Ask, or wait for who is asking; nobody waits twice."""
        flight = self.cache.flights.get(self.key)
        if flight is None:
            self.take_off()
            try:
                await self._fetch()
            finally:
                self._land()
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(flight.wait(), PATIENCE)
        self.stored, now = self._found(), self.cache.now()
        if self.stored and self.stored.is_fresh(now):
            await self._send(self.stored, now)
        else:
            await self._fetch()

    def _land(self) -> None:
        """Whoever waits need not any longer."""
        if self.flight is not None:
            self.flight.set()
            if self.cache.flights.get(self.key) is self.flight:
                del self.cache.flights[self.key]

    async def _fetch(self) -> None:
        """Ask for all of it, or whether what is held still holds (RFC 9111, 4.3)."""
        with self._asks():
            fetched = await self._fetched()
            if fetched is not None:
                await self._take_in(fetched)

    async def _fetched(self) -> Fetched | None:
        """The answer, unless it was passed on, or something stale was given since there was none."""
        asking = Asking(self.cache.application, self.send, self._holds)
        try:
            return await asking.ask(self._asked_again(), self.receive, now=self.cache.now)
        except Exception:
            if asking.has_passed or not self.stored or not self._may_stand_in(self.stored, is_silent=True):
                raise
            logger.warning("%s is given stale: asking for it failed", self.scope["path"], exc_info=True)
            await self._send(self.stored, self.cache.now())
            return None

    @contextmanager
    def _asks(self) -> Iterator[None]:
        """Be known to ask, so that an unsafe request can tell that the answer is of before it."""
        self.is_overtaken = False
        visits = self.cache.asking.setdefault(self.key, [])
        visits.append(self)
        try:
            yield
        finally:
            visits[:] = [visit for visit in visits if visit is not self]
            if not visits:
                self.cache.asking.pop(self.key, None)

    async def _take_in(self, fetched: Fetched) -> None:
        """Keep what came, and send it."""
        if self.stored and fetched.status in freshness.FAILED and self._may_stand_in(self.stored, is_silent=False):
            await self._send(self.stored, self.cache.now())
            return
        new = self.stored.confirmed(fetched) if self.stored and fetched.status == 304 else await self._made(fetched)
        if new is None:
            # A 304 about other bytes than those that were asked about: ask again, for all of it.
            self.cache.shelf.drop(self.key)
            self.stored, self.receive = None, bodiless(self.receive)
            await self._fetch()
            return
        # What an unsafe request may have changed meanwhile is sent to this client, who asked before it, and not kept.
        self._keep(None if self.is_overtaken else new)
        self._land()
        await self._send(new, fetched.received)

    def _keep(self, new: Stored | None) -> None:
        """Hold it in place of what was held, if its fields still allow that."""
        if new and freshness.may_store(self.scope["headers"], new.status, new.headers, now=new.received):
            self.cache.unkept.pop(self.key, None)
            self.cache.shelf.put(self.key, new)
        else:
            self.cache.shelf.drop(self.key)

    async def _made(self, fetched: Fetched) -> Stored:
        if len(fetched.body) <= QUICKLY_MADE:
            return made(self.scope["headers"], fetched)
        return await asyncio.to_thread(made, self.scope["headers"], fetched)

    def _holds(self, status: int, headers: Headers) -> bool:
        """Whether an answer that begins is of use here; if not, nobody waits for it, and the old is dropped."""
        if self._is_about_stored(status):
            return True
        if freshness.may_store(self.scope["headers"], status, headers, now=self.cache.now()):
            return True
        if self.flight is not None:
            self.cache.leave_unkept(self.key)
            self._land()
        if self.stored:
            self.cache.shelf.drop(self.key)
        return False

    def _is_about_stored(self, status: int) -> bool:
        """Whether an answer says only that what is held still holds, or may be given since there is nothing better."""
        if self.stored is None:
            return False
        if status == 304:
            return bool(self.stored.conditions())
        return status in freshness.FAILED and self._may_stand_in(self.stored, is_silent=False)

    def _looks_at_head(self, status: int, headers: Headers) -> bool:
        """Bring what is held up to date by an answer to HEAD about the same bytes, else drop it (RFC 9111, 4.3.5)."""
        if not self.stored or status != 200:
            return False
        now = self.cache.now()
        length = seconds(first(headers, b"content-length"))
        confirmed = self.stored.confirmed(Fetched(status, headers, b"", now, now))
        self._keep(confirmed if length in (None, len(self.stored.bodies[IDENTITY])) else None)
        return False

    def _may_be_shared(self) -> bool:
        """Whether the answer may be one for others too who ask at the same time."""
        if self.key in self.cache.unkept:
            return False
        names = {name for name, _value in self.scope["headers"]}
        return b"authorization" not in names and (self.stored is not None or not names & CONDITIONAL)

    def _may_stand_in(self, stored: Stored, *, is_silent: bool) -> bool:
        past = freshness.stale_if_failed(stored.headers, is_silent=is_silent)
        return stored.is_within(past, self.cache.now())

    def _asked_again(self) -> Scope:
        """The question with our own conditions in place of the client's, who gets an answer from what we then hold."""
        if not self.stored:
            return self.scope
        others = [pair for pair in self.scope["headers"] if pair[0] not in CONDITIONAL]
        return {**self.scope, "method": "GET", "headers": [*others, *self.stored.conditions()]}

    def _found(self) -> Stored | None:
        return self.cache.shelf.find(self.key, self.scope["headers"])

    async def _send(self, stored: Stored, now: float) -> None:
        is_head = self.scope["method"] == "HEAD"
        answer = reply(stored, self.scope["headers"], method=self.scope["method"], now=now)
        await self.send({"type": START, "status": answer.status, "headers": answer.headers})
        await self.send({"type": BODY, "body": b"" if is_head else answer.body})


async def _send_no_copy(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(NO_COPY))]
    await send({"type": START, "status": 504, "headers": headers})
    await send({"type": BODY, "body": NO_COPY})


async def _silence() -> Message:
    """What a client says who never leaves."""
    return await asyncio.Future()


async def _nowhere(_message: Message) -> None:
    """Where an answer goes that nobody waits for."""
