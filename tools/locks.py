"""Checks the locks: each wish has its pin, each pin a hash, and no download address stands there."""

import re
import sys
from pathlib import Path

from project import ROOT

NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S+|--(?:extra-)?index-url|--find-links")


def normal(name: str) -> str:
    """Return a distribution's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def problems(wishes: Path, lock: Path) -> list[str]:
    """Return what is wrong with one lock made from a file of wishes."""
    text = lock.read_text(encoding="utf-8")
    pinned = {normal(name) for name in PIN.findall(text)}
    wanted = {normal(name) for name in NAME.findall(wishes.read_text(encoding="utf-8"))}
    unpinned = [f"{lock.name} pins no hash for {name}: run make lock" for name in sorted(wanted - pinned)]
    loose = {normal(name) for name in NAME.findall(text)} - pinned
    return (
        unpinned
        + [f"{lock.name} has no hash for {name}" for name in sorted(loose)]
        + [
            f"{file.name} holds a download address: {found}"
            for file in (wishes, lock)
            for found in ADDRESS.findall(file.read_text(encoding="utf-8"))
        ]
    )


def main() -> int:
    """Check both locks; print what is wrong; return the exit status."""
    folder = ROOT / "requirements"
    found = [line for name in ("runtime", "dev") for line in problems(folder / f"{name}.in", folder / f"{name}.txt")]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
