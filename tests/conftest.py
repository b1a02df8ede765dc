"""What all tests share: no network, a media folder of their own, and naming of what the machine could not run."""

import gc
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from gazeti.edge.truth import Truth, truth
from gazeti.guard import limits
from tests import environment, needs
from tests.network import close_network
from tests.rendered import Rendered

pytest_plugins = [
    "tests.browser",
    "tests.forkserver.plugin",
    "tests.longest_first",
    "tests.mail_server",
    "tests.migrated",
    "tests.tasks",
]


def pytest_configure(config: pytest.Config) -> None:
    close_network()
    config.pluginmanager.register(Rendered(), "rendered templates")
    # Argon2 is slow on purpose, and no test's password is worth it.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files are found when asked for, instead of all being listed for each test's client.
    django_settings.WHITENOISE_AUTOREFRESH = True
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: threads and processes meet in it as they do in service.
        database["TEST"]["NAME"] = str(Path(environment.home.name) / "test.db")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        bring_back_first_rows(item)
    if config.getoption("markexpr") != "soak":
        leave_out_soaking(config, items)


def bring_back_first_rows(item: pytest.Item) -> None:
    """Give a test that commits what migrations put into the database: the test before it emptied every table."""
    mark = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    commits = bool(mark and mark.kwargs.get("transaction")) or bool({"live_server", "transactional_db"} & set(fixtures))
    if commits:
        chosen = {**(mark.kwargs if mark else {}), "transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**chosen), append=False)


def leave_out_soaking(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs for minutes, unless asked for by its mark (`make soak`)."""
    soaking = [item for item in items if item.get_closest_marker("soak")]
    if soaking:
        config.hook.pytest_deselected(items=soaking)
        items[:] = [item for item in items if item not in soaking]


def pytest_collection_finish() -> None:
    """Leave out of garbage collection what is loaded by now and stays: to look through it took a tenth of the time."""
    gc.collect()
    gc.freeze()


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
def media_folder(tmp_path: Path, settings: Settings) -> Path:
    """Give each test an empty folder for uploads and renditions, gone with the test."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Let no test be refused for what another one asked."""
    for memory in (limits.nearby, limits.instead):
        memory.clear()


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what the edge knew of the database of the test before, whose positions come again in this one's."""
    monkeypatch.setattr("gazeti.edge.facts._facts", {})
    for name, value in vars(Truth()).items():
        monkeypatch.setattr(truth, name, value)


@pytest.fixture
def shared() -> Path:
    """Return the folder ../shared; the test is marked `material`."""
    return needs.SHARED
