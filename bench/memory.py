"""Memory of whole stacks with one worker: idle after the first answers, and with a thousand stories' pages kept."""

from collections.abc import Mapping
from pathlib import Path

from bench.cores import resident_mb
from bench.figures import Part, Table
from bench.newsroom import settings_of
from bench.queries import database
from bench.servers import in_service
from bench.text import PageText
from bench.visible import copied
from bench.wire import fetch

STORIES = 1_000
PEERS = {"Wagtail 8": 182, "WordPress 6.1": 226, "Ghost 6.65": 435}
"""Idle megabytes, measured on another day (docs/measurements.md)."""


def measure(home: Path, _text: PageText, addresses: Mapping[str, str]) -> Part:
    """Weigh `gazeti serve` at each stage. Raises NotStarted."""
    with copied(home, STORIES) as grown:
        with database(grown / "gazeti.db"):
            paths = _paths()
        idle, full = _weighed(grown, list(addresses.values()), paths)
    each = (full - idle) * 1000 / len(paths)
    rows: list[tuple[object, ...]] = [("gazeti serve, one worker, tasks and clock", round(idle), "")]
    rows += [(f"the same, {len(paths):,} pages kept", round(full), f"{each:.0f} kB a page")]
    rows += [(f"{name}, idle", megabytes, "measured earlier") for name, megabytes in PEERS.items()]
    data = {"idle_mb": idle, "full_mb": full, "pages": len(paths)}
    return Part(
        [Table("Memory", ("server", "MB", ""), rows, "PSS of all its processes: shared pages count once.")], data
    )


def _weighed(home: Path, first: list[str], more: list[str]) -> tuple[float, float]:
    with in_service(settings_of(home), workers=1) as served:
        for path in first:
            fetch(served.port, path)
        idle = resident_mb(served.process.pid)
        for path in more:
            fetch(served.port, path)
        return idle, resident_mb(served.process.pid)


def _paths() -> list[str]:
    from gazeti.stories.models import Story

    return [story.address for story in Story.objects.filter(live=True)]
