"""What the scripts of `make` share: where the project is, and how they run its tools."""

import subprocess
import sys
import tempfile
from os import environ
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tool(name: str, *arguments: str) -> list[str]:
    """Return the command that runs an installed tool of this environment."""
    return [str(Path(sys.executable).parent / name), *arguments]


def script(name: str, *arguments: str) -> list[str]:
    """Return the command that runs one of the scripts beside this one."""
    return [sys.executable, str(ROOT / "tools" / name), *arguments]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool that reads Django's settings in an empty newsroom of its own, and return what it printed."""
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environ | {"GAZETI_HOME": home, "DJANGO_SETTINGS_MODULE": "gazeti.config.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
