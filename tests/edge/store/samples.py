"""Answers and a store for the tests of the second tier, with a kind of pages of their own."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazeti.edge.answers import Answer
from gazeti.edge.encodings import encoded
from gazeti.edge.store import Store
from gazeti.edge.store.kinds import Kind

HTML = b"text/html; charset=utf-8"
PAGES = Kind("pages", "/", {"": "text/html; charset=utf-8"}, lambda: {"Cache-Control": "public, no-cache"}, varies=True)
EDITION = "0123456789abcdef"


def page(path: str = "/city/bridge/", *, text: str = "The new bridge opened at noon. ", **facts: Any) -> Answer:
    """Return an answer that may be filed: rendered a minute ago, at position 7, with the tags of a story."""
    now = time.time() - 60
    body = f"<!doctype html><p>{text * 40}</p>".encode()
    headers = tuple(
        (name.lower().encode(), value.encode()) for name, value in PAGES.headers().items() if name != "Vary"
    )
    answer = Answer(
        path=path,
        query="",
        status=200,
        headers=(*headers, (b"content-type", HTML)),
        bodies=encoded(body, HTML),
        tags=frozenset({"story:12", "recent"}),
        position=7,
        at=now,
        modified=int(now),
        reads=frozenset({"page"}),
    )
    return replace(answer, **facts)


def prepared(folder: Path, *, edition: str = EDITION, head: int = 7, purged: int = 5, **more: Any) -> Store:
    """Return a store as a process has it that has just started."""
    store = Store(folder, edition, **more)
    store.prepare(head=head, purged=purged)
    return store


def never(_position: int, _tags: frozenset[str]) -> bool:
    """Say that nothing was purged."""
    return False
