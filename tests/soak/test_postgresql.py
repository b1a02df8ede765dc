"""Everything that holds on both databases, on PostgreSQL: what `make test` runs there, and what it has no time for."""

import os
import subprocess
import sys

import pytest

from tests.needs import ROOT
from tests.services.postgresql import postgresql


@pytest.mark.soak
@pytest.mark.postgresql
def test_what_holds_on_sqlite_holds_on_postgresql() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "database or both_in_soak"]
    with postgresql() as url:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-20_000:]
