"""What a machine lacks is named at the end of a run, and is a failure where nothing may be left out."""

import pytest

from tests import needs


class Item:
    """A test that bears one mark."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def get_closest_marker(self, name: str) -> object:
        return self if name == self.mark else None


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = needs.Need("browser tests", "no Chromium found", lambda: False)
    monkeypatch.setitem(needs.NEEDS, "browser", lacking)


@pytest.mark.usefixtures("bare_machine")
def test_a_test_is_left_out_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAZETI_TEST_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="left out: browser tests — no Chromium found"):
        needs.check(Item("browser"))  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare_machine")
def test_it_fails_where_nothing_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAZETI_TEST_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no Chromium found"):
        needs.check(Item("browser"))  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare_machine")
def test_a_test_that_needs_nothing_runs() -> None:
    needs.check(Item("database"))  # type: ignore[arg-type]


def test_what_was_left_out_is_counted_once_for_each_thing() -> None:
    reasons = ["Skipped: left out: w3m tests — no w3m found"] * 2 + ["Skipped: only on Mondays"]
    assert needs.left_out(reasons) == ["left out: w3m tests — no w3m found (2 tests)"]
