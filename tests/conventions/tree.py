"""The project's files as conventions read them: paths, parsed modules, functions and templates."""

import ast
import gc
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gazeti"
TEMPLATES = PACKAGE / "templates"
DOMAIN_APPS = (
    "front", "archive", "feeds", "letters", "live", "comments", "record", "stories", "media", "accounts", "base",
)  # fmt: skip
NOUN_APPS = ("cli", "config", "edge", "log", "guard", "plain")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def shown(path: Path) -> str:
    """Return a path as messages and lists name it: from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def kept_files() -> tuple[Path, ...]:
    """Return every file that is or would be committed; outside a clone, every file that no tool made."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        made = {".venv", "demo", "__pycache__", ".git"}
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts))
    return tuple(path for name in answer.stdout.splitlines() if (path := ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Return the modules under these folders, without migrations (Django writes those)."""
    return [
        path
        for path in kept_files()
        if path.suffix == ".py" and "migrations" not in path.parts and path.relative_to(ROOT).parts[0] in folders
    ]


def templates() -> list[Path]:
    """Return every template of the package."""
    return [path for path in kept_files() if path.is_relative_to(TEMPLATES)]


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    # None of it is garbage, and to look for some takes twice as long as to parse.
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    finally:
        gc.enable()


def functions(tree: ast.AST) -> Iterator[Function]:
    """Give every function and method of a tree, inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def in_each(find: Callable[[Path], Sequence[str]], paths: Iterable[Path]) -> list[str]:
    """Return what `find` says of each file, one line each, with the file's path before it."""
    return [f"{shown(path)}: {line}" for path in paths for line in find(path)]


def refuse(breaches: Iterable[str]) -> None:
    """Fail the test with one line for each breach; pass if there is none."""
    lines = sorted(breaches)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def is_in(path: Path, *names: str) -> bool:
    """Say whether a module is one of these names in an app, as `stories/actions.py` or `stories/actions/publish.py`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return len(parts) > 1 and parts[1] in names
