"""Two machines on one PostgreSQL, each with its page store: what one publishes makes the pages of the other untrue."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cli.processes import Server, answer_of, gazeti, serving, until
from tests.needs import ROOT
from tests.services.postgresql import postgresql
from tests.services.redis import redis

PUBLISH = """
from django.utils import timezone
from gazeti.stories.actions import publish_story
from tests.newsroom import make_draft
publish_story(make_draft(headline={headline!r}, published_at=None), now=timezone.now())
"""


def publish(home: Path, headline: str, **variables: str) -> None:
    """Publish a story on one machine, in a process of its own."""
    done = gazeti("--home", home, "manage", "shell", "-c", PUBLISH.format(headline=headline), cwd=ROOT, **variables)
    assert done.returncode == 0, done.stderr


def filed(home: Path) -> dict[Path, int]:
    """Return the files of pages that this machine's nginx would serve, each with its number on the disk."""
    return {path: path.stat().st_ino for path in (home / "store" / "pages").rglob("*") if path.is_file()}


@contextmanager
def two_machines(folder: Path, **variables: str) -> Iterator[list[tuple[Path, Server]]]:
    """Serve one database from two folders."""
    homes = [folder / "one", folder / "two"]
    for home in homes:
        home.mkdir()
    done = gazeti("--home", homes[0], "manage", "migrate", "--verbosity", "0", **variables)
    assert done.returncode == 0, done.stderr
    publish(homes[0], "The bridge is planned", **variables)
    with ExitStack() as all_of_them:
        served = [all_of_them.enter_context(serving(home, "--workers", "1", **variables)) for home in homes]
        yield list(zip(homes, served, strict=True))


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "with_redis", [pytest.param(False, id="NOTIFY"), pytest.param(True, id="Redis", marks=pytest.mark.soak)]
)
def test_what_one_publishes_makes_the_pages_of_the_other_untrue(tmp_path: Path, with_redis: bool) -> None:
    with ExitStack() as services:
        variables = {
            "DATABASE_URL": services.enter_context(postgresql()),
            "GAZETI_SECRET": "signs-only-what-tests-sign",
        }
        if with_redis:
            variables["REDIS_URL"] = services.enter_context(redis()).url
        (one, first), (two, second) = services.enter_context(two_machines(tmp_path, **variables))
        for home, server in ((one, first), (two, second)):
            assert "The bridge is planned" in answer_of(server.url())[1]
            until(lambda home=home: filed(home), "the page is filed")
        before = filed(two)
        publish(one, "The bridge is open", **variables)
        for server in (first, second):
            until(lambda server=server: "The bridge is open" in answer_of(server.url())[1], "the other answers anew")
        until(lambda: not before.items() & filed(two).items(), "what was filed before is gone")
