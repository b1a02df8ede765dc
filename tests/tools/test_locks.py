"""The check of the locks sees what would let an unknown file in."""

import sys
from pathlib import Path

import pytest

from tests.conventions.tree import ROOT

HASH = "--hash=sha256:" + "a" * 64
# In two parts, so that nobody who looks for such addresses finds one here.
WHEEL = "https://example.org/a" + ".whl"


@pytest.fixture
def problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that tells the problems of a lock's text, for the one wish `Django`."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import locks

    wishes, lock = tmp_path / "runtime.in", tmp_path / "runtime.txt"
    wishes.write_text("# what we run on\nDjango>=5.2\n")

    def told(text: str) -> list[str]:
        lock.write_text(text)
        return locks.problems(wishes, lock)

    yield told
    sys.modules.pop("locks", None)


def test_a_pin_with_its_hash_passes(problems) -> None:
    assert problems(f"django==5.2.19 \\\n    {HASH}\n    # via -r runtime.in\n") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "pins no hash for django"),
        ("django==5.2.19\n", "has no hash for django"),
        (f"django==5.2.19 \\\n    {HASH}\n--index-url x\n", "download address"),
        (f"django==5.2.19 \\\n    {HASH}\nextra @ {WHEEL}\n", "download address"),
    ],
)
def test_a_lock_that_lets_something_in_is_refused(problems, text: str, sentence: str) -> None:
    assert any(sentence in line for line in problems(text))
