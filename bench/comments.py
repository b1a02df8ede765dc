"""Comments taken while pages are read: how many a second, how soon each is seen, and how many may stand there.

Two workers of `gazeti serve` on SQLite, and whoever posts and reads beside them on the same cores. Nothing that readers
are asked for is left out: policy, limits by network, device and reader, keys, traps and work, which was done before.
"""

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from bench.comments_crowd import Crowd, Poster, Reader, Watcher, readers
from bench.comments_forms import TRUSTED, Place, finish, mark, places, requests, settle
from bench.comments_grown import compared, grown_rows
from bench.figures import Part, Table
from bench.lines import Line, one_for_each
from bench.newsroom import WrongAnswer, settings_of
from bench.queries import database
from bench.servers import Served, in_service
from bench.text import PageText
from bench.visible import PATIENCE, copied, workers_of

WORKERS, POSTERS, READS = 2, 16, 300
WARM_SECONDS, SECONDS, MOST_A_SECOND = 3.0, 15.0, 700
STORIES = 20
SEEN = 200
PROMISED_A_SECOND, PROMISED_SEEN = 200, 200
"""Comments a second; milliseconds (issue, step 4)."""
PROMISED_BESIDE = PROMISED_A_SECOND / 110
"""By what Isso took on one core of the machine for which that was promised (108 to 115)."""


def measure(home: Path, text: PageText, addresses: Mapping[str, str]) -> Part:
    """Measure all three. Raises NotStarted, NotMeasurable, WrongAnswer."""
    taken = {
        name: taken_in_copy(home, text, addresses, stories=stories, per_second=per_second)
        for name, stories, per_second in (
            (f"under {STORIES} stories", STORIES, READS),
            ("all under one story", 1, READS),
            ("all under one story, nobody reads", 1, 0),
        )
    }
    seen, grown = seen_in_copy(home, text, addresses), compared_in_copy(home, text)
    beside = beside_peers(text) if os.environ.get("PEERS") == "1" else {}
    tables = [taken_table(taken), *peers_tables(taken, beside), seen_table(seen), grown_rows(grown)]
    return Part(tables, {"taken": taken, "seen": seen, "grown": grown, "peers": beside})


def beside_peers(text: PageText) -> dict[str, float]:
    """Comments a second that others take on this machine. Raises NotStarted, NotMeasurable."""
    from bench.peers import isso

    return {isso.NAME: isso.per_second(text)}


@contextmanager
def served(home: Path) -> Iterator[tuple[Path, Served, list[Place]]]:
    """A copy of the newsroom that takes comments, in service; its file, and where they are sent."""
    with copied(home, None) as other:
        file = other / "gazeti.db"
        with database(file):
            settle()
            finish()
            found = places(STORIES)
        with in_service({**settings_of(other), **TRUSTED}, workers=WORKERS) as running:
            yield file, running, found


def read_paths(addresses: Mapping[str, str], where: Sequence[Place]) -> list[str]:
    """What is read meanwhile: lists, stories that are commented on, and their discussions."""
    stories = [place.address for place in where[:6]]
    return [addresses["front"], addresses["recent"], *stories, f"{stories[0]}comments/?order=newest"]


def taken_in_copy(
    home: Path, text: PageText, addresses: Mapping[str, str], *, stories: int, per_second: int
) -> dict[str, Any]:
    """How many comments a second are taken, in their states, and what posters and readers waited."""
    with served(home) as (file, running, found):
        where, number = found[:stories], int((WARM_SECONDS + SECONDS) * MOST_A_SECOND)
        with database(file):
            comments = iter(requests(text, where, first=1, number=number))
        posting = [Poster(line, requests=comments) for line in spread(running, POSTERS)]
        reading = readers(running.port, read_paths(addresses, where), per_second=per_second) if per_second else []
        return taken(Crowd([*posting, *reading]), file, posting, reading)


