"""What all tests share: no network, a media folder of their own, and naming of what the machine could not run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.network import close_network
from tests.rendered import Rendered

pytest_plugins = ["tests.browser"]


def pytest_configure(config: pytest.Config) -> None:
    close_network()
    config.pluginmanager.register(Rendered(), "rendered templates")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs for minutes, unless asked for by its mark (`make soak`)."""
    if config.getoption("markexpr") == "soak":
        return
    soaking = [item for item in items if item.get_closest_marker("soak")]
    if soaking:
        config.hook.pytest_deselected(items=soaking)
        items[:] = [item for item in items if item not in soaking]


def pytest_runtest_setup(item: pytest.Item) -> None:
    needs.check(item)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)]
    lines = needs.left_out(reasons)
    needs.write_down(lines)
    for line in lines:
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(autouse=True)
def media_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Give each test an empty folder for uploads and renditions, gone with the test."""
    settings = request.getfixturevalue("settings")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def shared() -> Path:
    """Return the folder ../shared; the test is marked `material`."""
    return needs.SHARED
