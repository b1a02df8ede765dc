"""`make test`: every test on SQLite, beside it the checks and those marked `database` on PostgreSQL, what was left out.

Under GAZETI_TEST_ALL=1 whatever is left out is a failure.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from project import ROOT, script

from tests.needs import LEFT_OUT, must_run_all
from tests.services.postgresql import Missing, postgresql

PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Each process gets whole modules as long as it can, so that their browsers and servers are started once. Three, since
# on two cores one of them waits for a browser, a server or a clock most of the time.
ON_SQLITE = [*PYTEST, "-n", "3", "--dist", "worksteal"]
# One process, beside those: it migrates once.
ON_POSTGRESQL = [*PYTEST, "-n", "1", "-m", "database"]


def passed(command: list[str], *, output: IO[bytes] | None = None, **variables: str) -> bool:
    """Run one command in front of the reader's eyes, or into a file; say whether it passed."""
    # Of our own four hundred files, each of some hundred processes would compile all that it needs.
    left = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    inherited = {name: value for name, value in os.environ.items() if name not in left}
    return subprocess.run(command, cwd=ROOT, env=inherited | variables, stdout=output, check=False).returncode == 0


def passed_on_postgresql(notes: Path, printed: Path) -> bool:
    """Run the tests marked `database` on a PostgreSQL of their own, or note why not; what they print is for later."""
    try:
        with printed.open("wb") as output, postgresql() as url:
            return passed(ON_POSTGRESQL, output=output, DATABASE_URL=url)
    except Missing as reason:
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{LEFT_OUT}database tests on PostgreSQL — {reason}\n")
        return not must_run_all()


def passed_checks() -> bool:
    """Run `make check`, and print what it said as one piece when it has ended."""
    done = subprocess.run(script("check.py"), cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def passed_all(notes: Path, printed: Path) -> bool:
    """Run the checks and the tests on both databases side by side; print what PostgreSQL's said after the others."""
    with ThreadPoolExecutor(max_workers=2) as beside:
        others = [beside.submit(passed_checks), beside.submit(passed_on_postgresql, notes, printed)]
        on_sqlite = passed(ON_SQLITE, GAZETI_WHOLE_SUITE="1", GAZETI_LEFT_OUT=str(notes))
        results = [on_sqlite, *(other.result() for other in others)]
    print("\nTests marked `database` on PostgreSQL:")
    print(printed.read_text(encoding="utf-8", errors="replace"), flush=True)
    return all(results)


def main() -> int:
    """Run everything, also after a failure, and end by naming what was left out."""
    with tempfile.TemporaryDirectory() as folder:
        notes, printed = Path(folder) / "left-out", Path(folder) / "on-postgresql"
        notes.touch()
        printed.touch()
        has_passed = passed_all(notes, printed)
        print()
        print(notes.read_text(encoding="utf-8").strip() or "Nothing was left out.")
    return 0 if has_passed else 1


if __name__ == "__main__":
    sys.exit(main())
