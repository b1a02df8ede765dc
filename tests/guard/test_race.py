"""Processes that race, and one that is killed in the middle: never more than is allowed, never something twice."""

import pytest
from django.http import HttpResponse

from gazeti import guard
from gazeti.guard.models import Done
from tests.guard.racing import HAMMERED, begin, line_of, racers, rest_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_three_processes_of_which_one_is_killed_get_as_many_as_one_limit_allows(counted_in: str) -> None:
    """The killed one may have been let through once more than it could say."""
    with racers("hammer", count=3, times=110) as [victim, *others]:
        begin(victim)
        heard = [line_of(victim)]
        for process in others:
            begin(process)
        victim.kill()
        heard += rest_of(victim)
        said = [rest_of(process) for process in others]
        assert [process.returncode for process in others] == [0, 0]
    assert HAMMERED.most - 1 <= len(heard) + sum(map(len, said)) <= HAMMERED.most
    assert not guard.allow(HAMMERED, who="all").allowed
    assert {line for lines in (heard, *said) for line in lines} <= {"yes"}


def test_what_was_under_way_in_a_process_that_was_killed_is_done_once_by_whoever_asks_again() -> None:
    with racers("begin", count=1) as [process]:
        begin(process)
        assert line_of(process) == "in the middle"
        process.kill()
        process.wait()

        def answer() -> HttpResponse:
            Done.objects.create(mark="deed of the next", until=0)
            return HttpResponse("of the next", status=201)

        again = [guard.once("key-1234", scope="race", fingerprint="x", answer=answer) for _ in range(2)]
    assert [one.content for one in again] == [b"of the next"] * 2
    assert list(Done.objects.values_list("mark", flat=True)) == ["deed of the next"]
