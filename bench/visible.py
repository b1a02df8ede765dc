"""From commit to the first byte of the new page, in every worker, on every page that shows the story, under load.

One process publishes, wrk reads 2,000 pages a second, and a connection to each worker for each page asks again and
again until the new headline is there. Nothing the program says of itself is believed.
"""

import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.cores import NotMeasurable
from bench.figures import Part, Table
from bench.grown import grow
from bench.lines import Line, one_for_each
from bench.load import paced, told
from bench.newsroom import WrongAnswer, settings_of
from bench.publisher import headline
from bench.queries import database
from bench.servers import HOST, Served, in_service
from bench.text import ROOT, PageText

PAGES = ("story", "front", "section", "recent")
PUBLICATIONS = 200
SIZES = (1_000, 20_000)
AT_OTHER_SIZES = 60
WORKERS = 2
READERS = 2_000
"""Requests a second that wrk makes meanwhile."""
PROMISED_MEDIAN, PROMISED_WORST, PROMISED_RATIO = 100, 500, 1.3
"""Milliseconds (issue, step 3)."""
ASKED_EVERY = 0.005
PATIENCE = 10.0


@dataclass
class Watch:
    """One page in one worker."""

    page: str
    path: str
    worker: int
    line: Line
    next_at: float = 0.0
    is_waiting: bool = False
    last: bytes = b""
    seen_at: dict[int, float] = field(default_factory=dict)

    def ask(self) -> None:
        """Ask for the page."""
        self.line.ask(self.path)
        self.is_waiting = True

    def hear(self, wanted: int) -> None:
        """Take in what came; note when the wanted version was first there."""
        reply = self.line.hear()
        if reply is None:
            return
        if reply.status != 200:
            raise WrongAnswer(f"{self.path} answered {reply.status}")
        self.is_waiting, self.next_at = False, time.monotonic() + ASKED_EVERY
        if reply.body != self.last and headline(wanted).encode() in reply.body:
            self.seen_at.setdefault(wanted, reply.at)
        self.last = reply.body


def measure(home: Path, _text: PageText, addresses: Mapping[str, str]) -> Part:
    """Publish in the newsroom as it is, then in those of other sizes. Raises NotStarted, NotMeasurable, WrongAnswer."""
    found = {"": measured_in_copy(home, None, addresses, publications=PUBLICATIONS)}
    for size in SIZES:
        found[f" at {size:,} stories"] = measured_in_copy(home, size, addresses, publications=AT_OTHER_SIZES)
    rows = [row(f"{page}{name}", one["ms"][page]) for name, one in found.items() for page in PAGES]
    few, many = ([ms for page in PAGES for ms in found[f" at {size:,} stories"]["ms"][page]] for size in SIZES)
    every = [ms for page in PAGES for ms in found[""]["ms"][page]]
    small = found[""]
    note = (
        f"{PUBLICATIONS} publications in {WORKERS} workers: median {median(every):.0f} ms, worst {max(every):.0f} ms "
        f"(promised: {PROMISED_MEDIAN} and {PROMISED_WORST}), while wrk read {small['readers']:,.0f} pages a second "
        f"and the watchers {small['watchers']:,.0f}. {SIZES[1]:,} stories beside {SIZES[0]:,}: "
        f"{median(many) / median(few):.2f} (promised: {PROMISED_RATIO})."
    )
    columns = ("page", "publications", "median, ms", "95 % within", "worst")
    return Part([Table("From commit to the first byte of the new page", columns, rows, note)], found)


def row(name: str, ms: list[float]) -> tuple[object, ...]:
    """One page in the table."""
    return name, len(ms) // WORKERS, round(median(ms), 1), round(quantiles(ms, n=20)[-1], 1), round(max(ms), 1)


def measured(home: Path, addresses: Mapping[str, str], *, publications: int) -> dict[str, Any]:
    """Milliseconds by page, each publication in each worker; and how much was read meanwhile."""
    paths = {page: addresses[page] for page in PAGES}
    with in_service(settings_of(home), workers=WORKERS) as served, publisher(home, addresses["story"]) as press:
        watches = watching(served, paths)
        load = paced(
            f"http://{HOST}:{served.port}", list(addresses.values())[:6], home / "load.lua",
            per_second=READERS, seconds=3600,
        )  # fmt: skip
        began = time.monotonic()
        try:
            commits = [publish(press, number, watches) for number in range(1, publications + 1)]
        finally:
            load.send_signal(2)
            output, _ = load.communicate()
    asked = sum(watch.line.asked for watch in watches) / (time.monotonic() - began)
    counted = told(output)
    if counted.failed:
        raise WrongAnswer(
            f"{counted.failed} requests failed meanwhile, {counted.late} of them by taking over two seconds"
        )
    ms = {page: [one for watch in watches if watch.page == page for one in _waits(watch, commits)] for page in PAGES}
    return {
        "ms": ms,
        "readers": counted.per_second,
        "watchers": asked,
        "publish_ms": [one[1] * 1000 for one in commits],
    }


