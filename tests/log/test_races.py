"""Six processes write at once, and followers of every sort get all of it: in order, once, without a gap."""

from collections.abc import Iterator

import pytest

from gazeti.log import following
from tests.log.races import Race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """Leave no reader behind."""
    yield
    following.stop()


def test_nobody_misses_anything_while_six_processes_write() -> None:
    race = Race(writers=6, each=40, followers=16, seed=1)
    race.run()
    race.judge()
