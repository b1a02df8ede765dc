"""Isso of PyPI as its makers run it, by gunicorn over SQLite, on one core: how many comments a second it takes.

Its guard is off, since all of them come from one address; it is asked for nothing else meanwhile.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.comments_crowd import Crowd, Poster
from bench.cores import CLIENT, SERVER, on_core
from bench.lines import Line, Reply
from bench.peers.ground import done, ground, wait_until
from bench.servers import HOST, free_port, stopped
from bench.text import PageText
from bench.wire import fetch

NAME = "Isso on one core, nobody reads"
PACKAGES = ("isso==0.14.0", "gunicorn==27.0.1", "setuptools==80.9.0")
THREADS, POSTERS = 4, 16
WARM_SECONDS, SECONDS, MOST_A_SECOND = 2.0, 12.0, 1_000
CONFIG = """[general]
dbpath = {folder}/comments.db
host = http://localhost/
[guard]
enabled = false
"""


@dataclass
class IssoPoster(Poster):
    """Posts one comment after the other; what it could not write (500, its database locked) is not counted."""

    def heard(self, reply: Reply) -> None:
        """Count what was taken."""
        if reply.status == 201:
            self.ms.append((reply.at - self.began) * 1000)


def per_second(text: PageText) -> float:
    """How many comments a second it takes. Raises NotMeasurable, NotStarted."""
    own = os.sched_getaffinity(0)
    folder = ground("isso")
    lay(folder)
    with running(folder) as port:
        os.sched_setaffinity(0, {CLIENT})
        try:
            return taken(port, text)
        finally:
            os.sched_setaffinity(0, own)


def lay(folder: Path) -> None:
    """A virtual environment of its own, once; a new database each time."""
    if not (folder / "laid").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        done([sys.executable, "-m", "venv", str(folder / "venv")], folder=folder)
        done([str(folder / "venv" / "bin" / "pip"), "install", "--quiet", *PACKAGES], folder=folder)
        (folder / "laid").touch()
    for old in folder.glob("comments.db*"):
        old.unlink()
    (folder / "isso.cfg").write_text(CONFIG.format(folder=folder), encoding="utf-8")


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """Run it on the servers' core; gives the port. Raises NotMeasurable, NotStarted."""
    port = free_port()
    words = ["--bind", f"{HOST}:{port}", "--workers", "1", "--threads", str(THREADS), "--preload", "isso.run"]
    command = on_core(SERVER, [str(folder / "venv" / "bin" / "gunicorn"), *words])
    variables = {**os.environ, "ISSO_SETTINGS": str(folder / "isso.cfg")}
    with (folder / "isso.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log)
        try:
            wait_until(server, lambda: is_well(port), name="Isso")
            yield port
        finally:
            stopped(server)


def is_well(port: int) -> bool:
    """Whether it answers."""
    try:
        return fetch(port, "/info").status == 200
    except OSError:
        return False


def taken(port: int, text: PageText) -> float:
    """Comments a second, once all is warm."""
    number = int((WARM_SECONDS + SECONDS) * MOST_A_SECOND)
    comments = iter([request(text, one) for one in range(number)])
    posting = [IssoPoster(Line(port), requests=comments) for _ in range(POSTERS)]
    crowd = Crowd(posting)
    crowd.run(WARM_SECONDS)
    for poster in posting:
        poster.ms.clear()
    began = time.monotonic()
    crowd.run(SECONDS)
    took = time.monotonic() - began
    crowd.close()
    return sum(len(poster.ms) for poster in posting) / took


def request(text: PageText, number: int) -> bytes:
    """A comment of some 200 characters, as Isso's script sends it."""
    words = [word for paragraph in text.paragraphs for word in paragraph.split()]
    at = number * 7 % max(1, len(words) - 35)
    said = f"Comment no. {number} says: {' '.join(words[at : at + 35])}"
    by = {"author": f"Reader {number}", "email": f"reader-{number}@example.org", "website": None}
    fields = {"text": said, "parent": None, "title": text.headline, "notification": 0, **by}
    body = json.dumps(fields).encode()
    lines = [
        "POST /new?uri=%2Fstory%2F HTTP/1.1",
        "Host: localhost",
        "Origin: http://localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body
