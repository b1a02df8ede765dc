"""Facts that many renders share, such as the navigation, kept in a worker until a purge of what they depend on."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from gazeti.edge.truth import truth

Fact = TypeVar("Fact")
_begun: ContextVar[int | None] = ContextVar("begun", default=None)
_facts: dict[str, tuple[int, frozenset[str], Any]] = {}
_lock = threading.Lock()
MOST = 500
"""Facts kept at most; past it all are dropped, which costs each one render."""


@contextmanager
def rendering(position: int) -> Iterator[None]:
    """Let what is called within use known facts: this process has taken in every purge up to that position."""
    token = _begun.set(position)
    try:
        yield
    finally:
        _begun.reset(token)


def known(name: str, *, tags: Iterable[str] | Callable[[Fact], Iterable[str]], make: Callable[[], Fact]) -> Fact:
    """The fact of that name: as it was made, if none of the tags was purged since; else made now.

    Tags that only the fact itself can tell, such as those of pictures in a list, are a function of it.

    Outside of a render that the edge began it is made each time. What it is must follow from the name, the database and
    the settings alone, and nobody may change it.
    """
    position = _begun.get()
    if position is None:
        return make()
    found = _facts.get(name)
    if found and truth.holds(found[0], found[1]):
        return cast(Fact, found[2])
    made = make()
    with _lock:
        if len(_facts) >= MOST:
            _facts.clear()
        _facts[name] = (position, frozenset(tags(made) if callable(tags) else tags), made)
    return made
