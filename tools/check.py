"""`make check`: every tool that only reads, side by side. One line a tool; what failed says why below its line."""

import os
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed

from project import ROOT, run, script, tool

TEMPLATES = "gazeti/templates"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

# The slowest first, so that none of them is waited for alone at the end.
CHECKS = {
    "types (mypy)": tool("mypy"),
    "migrations": script("migrations.py"),
    "floors (import-linter)": tool("lint-imports", "--no-logo"),
    "template markup (curlylint)": tool("curlylint", "--quiet", TEMPLATES),
    "spelling (codespell)": tool("codespell"),
    "template indents (djhtml)": tool(
        "djhtml", "--check", "--tabwidth", str(SETTINGS["djhtml"]["tabwidth"]), TEMPLATES
    ),
    "lint (ruff)": tool("ruff", "check", "--output-format", "concise"),
    "format (ruff)": tool("ruff", "format", "--check", "--output-format", "concise"),
    "locks": script("locks.py"),
}


def timed(name: str, command: list[str]) -> tuple[str, bool, str, float]:
    """Run one check; return its name, whether it passed, what it printed and the seconds it took."""
    began = time.monotonic()
    answer = run(command)
    return name, answer.returncode == 0, answer.stdout.strip(), time.monotonic() - began


def main() -> int:
    """Run all checks on all cores; return the exit status, 0 only if all passed."""
    began, failures = time.monotonic(), 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for done in as_completed([pool.submit(timed, name, command) for name, command in CHECKS.items()]):
            name, passed, output, seconds = done.result()
            failures += not passed
            print(f"{'ok' if passed else 'FAILED':<7} {name:<30} {seconds:5.1f} s", flush=True)
            if not passed:
                print(output, flush=True)
    print(f"{len(CHECKS) - failures} of {len(CHECKS)} checks passed in {time.monotonic() - began:.1f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
