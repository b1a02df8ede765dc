"""Two workers on one folder, as two processes have it: each with what it renders, and what it wanted to first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazeti.edge.store import Claim, Store
from tests.edge.stage import STORY, Page, Stage

RECENT = "/recent/"


class Watched(Store):
    """A store that notes whether a worker got the claim when it first asked for one."""

    first: bool | None = None

    def claim(self, path: str, query: str) -> Claim | None:
        found = super().claim(path, query)
        self.first = found is not None if self.first is None else self.first
        return found


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Stage]]:
    """Two workers on one folder, each with an event loop of its own when it is played, or both in one."""
    found = [_worker(tmp_path / "store") for _ in range(2)]
    yield found
    for one in found:
        one.django.gate.set()


def got_the_claim(workers: list[Stage]) -> list[bool | None]:
    """Whether each got it at once; None for one that has not asked for it yet."""
    return [one.edge.store.first for one in workers if isinstance(one.edge.store, Watched)]


def _worker(folder: Path) -> Stage:
    store = Watched(folder, "0123456789abcdef")
    store.prepare(purged=0, head=0)
    made = Stage(store=store)
    made.django.pages = {STORY: Page("story " * 99)}
    made.django.lists = {RECENT: _page_of_a_list}
    return made


def _page_of_a_list(query: str) -> Page:
    return Page(f"page {query.removeprefix('page=') or 1} " * 99, reads=frozenset({"page"}))
