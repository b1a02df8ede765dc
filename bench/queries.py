"""Queries and rendering time of each type of page at 1,000 and at 20,000 stories, in one process, nothing cached.

The two newsrooms are two SQLite files that take turns, so whatever else uses the machine meets both alike.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Part, Table, ratio, spread, turns
from bench.grown import grow
from bench.newsroom import checked
from bench.text import PageText

FEW, MANY = 1_000, 20_000
ROUNDS, EACH = 3, 10
"""Rendered in turns: this many rounds of this many renderings at each size; the first after a change is not counted."""
TURN_SECONDS = 3.0
"""A page so slow that its turn takes longer is rendered fewer times, at least once."""
PROMISED = {"story": 12, "front": 15}
"""Queries at most, whatever the number of stories (issue, step 1)."""


def measure(home: Path, _text: PageText, addresses: Mapping[str, str]) -> Part:
    """Count and time every type of page at both sizes."""
    few, many = home / "few.db", home / "many.db"
    for path, total in ((few, FEW), (many, MANY)):
        if not path.exists():
            grown_copy(path, total)
    data = {name: compared(name, address, few=few, many=many) for name, address in addresses.items()}
    columns = (
        "page",
        f"queries at {FEW:,}",
        f"at {MANY:,}",
        f"ms at {FEW:,}",
        f"ms at {MANY:,}",
        "quartiles, ms",
        "ratio",
    )
    note = (
        f"Promised: at most {PROMISED['story']} queries for a story and {PROMISED['front']} for the front, the same at "
        f"both sizes. Times are the processor's, medians of up to {ROUNDS * EACH} renderings through all middleware, "
        "gzip included, by Django's client on SQLite; nothing is known from one rendering to the next."
    )
    return Part(
        [Table("Queries and rendering, nothing cached", columns, [row(*one) for one in data.items()], note)], data
    )


def grown_copy(path: Path, total: int) -> None:
    """Copy the newsroom's database and grow the copy."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with database(path):
        grow(total)


@contextmanager
def database(path: Path) -> Iterator[None]:
    """Have Django read another SQLite file of the same newsroom, and the one from before afterwards."""
    before = connections["default"].settings_dict["NAME"]
    try:
        _turn_to(str(path))
        yield
    finally:
        _turn_to(str(before))


def compared(name: str, address: str, *, few: Path, many: Path) -> dict[str, Any]:
    """One page at both sizes."""
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
    queries: dict[Path, int] = {}
    times: dict[Path, list[float]] = {few: [], many: []}
    for _, path in turns([few, many], rounds=ROUNDS):
        with database(path):
            checked(name, client.get(address).status_code)
            queries[path] = counted(client, address)
            times[path] += one_turn(client, address)
    return {
        "queries": [queries[few], queries[many]],
        "ms": [median(times[few]), median(times[many])],
        "quartiles": spread(times[many]),
        "ratio": ratio(times[many], times[few]),
    }


def one_turn(client: Client, address: str) -> list[float]:
    """Milliseconds of each rendering of one turn."""
    times: list[float] = []
    while len(times) < EACH and sum(times) < TURN_SECONDS * 1000:
        times.append(rendered(client, address))
    return times


def counted(client: Client, address: str) -> int:
    """The number of queries of one rendering."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def rendered(client: Client, address: str) -> float:
    """Milliseconds that one rendering takes the processor."""
    start = time.thread_time()
    client.get(address)
    return (time.thread_time() - start) * 1000


def row(name: str, found: Mapping[str, Any]) -> tuple[object, ...]:
    """One type of page in the table."""
    lower, upper = found["quartiles"]
    few, many = (round(one, 1) for one in found["ms"])
    return name, *found["queries"], few, many, f"{lower:.1f} to {upper:.1f}", found["ratio"]


def _turn_to(name: str) -> None:
    connection.close()
    connections["default"].settings_dict["NAME"] = name
