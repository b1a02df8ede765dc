"""What the journeys share: an empty newsroom, one with an edition that has every kind of page, and its server."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.newsrooms import GAZETI, made_once, ran, served

PAPER = "The Corner Paper"
ADDRESSES = "addresses.json"


@dataclass(frozen=True)
class Paper:
    """A newsroom that is served: its address, and the path of each kind of page by name."""

    address: str
    paths: dict[str, str]

    def __getitem__(self, kind: str) -> str:
        """The whole address of a kind of page."""
        return f"{self.address}{self.paths[kind]}"


@pytest.fixture(autouse=True)
def media_folder() -> None:
    """Nothing here: each newsroom has its own folder for pictures, in a process of its own."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def empty_newsroom(shared_folder: Path) -> Path:
    """A newsroom as `gazeti new` leaves it, to be copied; what it printed lies beside it."""
    told = shared_folder / "new.txt"

    def make(folder: Path) -> None:
        told.write_text(ran(*GAZETI, "new", str(folder), "--name", PAPER, home=folder))

    return made_once(shared_folder / "empty", make)


@pytest.fixture(scope="session")
def paper(empty_newsroom: Path, shared_folder: Path) -> Iterator[Paper]:
    """The newsroom with an edition of every kind of page, served. No test writes into it."""

    def make(folder: Path) -> None:
        shutil.copytree(empty_newsroom, folder)
        (folder / ADDRESSES).write_text(ran(sys.executable, "-m", "tests.journeys.edition", home=folder))

    home = made_once(shared_folder / "edition", make)
    with served(home) as address:
        yield Paper(address, json.loads((home / ADDRESSES).read_text()))


@pytest.fixture
def newsroom(empty_newsroom: Path, tmp_path: Path) -> Path:
    """An empty newsroom of the test's own."""
    return Path(shutil.copytree(empty_newsroom, tmp_path / "newsroom"))
