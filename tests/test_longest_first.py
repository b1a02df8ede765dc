"""The modules that take longest come first in each of pytest's processes, and no test is lost."""

import pytest

from tests.longest_first import LONGEST, dealt
from tests.needs import ROOT


@pytest.mark.parametrize("hands", [1, 2, 3, 4])
def test_each_hand_begins_with_its_share_of_the_long_ones_and_holds_as_many_as_any(hands: int) -> None:
    long = [[f"{name}{number}" for number in range(3)] for name in "abcde"]
    others = [str(number) for number in range(85)]
    found = dealt(long, others, hands=hands)
    assert sorted(found) == sorted([*others, *(item for one in long for item in one)])
    assert [item for item in found if item in others] == others
    part = len(found) // hands
    begins = [found[hand * part : hand * part + 3] for hand in range(hands)]
    assert begins == long[:hands]


def test_what_one_hand_cannot_hold_is_dealt_all_the_same() -> None:
    assert sorted(dealt([list("abcdef")], list("gh"), hands=2)) == list("abcdefgh")
    assert dealt([], [], hands=3) == []


@pytest.mark.parametrize("name", LONGEST)
def test_a_module_that_is_named_is_there(name: str) -> None:
    assert (ROOT / name).is_dir() if name.endswith("/") else (ROOT / name).is_file()
