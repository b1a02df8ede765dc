"""Counts of who tried how often: whether some are over."""

from collections.abc import Iterator
from datetime import datetime

from gazeti.guard import pruning
from gazeti.log.clock import Item


def counts_due(*, now: datetime) -> Iterator[Item]:
    """The oldest that is over, which stands for all of them."""
    oldest = pruning.oldest_over(now=now)
    if oldest:
        yield Item("counts", oldest)
