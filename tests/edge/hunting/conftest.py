"""A newsroom in which the first tales of a hunt are out, laid once, and a copy of it for each hunt."""

import fcntl
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import made
from tests.edge.hunting.hunt import lay

__all__ = ["made"]


@pytest.fixture(scope="session")
def laid(made: Path) -> Path:
    """Return the newsroom as it is before each hunt."""
    home = made / "hunted"
    with (made / "hunted-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "hunted-ready").exists():
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(made / "paper", home)
            lay(home)
            (made / "hunted-ready").touch()
    return home


@pytest.fixture
def hunted(laid: Path, tmp_path: Path) -> Path:
    """Return a newsroom of one's own."""
    return Path(shutil.copytree(laid, tmp_path / "paper"))
