"""Documents: numbered decisions of at most 40 lines, a short README, and no name of a file that is not there."""

import re
from pathlib import Path

import pytest

from tests.conventions.tree import PACKAGE, ROOT, in_each, kept_files, refuse

DECISIONS = ROOT / "docs" / "decisions"
PARTS = ("Context", "Decision", "Consequences")
FILE = re.compile(r"`((?:gazeti|tests|docs|tools|bench|requirements)/[\w./-]+)(?:::(\w+))?`")
VARIABLE = re.compile(r"\bGAZETI_[A-Z_]+\b")


def missing(text: str) -> list[str]:
    """Return the files and tests that a document names and nobody finds."""
    named = FILE.findall(text)
    lost = [name for name, _ in named if not (ROOT / name).exists()]
    tests = [(name, test) for name, test in named if test and name not in lost]
    return lost + [f"{name}::{test}" for name, test in tests if f"def {test}(" not in (ROOT / name).read_text()]


def wrong_numbers(names: list[str]) -> list[str]:
    """Return the names of decisions that do not count 0001, 0002, … without a gap."""
    in_order = enumerate(sorted(names), start=1)
    return [name for place, name in in_order if not re.match(rf"{place:04}-[a-z-]+\.md$", name)]


def decisions() -> list[Path]:
    return sorted(DECISIONS.glob("*.md"))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert wrong_numbers([path.name for path in decisions()]) == []


def test_a_decision_tells_context_decision_and_consequences_in_40_lines() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in decisions()}
    assert {name for name, text in texts.items() if len(text.splitlines()) > 40} == set()
    assert {name for name, text in texts.items() if not all(f"## {part}" in text for part in PARTS)} == set()


def test_every_dependency_has_its_reason_in_a_decision() -> None:
    wishes = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.in"))
    names = set(re.findall(r"^([A-Za-z][\w.-]*)", wishes, re.MULTILINE))
    told = (DECISIONS / "0002-dependencies.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in told} == set()


def test_the_readme_is_short_and_says_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    assert "make demo" in text
    assert "make test" in text


def test_the_changelog_tells_of_this_version() -> None:
    from gazeti import __version__

    assert __version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_file_and_test_that_a_document_names_is_there() -> None:
    pages = [path for path in kept_files() if path.suffix == ".md"]
    refuse(in_each(lambda path: missing(path.read_text(encoding="utf-8")), pages))


def test_operators_find_every_variable_and_none_that_is_not_read() -> None:
    code = [path for path in kept_files() if path.is_relative_to(PACKAGE / "config") and path.suffix == ".py"]
    read = {name for path in code for name in re.findall(r'"(GAZETI_[A-Z_]+)"', path.read_text(encoding="utf-8"))}
    told = set(VARIABLE.findall((ROOT / "docs" / "operators.md").read_text(encoding="utf-8")))
    assert told == read


@pytest.mark.parametrize("names", [["0001-a.md", "0003-b.md"], ["one.md"], ["0001-A.md"]])
def test_a_wrong_number_is_seen(names: list[str]) -> None:
    assert wrong_numbers(names)


def test_a_lost_file_and_a_lost_test_are_seen() -> None:
    text = "`gazeti/nothing.py` `tests/conventions/test_documents.py::test_nobody` `gazeti/__init__.py`"
    assert missing(text) == ["gazeti/nothing.py", "tests/conventions/test_documents.py::test_nobody"]
