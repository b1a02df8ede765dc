"""For pytest: what tests start of ours is forked, but for those marked `real_start`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.forkserver import client

servers = client.Servers()
asked: list[object] = []
"""What asks for real starts now: a test by its mark, a fixture by `for_real`."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_start: what it starts is a new Python, as on a newsroom's own machine")
    client.stand_in(servers.fork, unless=starts_for_real)


def starts_for_real() -> bool:
    """Say whether it is the start itself that is tried now."""
    return bool(asked)


@contextmanager
def for_real() -> Iterator[None]:
    """Start what the block starts as a new Python, and so whatever that starts."""
    asked.append(for_real)
    try:
        yield
    finally:
        asked.remove(for_real)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if not item.get_closest_marker("real_start"):
        return (yield)
    with for_real():
        return (yield)
