"""What some tests need of the machine, and the naming of what was left out because it lacks it.

A test says `@pytest.mark.browser`, `w3m`, `nginx`, `caddy`, `postgresql` or `material`. Where the machine lacks
that thing the test is skipped and the run's last lines name it; under GAZETI_TEST_ALL=1 (as in CI) it fails instead.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services import caddy, nginx
from tests.services.postgresql import Missing, programs

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LEFT_OUT = "left out: "


@dataclass(frozen=True)
class Need:
    """One thing a machine may lack: what its tests are called, what is missing, and how to tell."""

    tests: str
    missing: str
    is_met: Callable[[], bool]


def chromium() -> str | None:
    """Return the path of this machine's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def has_postgresql() -> bool:
    """Say whether this machine has a PostgreSQL server to start."""
    try:
        return programs().exists()
    except Missing:
        return False


NEEDS = {
    "browser": Need("browser tests", "no Chromium found", lambda: chromium() is not None),
    "w3m": Need("text browser tests", "no w3m found", lambda: shutil.which("w3m") is not None),
    "nginx": Need("tests behind nginx", "no nginx found", lambda: nginx.program() is not None),
    "caddy": Need("tests behind Caddy", "no Caddy found", lambda: caddy.program() is not None),
    "postgresql": Need("tests of PostgreSQL itself", "no PostgreSQL server found", has_postgresql),
    "material": Need("tests on real material", "no folder ../shared", (SHARED / "seed" / "page.txt").exists),
}


def must_run_all() -> bool:
    """Say whether a missing thing is a failure, as in CI."""
    return os.environ.get("GAZETI_TEST_ALL") == "1"


def check(item: pytest.Item) -> None:
    """Skip a test whose need this machine does not meet; fail it where nothing may be left out."""
    unmet = [need for name, need in NEEDS.items() if item.get_closest_marker(name) and not need.is_met()]
    if unmet:
        sentence = f"{LEFT_OUT}{unmet[0].tests} — {unmet[0].missing}"
        if must_run_all():
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)


def left_out(reasons: list[str]) -> list[str]:
    """Return one line for each thing left out, with the number of its tests, from all reasons of skips."""
    counts = Counter(reason.partition(LEFT_OUT)[2] for reason in reasons if LEFT_OUT in reason)
    return [f"{LEFT_OUT}{what} ({count} test{'s' * (count > 1)})" for what, count in sorted(counts.items())]


def write_down(lines: list[str]) -> None:
    """Append what was left out to the file that `tools/test.py` prints at its end, if it runs these tests."""
    path = os.environ.get("GAZETI_LEFT_OUT")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
