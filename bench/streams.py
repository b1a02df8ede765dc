"""Ten thousand open streams of live coverage beside nginx's module nchan, in one run, by the same client.

One update a second for a minute: milliseconds from commit (or from being sent to nchan) to receipt by each reader,
memory for each connection, and how many were lost.
"""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os import environ
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.cores import NotMeasurable, resident_mb
from bench.figures import Part, Table
from bench.newsroom import WrongAnswer, settings_of
from bench.queries import database
from bench.servers import HOST, free_port, in_service
from bench.streams_crowd import compiled, crowd, heard, raise_limit
from bench.streams_nchan import nchan
from bench.text import ROOT, PageText

STREAMS = int(environ.get("BENCH_STREAMS", "10000"))
UPDATES = int(environ.get("BENCH_STREAMS_UPDATES", "60"))
"""The small form, for a look: BENCH_STREAMS=500 BENCH_STREAMS_UPDATES=10."""
EVERY = 1.0
WARM_UP = 3
"""Updates to one reader before anything is weighed or counted."""
SETTLE = 2.0
PROMISED_P99, PROMISED_MEMORY, PROMISED_MEDIAN = 1.8, 3.0, 150
"""Times nchan's, times nchan's, and milliseconds (issue, step 5)."""
Publish = Callable[[], tuple[int, int]]
"""Publishes one event; its number, and the moment from which it is waited for (ns)."""


def measure(home: Path, _text: PageText, _addresses: Mapping[str, str]) -> Part:
    """Measure both. Raises NotStarted, NotMeasurable, WrongAnswer."""
    raise_limit(STREAMS)
    with TemporaryDirectory(prefix="gazeti-bench-streams-") as name:
        client = compiled(Path(name))
        found = {"nchan": beside(Path(name), client), "Gazeti": ours(home, Path(name), client)}
    rows = [row(name, one) for name, one in found.items()]
    theirs, mine = found["nchan"], found["Gazeti"]
    note = (
        f"{STREAMS:,} streams, {UPDATES} updates, one each {EVERY:g} s, one worker each. "
        f"p99 {mine['p99'] / theirs['p99']:.2f} "
        f"times nchan's (promised: {PROMISED_P99}), memory {mine['kib'] / theirs['kib']:.2f} times (promised: "
        f"{PROMISED_MEMORY:g}), median {mine['p50']:.0f} ms (promised from post to visible: {PROMISED_MEDIAN})."
    )
    columns = ("server", "p50, ms", "p99, ms", "worst", "KiB a connection", "lost", "out of order")
    return Part([Table("Open streams of live coverage", columns, rows, note)], found)


def row(name: str, one: Mapping[str, Any]) -> tuple[object, ...]:
    """One server in the table."""
    return name, *(round(one[key], 1) for key in ("p50", "p99", "worst", "kib")), one["lost"], one["disordered"]


def beside(folder: Path, client: Path) -> dict[str, Any]:
    """What nchan does."""
    port = free_port()
    with nchan(port, folder, streams=STREAMS) as server:
        return held(client, server, port, "/stream/", _to_nchan(port), folder)


def _to_nchan(port: int) -> Publish:
    """Publish an event as large as an update is."""
    line, numbers = http.client.HTTPConnection(HOST, port), iter(range(1, 1_000_000))
    text = "x" * 900

    def publish() -> tuple[int, int]:
        number, moment = next(numbers), time.monotonic_ns()
        line.request("POST", "/publish", json.dumps({"seq": number, "kind": "post", "html": text}))
        line.getresponse().read()
        return number, moment

    return publish


def ours(home: Path, folder: Path, client: Path) -> dict[str, Any]:
    """What `gazeti serve` does, of one coverage."""
    with database(home / "gazeti.db"):
        story, path = covered()
    with in_service(settings_of(home), workers=1) as served, reporter(home, story) as post:
        return held(client, served.process.pid, served.port, f"{path}stream/", post, folder)


def covered() -> tuple[int, str]:
    """A story that is covered live, and its address."""
    from django.utils import timezone

    from gazeti.live.actions import cover, move_to
    from gazeti.live.rules import Kind, State
    from gazeti.stories.queries import public_stories

    story = public_stories().order_by("pk")[0]
    if cover(story).state != State.LIVE:
        move_to(story.pk, kind=Kind.RESUME, now=timezone.now())
    return story.pk, story.address


@contextmanager
def reporter(home: Path, story: int, **variables: str) -> Iterator[Publish]:
    """Post to a coverage from a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.reporter", str(story)],
        cwd=ROOT, env={**environ, **settings_of(home), **variables},
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (pipes, as asked for)
    writing, reading = process.stdin, process.stdout

    def post() -> tuple[int, int]:
        writing.write("\n")
        writing.flush()
        number, moment = reading.readline().split()
        return int(number), int(moment)

    try:
        if not reading.readline().startswith("ready"):
            raise NotMeasurable("the process that posts did not start")
        yield post
    finally:
        process.kill()
        process.communicate()


def held(client: Path, server: int, port: int, path: str, publish: Publish, folder: Path) -> dict[str, Any]:
    """Hold the streams of one server open, publish, and see what came."""
    notes = folder / "notes"
    with crowd(client, port, path, streams=1, notes=notes):
        time.sleep(SETTLE)  # whoever names no number hears what comes once it is known what is newest
        warmed = dict(publish() for _ in range(WARM_UP))
        time.sleep(SETTLE)
    if heard(notes, warmed, streams=1).lost:
        raise WrongAnswer(f"one stream of {path} did not bring its {WARM_UP} updates")
    empty = resident_mb(server)
    with crowd(client, port, path, streams=STREAMS, notes=notes):
        moments = dict(_paced(publish))
        time.sleep(SETTLE)
        full = resident_mb(server)
    found = heard(notes, moments, streams=STREAMS)
    if not found.ms:
        raise WrongAnswer(f"no stream of {path} brought anything")
    kib = (full - empty) * 1000 / STREAMS
    p99 = quantiles(found.ms, n=100)[-1]
    facts = {"p50": median(found.ms), "p99": p99, "worst": max(found.ms), "kib": kib}
    return {**facts, "lost": found.lost, "disordered": found.disordered}


def _paced(publish: Publish) -> Iterator[tuple[int, int]]:
    began = time.monotonic()
    for turn in range(UPDATES):
        time.sleep(max(0.0, began + turn * EVERY - time.monotonic()))
        yield publish()
