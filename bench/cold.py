"""A story's render by Django when nothing of it is kept, beside stock Wagtail's article of the same words, in turns.

Ours is asked as the edge asks, its encodings included. Granian runs `bench.cold:application`; BENCH_COLD says which.
"""

import gc
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Part, Table, ratio, turns
from bench.newsroom import checked, settings_of
from bench.servers import HOST, serving
from bench.text import ROOT, PageText

STOCK = "stock Wagtail's article"
SIDES = {
    "story": [],
    "story after a purge of recent": ["recent"],
    "story, nothing known": ["recent", "site"],
}
"""Our sides, and which tags are purged before each render: what pages share is then read anew."""
ROUNDS, EACH = 9, 15
PROMISED = 4.0
COLUMNS = ("render", "processor, ms", "with the wire, ms", "stock's processor time, times", "stock's time, times")
NOTE = (
    f"Medians of {ROUNDS} rounds in turns, {EACH} requests each. Promised: {PROMISED:.0f} times. The processor's time "
    "is the worker's own, which others on the machine disturb less than the clock."
)
Send = Callable[[dict[str, Any]], Awaitable[None]]


def measure(home: Path, _text: PageText, addresses: Mapping[str, str]) -> Part:
    """Render stock Wagtail's article and our story in turns."""
    with all_served(home, addresses["story"]) as pages:
        samples = in_turns(pages)
    base = samples[STOCK]
    rows = [row(name, found, base) for name, found in samples.items()]
    data = {name: {"processor_ms": found[0], "ms": found[1]} for name, found in samples.items()}
    ratios = {name: ratio(base[0], found[0]) for name, found in samples.items() if name != STOCK}
    return Part([Table("A story's render, not cached", COLUMNS, rows, NOTE)], {"ratios": ratios, "samples": data})


@contextmanager
def all_served(home: Path, story: str) -> Iterator[dict[str, tuple[int, str]]]:
    """Serve every side; gives its port and path by its name."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="gazeti-bench-stock-"))
        stock = {"BENCH_STOCK_HOME": folder, "BENCH_COLD": STOCK, "DJANGO_SETTINGS_MODULE": "bench.stock.settings"}
        pages = {STOCK: (stack.enter_context(serving("bench.cold:application", stock)), lay_stock(folder)["story"])}
        for name in SIDES:
            ours = {**settings_of(home), "BENCH_COLD": name}
            pages[name] = (stack.enter_context(serving("bench.cold:application", ours)), story)
        yield pages


def lay_stock(folder: str) -> dict[str, str]:
    """Lay the stock site in a folder, in a process of its own: Django has one set of settings each."""
    command = [sys.executable, "-m", "bench.stock"]
    environment = {**os.environ, "BENCH_STOCK_HOME": folder}
    made = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    addresses: dict[str, str] = json.loads(made.stdout)
    return addresses


def in_turns(pages: Mapping[str, tuple[int, str]]) -> dict[str, tuple[list[float], list[float]]]:
    """Milliseconds of a request by the worker's processor and by the clock, in every round."""
    samples: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in pages}
    for name, (port, path) in pages.items():
        one_turn(name, port, path)
    for _, name in turns(list(pages), rounds=ROUNDS):
        processor, clock = one_turn(name, *pages[name])
        samples[name][0].append(processor)
        samples[name][1].append(clock)
    return samples


def one_turn(name: str, port: int, path: str) -> tuple[float, float]:
    """Milliseconds of a request in one turn: the processor's mean, the clock's median."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    times: list[float] = []
    before = float(asked(connection, "/processor"))
    for _ in range(EACH):
        start = time.perf_counter()
        checked(name, ask(connection, path)[0])
        times.append((time.perf_counter() - start) * 1000)
    spent = float(asked(connection, "/processor")) - before
    connection.close()
    return spent * 1000 / EACH, median(times)


def asked(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The body at a path."""
    return ask(connection, path)[1]


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Status and body of one request."""
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def row(name: str, found: tuple[list[float], list[float]], base: tuple[list[float], list[float]]) -> tuple[Any, ...]:
    """One side in the table."""
    processor, clock = (round(median(samples), 1) for samples in found)
    return name, processor, clock, ratio(base[0], found[0]), ratio(base[1], found[1])


def counting(inner: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Around an application: at `/processor` it tells the seconds that its process has worked."""

    async def answer(scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/processor":
            await plain(200, (), str(time.process_time()).encode("ascii"), send)
        else:
            await inner(scope, receive, send)

    return answer


async def plain(status: int, headers: Any, body: bytes, send: Send) -> None:
    """Send an answer whole."""
    length = (b"content-length", str(len(body)).encode("ascii"))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


def renders(purged: list[str]) -> Callable[..., Awaitable[None]]:
    """An application that has Django render every request as the edge does, after a purge of these tags."""
    import asyncio

    import django

    django.setup()
    from gazeti import log
    from gazeti.edge.renders import Renders
    from gazeti.edge.truth import truth

    ours = Renders()
    truth.begin()
    gc.collect()
    gc.freeze()  # as gazeti.config.asgi does

    async def answer(scope: dict[str, Any], _receive: Any, send: Send) -> None:
        if purged:
            entry = {"position": truth.position + 1, "stream": "purges", "kind": "purge", "data": {"tags": purged}}
            truth.apply([log.Entry(**{**dict.fromkeys(log.Entry.__annotations__), **entry})])
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(ours.pool, ours.render, scope["path"], b"")
        await plain(made.status, made.headers, made.body, send)

    return answer


def chosen(name: str) -> Callable[..., Awaitable[None]]:
    """The application of a side."""
    if name != STOCK:
        return counting(renders(SIDES[name]))
    from bench.stock.application import application as stock

    return counting(stock)


if "BENCH_COLD" in os.environ:
    application = chosen(os.environ["BENCH_COLD"])