def _waits(watch: Watch, commits: list[tuple[float, float]]) -> Iterator[float]:
    for number, (committed, _took) in enumerate(commits, start=1):
        yield max(0.0, watch.seen_at[number] - committed) * 1000


def watching(served: Served, paths: Mapping[str, str]) -> list[Watch]:
    """A connection to each worker for each page."""
    workers = workers_of(served)
    lines = one_for_each(served.port, workers, count=len(paths))
    return [
        Watch(page, path, worker, line)
        for worker, mine in lines.items()
        for (page, path), line in zip(paths.items(), mine, strict=True)
    ]


def workers_of(served: Served) -> list[int]:
    """The processes that answer."""
    children = (
        Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text(encoding="ascii").split()
    )
    commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
    found = [pid for pid, command in commands.items() if b"\0web\0" in command]
    if len(found) != WORKERS:
        raise NotMeasurable(f"{len(found)} workers answer instead of {WORKERS}")
    return found


def publish(press: subprocess.Popen[str], number: int, watches: list[Watch]) -> tuple[float, float]:
    """Publish one version and watch until every page in every worker has it; the second of its commit."""
    assert press.stdin is not None and press.stdout is not None  # noqa: S101, PT018 (pipes, as `publisher` made it)
    watch_until(watches, number, end=time.monotonic() + Random(number).uniform(0.02, 0.15))  # noqa: S311 (a pause)
    press.stdin.write(f"{number}\n")
    press.stdin.flush()
    end = time.monotonic() + PATIENCE
    watch_until(watches, number, end=end)
    late = [f"{watch.path} in worker {watch.worker}" for watch in watches if number not in watch.seen_at]
    if late:
        raise WrongAnswer(f"version {number} was not there after {PATIENCE:g} s: {', '.join(late)}")
    committed, took = map(float, press.stdout.readline().split())
    return committed, took


def watch_until(watches: list[Watch], wanted: int, *, end: float) -> None:
    """Ask on every line in turns until all have seen the wanted version, or the time is over."""
    with selectors.DefaultSelector() as ready:
        for watch in watches:
            ready.register(watch.line.wire, selectors.EVENT_READ, watch)
        while (now := time.monotonic()) < end and not all(wanted in watch.seen_at for watch in watches):
            for watch in [one for one in watches if not one.is_waiting and one.next_at <= now]:
                watch.ask()
            for key, _ in ready.select(timeout=ASKED_EVERY / 2):
                key.data.hear(wanted)


@contextmanager
def publisher(home: Path, path: str) -> Iterator[subprocess.Popen[str]]:
    """A process that publishes new versions of the story at an address."""
    with database(home / "gazeti.db"):
        story = _story_at(path)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.publisher", str(story)],
        cwd=ROOT, env={**environ, **settings_of(home)}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise NotMeasurable("the process that publishes did not start")
        yield process
    finally:
        process.kill()
        process.communicate()


def _story_at(path: str) -> int:
    from gazeti.stories.models import Story

    return int(next(story.pk for story in Story.objects.filter(slug=path.strip("/").rpartition("/")[2])))


def measured_in_copy(
    home: Path, size: int | None, addresses: Mapping[str, str], *, publications: int
) -> dict[str, Any]:
    """Measure in a copy of the newsroom that is grown to a size."""
    with copied(home, size) as other:
        return measured(other, addresses, publications=publications)


@contextmanager
def copied(home: Path, size: int | None) -> Iterator[Path]:
    """A copy of the newsroom, grown to a size, and gone afterwards."""
    with TemporaryDirectory(prefix="gazeti-bench-copy-") as folder:
        other = Path(folder) / "paper"
        shutil.copytree(home, other, ignore=shutil.ignore_patterns("store", "stock", "many.db", "static-site"))
        with database(other / "gazeti.db"):
            if size:
                grow(size)
        yield other
