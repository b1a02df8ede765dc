"""Whether an answer may be: never older than what its worker had said it knows, never torn, never mixed.

The judge trusts the log's order, which process holds a connection, and the position that this process told; from then
on it goes by the words of the page alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.edge.hunting.history import GONE, LIVE, History
from tests.edge.hunting.pages import Page, Shown


@dataclass(frozen=True)
class Observation:
    """An answer: for which page, what the server behind the connection had seen before it was asked, and what came."""

    page: Page
    floor: int
    status: int
    shown: Shown
    asked_at: float
    come_at: float
    by: str = ""


def faults(seen: Observation) -> Iterator[str]:
    """Sentences on what no answer may be, whatever the server knows."""
    if seen.shown.torn:
        yield f"{seen.page.path} is torn: {seen.shown.torn}"
    elif seen.page.tale and seen.status == 200 and seen.page.tale not in seen.shown.versions:
        yield f"{seen.page.path} does not show its tale"
    if seen.page.is_second and seen.shown.versions:
        yield f"{seen.page.path} shows tales of the first page: {sorted(seen.shown.versions)}"
    if seen.status not in ((200, 404, 410) if seen.page.tale else (200,)):
        yield f"{seen.page.path} answered {seen.status}"


def stale(history: History, seen: Observation) -> Iterator[str]:
    """Sentences on what is older than what the server behind the connection had seen before it was asked."""
    if seen.shown.torn:
        return
    if seen.page.tale:
        yield from _stale_story(history, seen)
    elif seen.status == 200:
        yield from _stale_list(history, seen)


def _stale_story(history: History, seen: Observation) -> Iterator[str]:
    tale, status = seen.page.tale, seen.status
    known = history.at(tale, seen.floor)
    state = known.state if known else "absent"
    right = {LIVE: 200, GONE: 410, "absent": 404}[state]
    later = {200: LIVE, 410: GONE}.get(status, "")
    if status != right and not (later and history.was_later(tale, seen.floor, later)):
        yield f"{seen.page.path} answered {status} for a tale that is {state} since position {known and known.position}"
    yield from _old_versions(history, seen)


def _stale_list(history: History, seen: Observation) -> Iterator[str]:
    yield from _old_versions(history, seen)
    if not seen.page.is_complete:
        return
    for one in history.live_at(seen.floor, section=seen.page.section):
        if one.tale not in seen.shown.versions and not history.was_later(one.tale, seen.floor, GONE):
            yield f"{seen.page.path} lacks tale {one.tale}, out since position {one.position}; floor {seen.floor}"


def _old_versions(history: History, seen: Observation) -> Iterator[str]:
    for tale, version in seen.shown.versions.items():
        known = history.at(tale, seen.floor)
        if known and version < known.version:
            age = seen.asked_at - known.at
            yield (
                f"{seen.page.path} shows version {version} of tale {tale}, which is {known.state} at {known.version} "
                f"since position {known.position}; floor {seen.floor}, asked {age:.3f} s after the commit"
            )


def goes_back(before: Shown, after: Shown) -> Iterator[str]:
    """Sentences on tales that a page showed on one connection at a version older than it had shown there before."""
    for tale, version in after.versions.items():
        if version < before.versions.get(tale, 0):
            yield f"tale {tale} went back from version {before.versions[tale]} to {version}"


def age(history: History, seen: Observation) -> float:
    """Seconds from the first commit that an answer does not show to the moment at which it was asked for."""
    missed = (
        change.at
        for tale, version in seen.shown.versions.items()
        for change in history.changes.get(tale, [])
        if change.version == version + 1
    )
    return max(0.0, seen.asked_at - min(missed, default=seen.asked_at))
