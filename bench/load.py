"""Load by Debian's wrk on a core of its own: how many answers a second, and how long the slow ones took."""

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from bench.cores import CLIENT, SERVER, Busy, NotMeasurable, Others, on_core, program

CONNECTIONS, SECONDS = 32, 8
"""As the peers were measured: `wrk -t1 -c32 -d8s`, one core, gzip."""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
SPEED = re.compile(r"^Requests/sec:\s+([\d.]+)", re.MULTILINE)
SLOWEST = re.compile(r"^\s+99%\s+([\d.]+)(us|ms|s|m)\b", re.MULTILINE)
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
BROKEN = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
PACED = """
wrk.headers["Accept-Encoding"] = "gzip"
local paths, at = {%(paths)s}, 0
function request() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
function delay() return math.random(%(least)d, %(most)d) end
"""
"""A script for wrk: these addresses in turns, and a pause before each request."""
PAUSE_MS = 100


@dataclass(frozen=True)
class Load:
    """What wrk counted: answers a second, the 99th percentile in ms, failures, others' share of the machine.

    `busy` is the share of the servers' core that was busy; `late` of the failures are answers after over two seconds.
    """

    per_second: float
    p99_ms: float
    failed: int
    others: float = 0.0
    late: int = 0
    busy: float = 0.0

    @property
    def per_core_second(self) -> float:
        """Answers for each second that the servers' core worked: what it could give if the client kept pace."""
        return self.per_second / (self.busy or 1.0)


def full(url: str, *, seconds: int = SECONDS, within: tuple[str, ...] = ()) -> Load:
    """As fast as 32 connections go. `within` stands before the command, such as to enter a network."""
    command = [program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    others, busy = Others(), Busy(SERVER)
    done = subprocess.run(
        [*within, *on_core(CLIENT, [*command, "-H", "Accept-Encoding: gzip", url])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    share = busy.share()
    return replace(told(done.stdout + done.stderr, others=others.share()), busy=round(share, 3))


def paced(base: str, paths: list[str], script: Path, *, per_second: int, seconds: int) -> subprocess.Popen[str]:
    """Start wrk with so many requests a second as its pauses allow, over these paths; its output is for `told`."""
    quoted = ", ".join(f'"{path}"' for path in paths)
    script.write_text(PACED % {"paths": quoted, "least": PAUSE_MS // 2, "most": PAUSE_MS * 3 // 2}, encoding="utf-8")
    connections = per_second * PAUSE_MS // 1000
    command = [program("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), base]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def told(output: str, *, others: float = 0.0) -> Load:
    """Read what wrk printed. Raises NotMeasurable where it counted nothing."""
    speed, slowest = SPEED.search(output), SLOWEST.search(output)
    if speed is None:
        raise NotMeasurable(f"wrk said: {output.strip()[-300:]}")
    refused, broken = REFUSED.search(output), BROKEN.search(output)
    failed = (int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0)
    p99 = float(slowest[1]) * UNITS[slowest[2]] if slowest else 0.0
    late = int(broken[4]) if broken else 0
    return Load(float(speed[1]), p99, failed, round(others, 3), late)