def spread(running: Served, number: int) -> list[Line]:
    """So many connections, as many to each worker: thousands of readers are spread so, but not sixteen."""
    found = one_for_each(running.port, workers_of(running), count=number // WORKERS)
    return [line for lines in found.values() for line in lines]


def taken(crowd: Crowd, file: Path, posting: list[Poster], reading: list[Reader]) -> dict[str, Any]:
    """What is taken, once all is warm; counted in the database."""
    crowd.run(WARM_SECONDS)
    for task in crowd.tasks:
        task.ms.clear()
    before, began = states(file), time.monotonic()
    crowd.run(SECONDS)
    took, after = time.monotonic() - began, states(file)
    crowd.close()
    return {
        "per_second": (sum(after.values()) - sum(before.values())) / took,
        "states": dict(after - before),
        "ms": [one for poster in posting for one in poster.ms],
        "reads_per_second": sum(len(reader.ms) for reader in reading) / took,
        "read_ms": [one for reader in reading for one in reader.ms],
    }


def states(file: Path) -> Counter[str]:
    """How many comments there are in each state."""
    with closing(sqlite3.connect(file)) as database:
        return Counter(dict(database.execute("SELECT state, count(*) FROM gazeti_comments_comment GROUP BY state")))


def seen_in_copy(home: Path, text: PageText, addresses: Mapping[str, str]) -> dict[str, list[float]]:
    """Milliseconds until a comment is on its story's page in each worker, since it was sent and since it was answered.

    Its commit is between the two.
    """
    with served(home) as (file, running, found):
        story = found[:1]
        with database(file):
            comments = requests(text, story, first=1, number=SEEN, has_held=False)
        lines = one_for_each(running.port, workers_of(running), count=1)
        watching = [Watcher(line, path=story[0].address) for (line,) in lines.values()]
        reading = readers(running.port, read_paths(addresses, found), per_second=READS)
        poster, dice = Poster(Line(running.port), next_at=float("inf")), Random(1)  # noqa: S311 (pauses)
        crowd = Crowd([*watching, *reading, poster])
        since: dict[str, list[float]] = {"sent": [], "answered": []}
        for number, comment in enumerate(comments, start=1):
            crowd.run(dice.uniform(0.02, 0.15))
            for name, one in seen(crowd, poster, watching, comment=comment, wanted=mark(number)):
                since[name].append(one)
        crowd.close()
        return since


def seen(
    crowd: Crowd, poster: Poster, watching: list[Watcher], *, comment: bytes, wanted: str
) -> Iterator[tuple[str, float]]:
    """Send a comment, and wait until it is on the page in every worker."""
    for watcher in watching:
        watcher.wanted, watcher.seen_at = wanted.encode(), 0.0
    began, poster.requests, poster.next_at = time.monotonic(), iter([comment]), 0.0
    crowd.turn()
    poster.next_at = float("inf")
    while poster.is_waiting or not all(watcher.seen_at for watcher in watching):
        crowd.turn()
        if time.monotonic() > began + PATIENCE:
            raise WrongAnswer(f"a comment was not on its story's page after {PATIENCE:g} s")
    for watcher in watching:
        yield "sent", (watcher.seen_at - began) * 1000
        yield "answered", max(0.0, (watcher.seen_at - began) * 1000 - poster.ms[-1])


def compared_in_copy(home: Path, text: PageText) -> dict[str, Any]:
    """A story of few comments beside one of many."""
    with copied(home, None) as other, database(other / "gazeti.db"):
        settle()
        return compared(text, *places(2))


def taken_table(found: Mapping[str, Mapping[str, Any]]) -> Table:
    """Comments a second, with what posters and readers waited."""
    columns = (
        "comments", "taken a second", "published", "held", "post, median ms", "99 % within",
        "pages read a second", "read, median ms", "99 % within",
    )  # fmt: skip
    note = (
        f"Promised: {PROMISED_A_SECOND} a second. {WORKERS} workers, SQLite with synchronous FULL, {POSTERS} lines "
        "that post without a pause, forms and JSON in turns, each comment from another reader, device and network; all "
        "that posts and reads runs on the server's cores. Held are those with two links. Readers wait from the moment "
        "at which they were due."
    )
    return Table("Comments taken while pages are read", columns, [taken_row(*one) for one in found.items()], note)


def taken_row(name: str, found: Mapping[str, Any]) -> tuple[object, ...]:
    """One situation in the table."""
    states = found["states"]
    waits = [*waited(found["ms"]), round(found["reads_per_second"]), *waited(found["read_ms"])]
    return name, round(found["per_second"]), states.get("published", 0), states.get("held", 0), *waits


def peers_tables(found: Mapping[str, Mapping[str, Any]], beside: Mapping[str, float]) -> Iterator[Table]:
    """Ours by theirs, one table each."""
    for peer, rate in beside.items():
        rows = [(name, round(one["per_second"]), round(one["per_second"] / rate, 2)) for name, one in found.items()]
        note = f"Promised: {PROMISED_BESIDE:.2f} times, which were {PROMISED_A_SECOND} a second where Isso took 110."
        yield Table(
            f"Comments beside {peer}",
            ("comments", "taken a second", "by theirs"),
            [(peer, round(rate), 1), *rows],
            note,
        )


def waited(ms: list[float]) -> tuple[object, object]:
    """The median and the 99th percentile."""
    return (round(median(ms), 1), round(quantiles(ms, n=100)[-1], 1)) if len(ms) > 1 else ("", "")


def seen_table(found: Mapping[str, list[float]]) -> Table:
    """How soon comments are seen."""
    columns = ("since", "comments", "median, ms", "95 % within", "worst")
    rows = [
        (f"the comment was {name}", len(ms) // WORKERS, round(median(ms), 1), round(quantiles(ms, n=20)[-1], 1),
         round(max(ms), 1))
        for name, ms in found.items()
    ]  # fmt: skip
    note = (
        f"Promised: {PROMISED_SEEN} ms after its commit, which is between the two. In each of {WORKERS} workers, "
        f"while {READS} pages a second are read."
    )
    return Table("A published comment on its story's page", columns, rows, note)
