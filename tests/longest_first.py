"""Begins the modules that take longest first, one in each of pytest's processes: none of them is alone at the end.

pytest-xdist's worksteal gives each process as many tests of the list, in its order, as any other; later the idle ones
take from the ends of the busy ones. All else stays in the random order of its seed.
"""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

import pytest

# Half a minute and more on two cores, the longest first (2026-11-28); a folder whose tests share what takes long.
LONGEST = (
    "tests/journeys/test_accessibility.py",
    "tests/cli/test_edge_stopped.py",
    "tests/cli/test_serve.py",
    "tests/stories/test_roles.py",
    "tests/cli/test_on_postgresql.py",
    "tests/stories/test_states.py",
    "tests/cli/test_real_start.py",
    "tests/journeys/test_filing.py",
    "tests/cli/test_clock.py",
    "tests/cli/test_comment_kills.py",
    "tests/cli/test_edge_kills.py",
    "tests/edge/hunting/test_hunt.py",
    "tests/cli/test_restore.py",
    "tests/cli/test_backup.py",
    "tests/conventions/",
)


Item = TypeVar("Item")


def dealt(long: Sequence[Sequence[Item]], others: Sequence[Item], *, hands: int) -> list[Item]:
    """Return all items in one list whose equal parts, one a hand, each begin with its share of the long ones."""
    left, rest = sum(map(len, long)) + len(others), iter(others)
    found: list[Item] = []
    for hand in range(hands):
        size = left // (hands - hand)
        mine = [item for one in long[hand::hands] for item in one]
        found += [*mine, *islice(rest, max(size - len(mine), 0))]
        left -= size
    return [*found, *rest]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Lay them out for as many processes as there are."""
    processes = getattr(config, "workerinput", {}).get("workercount", 0)
    if processes:
        begins = [name if name.endswith("/") else f"{name}::" for name in LONGEST]
        long = [[item for item in items if item.nodeid.startswith(name)] for name in begins]
        others = [item for item in items if not item.nodeid.startswith(tuple(begins))]
        items[:] = dealt([one for one in long if one], others, hands=processes)
