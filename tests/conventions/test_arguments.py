"""Arguments past the first are keyword-only in actions and queries, so that a call reads as a sentence."""

import ast

from tests.conventions.tree import Function, in_each, is_in, parsed, python_files, refuse


def loose(tree: ast.Module) -> list[str]:
    """Return the functions that a module offers and that take a second argument by position."""
    outer = [node for node in tree.body if isinstance(node, Function) and not node.name.startswith("_")]
    places = {node.name: len([*node.args.posonlyargs, *node.args.args]) for node in outer}
    return [node.name for node in outer if places[node.name] > 1 or node.args.vararg]


def test_arguments_past_the_first_are_named_by_the_caller() -> None:
    doors = [path for path in python_files("gazeti") if is_in(path, "actions", "queries")]
    refuse(in_each(lambda path: loose(parsed(path)), doors))


def test_a_second_place_is_seen() -> None:
    good = "def publish(story, *, now): pass\n"
    bad = "def file(section, headline): pass\ndef all_of(*stories): pass\n"
    assert loose(ast.parse(good + bad)) == ["file", "all_of"]
