"""Which core runs what: the whole server stack on one, the client that loads it on another.

Also counts the processor's time that others took meanwhile, by subtracting that of our own processes.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.machine import STAT, jiffies

PROC = Path("/proc")
SERVER, CLIENT = 0, 1
"""The cores of the peers' table (docs/measurements.md)."""


class NotMeasurable(Exception):
    """This machine lacks a program, a core or a part of the newsroom that the measurement needs."""


def on_core(core: int, command: list[str]) -> list[str]:
    """The command bound to one core, with all that it starts. Raises NotMeasurable."""
    if shutil.which("taskset") is None or core >= (os.cpu_count() or 1):
        raise NotMeasurable(f"no taskset found, or this machine has no core {core}")
    return ["taskset", "-c", str(core), *command]


def program(name: str) -> str:
    """Where a program is, also where only root looks for it. Raises NotMeasurable."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise NotMeasurable(f"no {name} found")
    return found


@dataclass
class Busy:
    """The share of one core that was busy since this was made: below 1 it was not the server that set the pace."""

    core: int

    def __post_init__(self) -> None:
        self._idle, self._all = self._ticks()

    def share(self) -> float:
        """Between 0 and 1."""
        idle, total = self._ticks()
        passed = total - self._all
        return 1 - (idle - self._idle) / passed if passed else 0.0

    def _ticks(self) -> tuple[int, int]:
        """Idle and all (proc(5), stat)."""
        for line in STAT.read_text(encoding="ascii").splitlines():
            if line.startswith(f"cpu{self.core} "):
                ticks = [int(word) for word in line.split()[1:9]]
                return ticks[3] + ticks[4], sum(ticks)
        raise NotMeasurable(f"this machine has no core {self.core}")


@dataclass
class Others:
    """The share of all cores that others used since this was made; one look costs a walk through /proc."""

    def __post_init__(self) -> None:
        self._idle, self._all = jiffies(STAT)
        self._ours = ours()

    def share(self) -> float:
        """Between 0 and 1: what was busy and is neither this process nor one that it started."""
        idle, total = jiffies(STAT)
        passed = total - self._all
        busy = passed - (idle - self._idle)
        return max(0.0, (busy - (ours() - self._ours)) / passed) if passed else 0.0


def ours() -> int:
    """Clock ticks of this process and its descendants, the dead that were waited for included."""
    return sum(ticks for _, ticks in family(os.getpid()))


def family(root: int) -> Iterator[tuple[int, int]]:
    """A process and all its descendants, each with its ticks and those of its dead children (proc(5), stat)."""
    found = {pid: (parent, ticks) for pid, parent, ticks in _processes()}
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if pid in found:
            yield pid, found[pid][1]
        waiting += [child for child, (parent, _) in found.items() if parent == pid]


def _processes() -> Iterator[tuple[int, int, int]]:
    for path in PROC.glob("[0-9]*/stat"):
        try:
            words = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        yield int(path.parent.name), int(words[1]), sum(map(int, words[11:15]))


def resident_mb(root: int) -> float:
    """Memory of a process and its descendants in megabytes, shared pages counted once (PSS)."""
    return sum(_proportional(pid) for pid, _ in family(root)) / 1000


def _proportional(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
