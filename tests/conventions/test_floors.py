"""The floors in pyproject.toml say what the house says; import-linter (`make check`) holds the code to them."""

import tomllib

from tests.conventions.tree import NOUN_APPS, PACKAGE, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = "floors point down"
MODULES = "modules of an app point down"


def contract(name: str) -> dict[str, object]:
    return next(one for one in CONTRACTS if one["name"] == name)


def layers(name: str) -> list[str]:
    """Return the names of a contract's layers, each as written."""
    found = contract(name)["layers"]
    assert isinstance(found, list)
    return [part.strip() for layer in found for part in layer.split("|")]


def test_every_app_that_is_built_is_a_floor_without_parentheses() -> None:
    built = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert built <= set(layers(FLOORS))


def test_both_contracts_refuse_what_nobody_placed() -> None:
    assert contract(FLOORS)["exhaustive"] is True
    assert contract(MODULES)["exhaustive"] is True


def test_only_noun_modules_are_left_out_of_the_order_of_modules() -> None:
    nouns = {path.stem for app in NOUN_APPS for path in (PACKAGE / app).glob("*")}
    ignored = contract(MODULES)["exhaustive_ignores"]
    assert isinstance(ignored, list)
    assert set(ignored) - nouns <= {"migrations"}
