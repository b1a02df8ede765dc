"""A furnished newsroom and the backup that `gazeti backup` made of it, once for all tests; ways to change a backup."""

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from gazeti.cli.backup.sealed import Sealing, Unsealing
from tests.cli.processes import PATIENCE, environment, gazeti
from tests.needs import ROOT

STORIES = 200
Change = Callable[[str, bytes], bytes | None]


@dataclass(frozen=True)
class Kept:
    """A newsroom, its backup, what stands at which address, and what `backup --json` said."""

    paper: Path
    file: Path
    addresses: dict[str, str]
    said: dict[str, Any]


def furnished(home: Path, total: int = STORIES, **variables: str) -> dict[str, str]:
    """Fill a newsroom in a process of its own; the addresses of what it made."""
    command = [sys.executable, "-m", "tests.cli.furnished", str(total)]
    ours = {"GAZETI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gazeti.config.settings", **variables}
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**ours), capture_output=True, text=True, check=False, timeout=10 * PATIENCE
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="session")
def kept(made: Path) -> Kept:
    """Return a newsroom with the whole edition and 200 stories, and its backup. Nobody changes either."""
    folder = made.parent / "kept"
    folder.mkdir(exist_ok=True)
    facts = folder / "facts"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not facts.exists():
            facts.write_text(json.dumps(_made(made, folder)), encoding="utf-8")
    return Kept(folder / "paper", folder / "paper.tar", *json.loads(facts.read_text(encoding="utf-8")))


def _made(made: Path, folder: Path) -> tuple[dict[str, str], dict[str, Any]]:
    shutil.rmtree(folder / "paper", ignore_errors=True)
    shutil.copytree(made / "paper", folder / "paper")
    overrides = folder / "paper" / "templates" / "front"
    overrides.mkdir(parents=True)
    (overrides / "404.html").write_text("<p>Our own page for what is not there.</p>", encoding="utf-8")
    addresses = furnished(folder / "paper")
    done = gazeti("--home", folder / "paper", "backup", folder / "paper.tar", "--json")
    assert done.returncode == 0, done.stderr
    return addresses, json.loads(done.stdout)


def members(file: Path) -> dict[str, bytes]:
    """Return the files in a backup by their names; it is whole."""
    with file.open("rb") as source:
        return {member.name: member.file.read() for member in Unsealing(source, name=file.name).members()}


def changed(file: Path, *, to: Path, change: Change) -> Path:
    """Write another backup, sealed as it should be: `change(name, data)` gives each member's data, None to drop it."""
    output = BytesIO()
    sealing = Sealing(output)
    for name, data in members(file).items():
        fresh = None if name == "sha256sums" else change(name, data)
        if fresh is not None:
            sealing.add(name, BytesIO(fresh), size=len(fresh))
    sealing.close()
    to.write_bytes(output.getvalue())
    return to


def left_behind(folder: Path) -> list[str]:
    """Return the hidden files and folders that a backup or a restore left."""
    return sorted(path.name for path in folder.rglob(".*gazeti*"))
