"""A newsroom that the real `gazeti new` made, once for all tests, and a copy of it for each that changes something."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.processes import Server, gazeti, serving
from tests.forkserver.plugin import for_real


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder in which `gazeti new` was run: `paper` is the newsroom, `output` what it printed."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "made-by-new"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # The first of pytest's processes makes it, the others wait.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "output").exists():
            (folder / "paper").mkdir()
            with for_real():
                done = gazeti("new", "paper", "--name", "The Corner Paper", "--time-zone", "Europe/London", cwd=folder)
            assert done.returncode == 0, done.stderr
            (folder / "output").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def paper(made: Path, tmp_path: Path) -> Path:
    """Return a newsroom of one's own."""
    return Path(shutil.copytree(made / "paper", tmp_path / "paper"))


@pytest.fixture(scope="module")
def server(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a running server with two workers, for all tests of a module that leave it running."""
    home = Path(shutil.copytree(made / "paper", tmp_path_factory.mktemp("served") / "paper"))
    with serving(home, "--workers", "2") as running:
        yield running
