"""Ten thousand readers of an event stream: the program in C that is all of them, and what it noted."""

import os
import resource
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.cores import NotMeasurable

SOURCE = Path(__file__).with_name("streams_client.c")
RECORD = struct.Struct("=IIQ")
PATIENCE = 120
OWN_FILES = 500
"""Open files for everything but the streams."""


@dataclass(frozen=True)
class Heard:
    """Milliseconds from each event's moment to its receipt, and how often an event was lost, or came twice or early."""

    ms: list[float]
    lost: int
    disordered: int


def raise_limit(streams: int) -> None:
    """Let this process and those that it starts have so many connections. Raises NotMeasurable."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < streams + OWN_FILES:
        raise NotMeasurable(f"{streams} streams need {streams + OWN_FILES} open files, and the system allows {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(streams + OWN_FILES, _soft), hard))


def compiled(folder: Path) -> Path:
    """Build the client. Raises NotMeasurable where there is no compiler of C."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NotMeasurable("no compiler of C found (on Debian: apt-get install gcc libc6-dev)")
    client = folder / "streams_client"
    subprocess.run([compiler, "-O2", "-o", str(client), str(SOURCE)], check=True)
    return client


@contextmanager
def crowd(client: Path, port: int, path: str, *, streams: int, notes: Path) -> Iterator[None]:
    """Hold so many streams open for the block; what was heard is in `notes` afterwards. Raises NotMeasurable."""
    command = [str(client), str(port), path, str(streams), str(notes)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ})
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (pipes, as asked for)
    try:
        told = process.stdout.readline().decode().split()
        if told != ["open", str(streams)]:
            raise NotMeasurable(f"of {streams} streams of {path} {told[1] if len(told) > 1 else 'none'} opened")
        yield
        process.stdin.close()
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()


def heard(notes: Path, moments: Mapping[int, int], *, streams: int) -> Heard:
    """Read what the client noted; `moments` are those of each event by number, on the same clock (ns)."""
    last: dict[int, int] = defaultdict(lambda: min(moments) - 1)
    ms, disordered = [], 0
    for line, number, at in RECORD.iter_unpack(notes.read_bytes()):
        if number in moments:
            ms.append(max(0, at - moments[number]) / 1e6)
            disordered += number != last[line] + 1
            last[line] = number
    return Heard(ms, lost=streams * len(moments) - len(ms), disordered=disordered)
