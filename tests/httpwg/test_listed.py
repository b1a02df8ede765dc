"""The list of what does not pass can be read, and every entry says why; what cannot be run says so."""

from pathlib import Path

import pytest

from tests.httpwg.listed import listed
from tests.httpwg.suite import NotRun, folder


@pytest.mark.parametrize(("kind", "some"), [("required", "headers-store-Set-Cookie"), ("optimal", "interim-102")])
def test_what_does_not_pass_is_listed_with_its_reason(kind: str, some: str) -> None:
    found = listed(kind)
    assert some in found
    assert all(len(reason) > 20 for reason in found.values())


def test_no_test_is_listed_as_both_kinds() -> None:
    assert not listed("required").keys() & listed("optimal").keys()


def test_the_counts_told_are_those_of_the_list() -> None:
    text = (Path(__file__).parents[2] / "docs" / "http-cache-tests.md").read_text(encoding="utf-8")
    assert f"| required | 163 | {163 - len(listed('required'))} (" in text
    assert f"| optimal (reusing more) | 107 | {107 - len(listed('optimal'))} (" in text


@pytest.mark.parametrize("named", [None, "", "/nowhere"])
def test_a_folder_that_is_no_copy_of_theirs_is_refused_with_a_sentence(named: str | None) -> None:
    with pytest.raises(NotRun, match=r"no folder named|no copy of http-tests/cache-tests"):
        folder(named)


def test_a_copy_without_its_dependencies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test-engine").mkdir()
    (tmp_path / "test-engine" / "cli.mjs").touch()
    with pytest.raises(NotRun, match="npm install"):
        folder(str(tmp_path))
