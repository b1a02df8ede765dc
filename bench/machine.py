"""The machine that measured: what it is, and how much of it others were using while we did."""

import os
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path

STAT = Path("/proc/stat")
QUIET = 0.10
"""Up to this share of all cores busy with others' work, the machine counts as quiet."""
LOOK_SECONDS = 1.0
WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Load:
    """How busy the machine is: the load average of a minute, and the share of all cores at work right now."""

    average: float
    busy: float


def facts() -> dict[str, object]:
    """Cores, memory, system and Python of this machine."""
    return {
        "cores": os.cpu_count(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000,
        "processor": processor(Path("/proc/cpuinfo")),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def processor(path: Path) -> str:
    """The processor's name as Linux tells it; its architecture where it does not."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load(seconds: float = LOOK_SECONDS) -> Load:
    """Look at the machine for a moment in which we do nothing: all that is busy is others' work."""
    before = jiffies(STAT)
    time.sleep(seconds)
    return Load(average=round(os.getloadavg()[0], 2), busy=round(share_busy(before, jiffies(STAT)), 2))


def quiet_load() -> Load:
    """Wait a little for a quiet machine, then tell how it is; measuring goes on either way."""
    end = time.monotonic() + WAIT_SECONDS
    found = load()
    while found.busy > QUIET and time.monotonic() < end:
        found = load()
    return found


def jiffies(path: Path) -> tuple[int, int]:
    """Clock ticks of all cores since the machine started: idle ones, and all (proc(5), /proc/stat)."""
    if not path.exists():
        return 0, 0
    ticks = [int(word) for word in path.read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def share_busy(before: tuple[int, int], after: tuple[int, int]) -> float:
    """The share of ticks between two looks that were not idle."""
    total = after[1] - before[1]
    return 1 - (after[0] - before[0]) / total if total else 0.0


def told(before: Load, after: Load) -> str:
    """A sentence on what else used the machine."""
    return (
        f"Others used {before.busy:.0%} of the cores before and {after.busy:.0%} after; "
        f"load average {before.average:.2f} and {after.average:.2f}."
    )


def as_data(before: Load, after: Load) -> dict[str, object]:
    """The same for `latest.json`."""
    return {"before": asdict(before), "after": asdict(after)}
