"""The log for minutes: processes that race while followers come and go, and ten thousand followers in one process."""

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from gazeti import log
from gazeti.log import following
from gazeti.log.following import crowds
from tests.log.races import Race

FOLLOWERS = 10_000

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


def resident() -> int:
    """Return the bytes of memory that this process has now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def test_ten_thousand_followers_cost_one_reader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads: list[object] = []
    ask = crowds._asked
    monkeypatch.setattr(crowds, "_asked", lambda question: (reads.append(question), ask(question))[1])
    got = Counter[int]()

    async def one() -> None:
        async for entry in following.follow(after=0, stream="coverage:1"):
            got[entry.number] += 1

    async def story() -> None:
        before = resident()
        crowd = [asyncio.create_task(one()) for _follower in range(FOLLOWERS)]
        while got[1] < FOLLOWERS:
            await asyncio.sleep(0.001)
        each, spans = (resident() - before) / FOLLOWERS, []
        for number in range(2, 22):
            began, spent = time.monotonic(), time.process_time()
            await asyncio.to_thread(log.append, "coverage:1", "post")
            while got[number] < FOLLOWERS:
                await asyncio.sleep(0)
            spans.append((time.monotonic() - began, time.process_time() - spent))
        wall, worked = (median(span[which] * 1000 for span in spans) for which in (0, 1))
        with capsys.disabled():
            print(f"\n{FOLLOWERS} followers: {each / 1024:.1f} KiB each; one entry to all in {wall:.0f} ms "  # noqa: T201
                  f"({worked:.0f} ms of work), worst {max(spans)[0] * 1000:.0f} ms; {len(reads)} reads")  # fmt: skip
        assert each < 10 * 1024
        for task in crowd:
            task.cancel()
        await asyncio.wait(crowd)

    log.append("coverage:1", "post")
    asyncio.run(story())
    assert len(reads) == 2
    assert set(got.values()) == {FOLLOWERS}
