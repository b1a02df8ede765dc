"""Each module opens with one to three lines: what it is for, what it leaves to whom. (That one is there, ruff sees.)"""

import ast

import pytest

from tests.conventions.tree import parsed, python_files, refuse, shown

MOST = 3


def opening(tree: ast.Module) -> list[str]:
    """Return the lines of a module's docstring that are not empty."""
    return [line for line in (ast.get_docstring(tree) or "").splitlines() if line.strip()]


def is_right(tree: ast.Module) -> bool:
    """Say whether a module opens as it should; an empty one only makes a folder a package."""
    return not tree.body or 1 <= len(opening(tree)) <= MOST


def test_a_module_opens_with_one_to_three_lines() -> None:
    files = python_files("gazeti", "tests", "tools", "bench")
    refuse(shown(path) for path in files if not is_right(parsed(path)))


@pytest.mark.parametrize("text", ["x = 1", '"""One.\n\nTwo.\nThree.\nFour.\n"""'])
def test_none_and_four_are_seen(text: str) -> None:
    assert not is_right(ast.parse(text))
