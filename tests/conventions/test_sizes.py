"""Sizes: a file has at most 300 lines, a function 40 and two levels of nesting, a template 80."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.conventions import exemptions
from tests.conventions.tree import Function, functions, kept_files, parsed, python_files, refuse, shown, templates

MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MOST_TEMPLATE_LINES = 80
MOST_LEVELS = 2
CODE = {".py", ".css", ".js"}
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)


def lines(text: str) -> int:
    return len(text.splitlines())


def longer(paths: Iterable[Path], most: int) -> dict[str, int]:
    """Return the files with more lines than that."""
    counts = {shown(path): lines(path.read_text(encoding="utf-8")) for path in paths}
    return {name: count for name, count in counts.items() if count > most}


def long_functions(tree: ast.AST, most: int = MOST_FUNCTION_LINES) -> dict[str, int]:
    """Return the functions that span more lines than that, docstring included."""
    spans = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(tree)}
    return {name: span for name, span in spans.items() if span > most}


def goes_deeper(outer: ast.AST, inner: ast.AST) -> bool:
    """Say whether a node opens a level under its parent."""
    is_elif = isinstance(outer, ast.If) and isinstance(inner, ast.If) and inner in outer.orelse
    return isinstance(inner, BRANCHES) and not is_elif


def levels(node: ast.AST, depth: int = 0) -> int:
    """Return how deep branches and loops stand in each other; `elif` and inner functions go no deeper."""
    inner = [child for child in ast.iter_child_nodes(node) if not isinstance(child, Function | ast.Lambda)]
    return max([depth, *(levels(child, depth + goes_deeper(node, child)) for child in inner)])


def deep_functions(tree: ast.AST) -> dict[str, int]:
    """Return the functions with more levels of nesting than two."""
    return {node.name: found for node in functions(tree) if (found := levels(node)) > MOST_LEVELS}


@cache
def per_function(find: Callable[[ast.AST], dict[str, int]]) -> dict[str, int]:
    """Return what `find` tells of each module, named `path::function`."""
    found = {path: find(parsed(path)) for path in python_files("gazeti", "tests", "tools", "bench")}
    return {f"{shown(path)}::{name}": count for path, counts in found.items() for name, count in counts.items()}


FOUND = {
    "long files": (
        lambda: longer([path for path in kept_files() if path.suffix in CODE and "migrations" not in path.parts], 300),
        exemptions.LONG_FILES,
    ),
    "long templates": (lambda: longer(templates(), MOST_TEMPLATE_LINES), exemptions.LONG_TEMPLATES),
    "long functions": (lambda: per_function(long_functions), exemptions.LONG_FUNCTIONS),
    "deep functions": (lambda: per_function(deep_functions), exemptions.DEEP_FUNCTIONS),
}


@pytest.mark.parametrize("what", FOUND)
def test_nothing_is_larger_than_the_style_allows(what: str) -> None:
    find, excused = FOUND[what]
    refuse(f"{name}: {count}" for name, count in find().items() if name not in excused)


@pytest.mark.parametrize("what", FOUND)
def test_every_exemption_is_still_needed_and_has_its_reason(what: str) -> None:
    find, excused = FOUND[what]
    assert set(excused) <= set(find())
    assert all(len(reason) > 20 for reason in excused.values())


def test_a_function_of_41_lines_is_seen() -> None:
    body = "\n".join(["    x = 1"] * 40)
    assert long_functions(ast.parse(f"def long():\n{body}\n\ndef short():\n    pass\n")) == {"long": 41}


def test_a_third_level_is_seen_and_elif_is_none() -> None:
    deep = "def deep():\n for a in b:\n  if a:\n   while a:\n    pass\n"
    flat = "def flat():\n for a in b:\n  if a:\n   pass\n  elif b:\n   pass\n  elif c:\n   pass\n"
    assert deep_functions(ast.parse(deep + flat)) == {"deep": 3}


def test_a_file_of_301_lines_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.conventions.tree.ROOT", tmp_path)
    (tmp_path / "long.py").write_text("\n" * 301)
    assert longer([tmp_path / "long.py"], MOST_LINES) == {"long.py": 301}
