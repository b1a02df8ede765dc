"""One open stream: thousands of them wait, so each is an object with nothing but what it needs."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

from gazeti.edge.streams.ranges import Message

if TYPE_CHECKING:
    from gazeti.edge.streams.ranks import Rank

END: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class Client:
    """A reader's connection. `rank` are those at the same number, None while it is slow; then `rest` is under way."""

    __slots__ = ("rank", "rest", "send")

    def __init__(self, send: Callable[[Message], Awaitable[None]]) -> None:
        """Send by this."""
        self.send = send
        self.rank: Rank | None = None
        self.rest: asyncio.Task[None] | None = None

    def give(self, message: Message) -> "Unfinished | None":
        """Hand a message to the server; what is left to wait for where it does not take it at once.

        Nearly always it does, and no task is woken for that.
        """
        steps = self.send(message).__await__()
        try:
            first = next(steps)
        except StopIteration:
            return None
        except OSError:  # some servers say so where a client has gone; `receive` tells too
            return None
        return Unfinished(first, steps)

    def end(self) -> None:
        """End the stream: the reader comes again by itself, and `receive` tells the coroutine that holds it."""
        if self.rank:
            self.rank.clients.discard(self)
            self.rank = None
        if self.rest:
            self.rest.cancel()
            self.rest = None
        self.give(END)


class Unfinished:
    """What was begun of an awaitable by its first step, to be awaited to its end."""

    def __init__(self, first: Any, steps: Iterator[Any]) -> None:
        """Take what it waits for, and the steps after that."""
        self.first, self.steps = first, steps

    def __await__(self) -> Generator[Any, Any, None]:
        """Wait for what it waits for; then go on."""
        yield self.first
        yield from self.steps
