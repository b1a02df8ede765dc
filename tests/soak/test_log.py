"""The log for minutes: processes that race while followers come and go, and ten thousand followers in one process."""

from collections.abc import Iterator

import pytest

from gazeti.log import following
from tests.log.races import Race

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """Leave no reader behind."""
    yield
    following.stop()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_misses_anything_while_six_processes_write(seed: int) -> None:
    race = Race(writers=6, each=1500, followers=60, seed=seed)
    race.run()
    race.judge()
