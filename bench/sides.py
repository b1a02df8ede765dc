"""The servers that are compared: each must give the same story, whole and compressed, before it is measured."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.cores import SERVER, NotMeasurable, on_core
from bench.newsroom import WrongAnswer, settings_of
from bench.nginx import STATIC, nginx, page_store
from bench.ready import keep
from bench.servers import HOST, NotStarted, Served, free_port, in_service, serving
from bench.text import ROOT, PageText
from bench.wire import Answer, fetch

STATIC_FILE, STORE = "nginx, the same bytes as a static file", "page store through nginx"
BARE, MEMORY = "bare Granian, bytes from a dict", "memory tier"
STOCK, STOCK_CACHED = "stock Wagtail, no cache", "stock Wagtail, Django's cache"


@dataclass(frozen=True)
class Side:
    """A server that is measured: where it gives the story, and what stands before wrk to reach it."""

    name: str
    url: str
    within: tuple[str, ...] = ()


def started(stack: ExitStack, home: Path, text: PageText, path: str) -> tuple[list[Side], list[str]]:
    """Start every side; those that this machine cannot start are told in sentences."""
    ours = stack.enter_context(in_service(settings_of(home), workers=1, before=on_core(SERVER, [])))
    answer = whole(ours.port, path, text)
    sides, left_out = [Side(MEMORY, ours.url(path))], []
    for name, start in others(home, ours, answer, text, path).items():
        try:
            sides.append(stack.enter_context(start))
        except (NotMeasurable, NotStarted, WrongAnswer) as error:
            left_out.append(f"Left out: {name}: {error}.")
    return sides, left_out


def others(
    home: Path, ours: Served, answer: Answer, text: PageText, path: str
) -> dict[str, AbstractContextManager[Side]]:
    """What ours is measured against, by name; PEERS=1 adds WordPress and Ghost."""
    found: dict[str, AbstractContextManager[Side]] = {
        BARE: bare(home / "ready", path, answer),
        STATIC_FILE: as_a_file(home / "static-site", path, answer),
        STORE: stored(home, ours, text, path),
        STOCK: stock(home, text, cache=False),
        STOCK_CACHED: stock(home, text, cache=True),
    }
    if os.environ.get("PEERS") == "1":
        from bench.peers import peers

        found |= peers(text)
    return found


def whole(port: int, path: str, text: PageText) -> Answer:
    """The story as a server gives it. Raises WrongAnswer unless it is there, compressed, and this story."""
    answer = fetch(port, path, encodings="gzip")
    if answer.status != 200 or answer.headers.get("content-encoding") != "gzip":
        raise WrongAnswer(f"port {port} gave {answer.status} for {path}, or did not compress it")
    if text.headline[:12] not in answer.plain.decode():
        raise WrongAnswer(f"port {port} gave another page than the story for {path}")
    return answer


@contextmanager
def bare(folder: Path, path: str, answer: Answer) -> Iterator[Side]:
    """Granian with our own bytes and headers ready in a dict."""
    keep(folder, {path: answer})
    variables = {"BENCH_ANSWERS": str(folder)}
    with serving("bench.ready:application", variables, before=on_core(SERVER, [])) as port:
        yield Side(BARE, f"http://{HOST}:{port}{path}")


@contextmanager
def as_a_file(root: Path, path: str, answer: Answer) -> Iterator[Side]:
    """The bytes of our answer as a compressed file under nginx."""
    page = root / path.strip("/") / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(answer.plain)
    page.with_suffix(".html.gz").write_bytes(answer.body)
    port = free_port()
    with nginx(port, STATIC.format(port=port, root=root)):
        yield Side(STATIC_FILE, f"http://{HOST}:{port}{path}")


@contextmanager
def stored(home: Path, ours: Served, text: PageText, path: str) -> Iterator[Side]:
    """The page store as the printed configuration has nginx serve it. Raises WrongAnswer if Gazeti answered itself."""
    port = free_port()
    with nginx(port, page_store(settings_of(home), front=port, edge=ours.port)):
        whole(port, path, text)
        own = fetch(ours.port, path, encodings="gzip").headers["etag"]
        for _ in range(100):
            if whole(port, path, text).headers["etag"] != own:
                break
        else:
            raise WrongAnswer("nginx never had the story's file from the page store")
        yield Side(STORE, f"http://{HOST}:{port}{path}")


@contextmanager
def stock(home: Path, text: PageText, *, cache: bool) -> Iterator[Side]:
    """Stock Wagtail on the same Granian, with the same words (bench/stock)."""
    folder = home / "stock"
    variables = {
        "BENCH_STOCK_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.stock.settings",  # the bench's own process has ours in it
        **({"BENCH_STOCK_CACHE": "1"} if cache else {}),
    }
    paths = laid(folder)
    with serving("bench.stock.application:application", variables, before=on_core(SERVER, [])) as port:
        if text.headline[:12] not in fetch(port, paths["story"], encodings="gzip").plain.decode():
            raise WrongAnswer("stock Wagtail gave another page than the story")
        yield Side(STOCK_CACHED if cache else STOCK, f"http://{HOST}:{port}{paths['story']}")


def laid(folder: Path) -> dict[str, str]:
    """The stock site's addresses; it is laid the first time. Raises NotStarted."""
    known = folder / "addresses.json"
    if not known.exists():
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "bench.stock"],
            cwd=ROOT, env={**os.environ, "BENCH_STOCK_HOME": str(folder)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NotStarted(f"stock Wagtail could not be laid: {done.stderr[-300:]}")
        known.write_text(done.stdout, encoding="utf-8")
    return dict(json.loads(known.read_text(encoding="utf-8")))
