"""`make test`: the checks, every test on SQLite, those marked `database` on PostgreSQL, then what was left out.

Under GAZETI_TEST_ALL=1 whatever is left out is a failure.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from project import ROOT, script

from tests.needs import LEFT_OUT, must_run_all
from tests.services.postgresql import Missing, postgresql

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2"]


def passed(command: list[str], **variables: str) -> bool:
    """Run one command in front of the reader's eyes; say whether it passed."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(command, cwd=ROOT, env=inherited | variables, check=False).returncode == 0


def passed_on_postgresql(notes: Path) -> bool:
    """Run the tests marked `database` on a PostgreSQL of their own, or note why not."""
    print("\nTests marked `database` on PostgreSQL:", flush=True)
    try:
        with postgresql() as url:
            return passed([*PYTEST, "-m", "database"], DATABASE_URL=url)
    except Missing as reason:
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{LEFT_OUT}database tests on PostgreSQL — {reason}\n")
        return not must_run_all()


def main() -> int:
    """Run everything, also after a failure, and end by naming what was left out."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "left-out"
        notes.touch()
        results = [
            passed(script("check.py")),
            passed(PYTEST, GAZETI_WHOLE_SUITE="1", GAZETI_LEFT_OUT=str(notes)),
            passed_on_postgresql(notes),
        ]
        print()
        print(notes.read_text(encoding="utf-8").strip() or "Nothing was left out.")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
