"""Names: the newsroom's words for functions and classes, the house's list for modules of apps."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.tree import (
    DOMAIN_APPS,
    NOUN_APPS,
    PACKAGE,
    functions,
    in_each,
    parsed,
    python_files,
    refuse,
    shown,
)

EMPTY_PREFIXES = ("get_", "handle_", "process_", "do_", "perform_")
EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "misc", "common", "services", "handlers"}
# What Django looks for by name in a middleware, which needs no base class.
CALLED_BY_DJANGO = {"process_view", "process_exception", "process_template_response"}
MODULES = {
    "apps", "urls", "wagtail_hooks", "checks", "management", "views", "receivers", "templatetags", "api", "tasks",
    "actions", "queries", "models", "forms", "blocks", "rules", "formats", "migrations", "__init__",
}  # fmt: skip


def words(name: str) -> set[str]:
    """Return the words of a name, whether in snake_case or CamelCase."""
    spaced = "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name)
    return {word for word in spaced.split("_") if word}


def empty_functions(tree: ast.Module) -> list[str]:
    """Return the functions outside classes whose names say nothing of the newsroom."""
    methods = {id(item) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for item in node.body}
    plain = [node.name for node in functions(tree) if id(node) not in methods]
    named = [name for name in plain if not name.startswith("test_")]
    return [name for name in named if name.lstrip("_").startswith(EMPTY_PREFIXES) or words(name) & EMPTY_WORDS]


def empty_methods(cls: type, written: set[str]) -> list[str]:
    """Return the methods written in a class that bear such names, unless they override one of Django's or Wagtail's."""
    outside = [base for base in cls.__mro__[1:] if not base.__module__.startswith("gazeti")]
    own = {name for name, value in vars(cls).items() if inspect.isroutine(value) or isinstance(value, property)}
    return [
        f"{cls.__name__}.{name}"
        for name in sorted(own & written - CALLED_BY_DJANGO)
        if name.lstrip("_").startswith(EMPTY_PREFIXES) and not any(hasattr(base, name) for base in outside)
    ]


def empty_methods_of(path: Path) -> list[str]:
    """Return such methods of a module; those that Django adds to a model (`get_kind_display`) nobody wrote."""
    written = {node.name for node in functions(parsed(path))}
    return [name for cls in classes_of(path) for name in empty_methods(cls, written)]


def misplaced_modules(app: Path) -> list[str]:
    """Return the modules of a domain app whose names are not the house's."""
    names = [path.stem for path in app.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    return sorted(set(names) - MODULES)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def classes_of(path: Path) -> Iterator[type]:
    """Give the classes that a module defines itself."""
    module = module_name(path)
    for _, cls in inspect.getmembers(importlib.import_module(module), inspect.isclass):
        if cls.__module__ == module:
            yield cls


def test_functions_are_named_in_the_newsrooms_words() -> None:
    ours = python_files("gazeti", "tests", "tools", "bench")
    refuse(in_each(lambda path: empty_functions(parsed(path)), ours))


def test_methods_are_named_in_the_newsrooms_words_unless_they_override() -> None:
    importable = [path for path in python_files("gazeti") if path.name != "__main__.py"]
    refuse(in_each(empty_methods_of, importable))


def test_no_module_is_an_attic() -> None:
    assert [shown(path) for path in python_files("gazeti") if words(path.stem) & EMPTY_WORDS] == []


def test_no_class_is_a_manager_or_helper() -> None:
    found = [cls for path in python_files("gazeti") for cls in ast.walk(parsed(path)) if isinstance(cls, ast.ClassDef)]
    # Django calls the thing behind `objects` a manager: a class that derives from one may say so.
    named = [cls.name for cls in found if words(cls.name) & EMPTY_WORDS]
    allowed = [cls.name for cls in found if any("Manager" in ast.unparse(base) for base in cls.bases)]
    assert sorted(set(named) - set(allowed)) == []


@pytest.mark.parametrize("app", DOMAIN_APPS)
def test_a_domain_app_has_the_houses_modules_and_no_others(app: str) -> None:
    folder = PACKAGE / app
    assert not folder.exists() or misplaced_modules(folder) == []


def test_every_app_has_its_place_in_the_house() -> None:
    built = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert built <= {*DOMAIN_APPS, *NOUN_APPS}


def test_empty_names_are_seen() -> None:
    sample = "def get_story(): pass\ndef story_helper(): pass\ndef latest(): pass\n"
    assert empty_functions(ast.parse(sample)) == ["get_story", "story_helper"]


def test_an_override_may_keep_its_name_and_a_new_method_may_not() -> None:
    class Base:
        def get_context(self) -> None: ...

    ours = type("Ours", (Base,), {"get_context": lambda self: None, "get_rid": lambda self: None})
    assert empty_methods(ours, {"get_context", "get_rid"}) == ["Ours.get_rid"]


def test_a_module_the_house_does_not_know_is_seen(tmp_path: Path) -> None:
    for name in ("models.py", "utils.py", "slots.py"):
        (tmp_path / name).touch()
    assert misplaced_modules(tmp_path) == ["slots", "utils"]
