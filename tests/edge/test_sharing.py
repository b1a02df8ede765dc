"""Two workers with one store: what one rendered the other gives, and knows by it what else is another page."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.processes import until
from tests.edge.pairs import RECENT, got_the_claim, workers
from tests.edge.stage import STORY, Page, Stage, Told, played

__all__ = ["workers"]


def ask(worker: Stage, *addresses: str) -> list[Told]:
    """Ask for each, one after another, in an event loop of its own; what is to be kept is kept then."""

    async def play() -> list[Told]:
        told = [await worker.get(address) for address in addresses]
        await asyncio.to_thread(worker.edge.flights.keeping.submit(int).result)
        return told

    answered: list[Told] = played(play)
    return answered


def asked(workers: list[Stage]) -> list[str]:
    """What Django was asked for in all."""
    return [address for one in workers for address in one.django.asked]


def test_of_two_workers_that_are_asked_at_once_one_renders(workers: list[Stage]) -> None:
    for one in workers:
        one.django.gate.clear()
    with ThreadPoolExecutor(2) as readers:
        asking = [readers.submit(ask, one, STORY) for one in workers]
        until(lambda: None not in got_the_claim(workers), "both want to render")
        for one in workers:
            one.django.gate.set()
        told = [one.result()[0] for one in asking]
    assert sorted(map(bool, got_the_claim(workers))) == [False, True]
    assert asked(workers) == [STORY]
    assert [one.body for one in told] == [b"story " * 99] * 2
    assert told[0].headers["etag"] == told[1].headers["etag"]


def test_a_second_worker_learns_from_the_first_which_parameters_make_another_page(workers: list[Stage]) -> None:
    first, second = workers
    ask(first, RECENT, f"{RECENT}?page=2")
    addresses = [f"{RECENT}?page=2&fbclid=1", f"{RECENT}?fbclid=2", f"{RECENT}?page=3"]
    told = ask(second, *addresses)
    assert [one.body for one in told] == [b"page 2 " * 99, b"page 1 " * 99, b"page 3 " * 99]
    assert second.django.asked == [f"{RECENT}?page=3"]


@pytest.mark.parametrize("number", [0, 1], ids=["the worker that knows the page", "another"])
def test_who_asked_before_it_was_known_what_matters_is_given_the_page_once_the_database_is_away(
    workers: list[Stage], number: int
) -> None:
    first, asks = workers[0], workers[number]
    others_were_given = threading.Event()

    def say(query: str) -> Page:
        if query:
            others_were_given.wait(20)
            return Page("the database is away", status=503, tags=frozenset())
        return Page("story " * 99)

    first.django.lists[STORY] = asks.django.lists[STORY] = say

    async def play() -> Told:
        waiting = asyncio.create_task(asks.get(f"{STORY}?fbclid=1"))
        while not asks.django.asked:
            await asyncio.sleep(0)
        assert (await first.get(STORY)).status == 200
        await asyncio.to_thread(first.edge.flights.keeping.submit(int).result)
        others_were_given.set()
        return await waiting

    told: Told = played(play)
    assert (told.status, told.body) == (200, b"story " * 99)
