"""How often the API's callers may call, and how many tokens or links that open nothing may be tried."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from gazeti import guard
from gazeti.guard.models import Tally
from gazeti.stories.actions import share_draft
from gazeti.stories.api import door
from gazeti.stories.views import share
from tests.guard.stillness import time_stands_still
from tests.newsroom import make_draft
from tests.stories.calling import Program, somebody

__all__ = ["time_stands_still"]

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("time_stands_still")]
ELSEWHERE = "198.51.100.7"


def use_up(limit: guard.Limit, **facts: object) -> None:
    """Count until it refuses."""
    while guard.allow(limit, **facts).allowed:
        continue


def test_a_program_that_calls_now_and_then_is_not_written_down() -> None:
    program = Program(somebody("Reporters"))
    assert [program("get", "whoami/").status_code for _ in range(5)] == [200] * 5
    assert not Tally.objects.exists()


def test_one_that_calls_without_a_pause_is_told_when_to_come_back_and_no_other_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(door, "CALLS", replace(door.CALLS, most=5, slack=2))
    one, other = Program(somebody("Reporters")), Program(somebody("Reporters"))
    use_up(door.CALLS, token=one("get", "whoami/").wsgi_request.api_token.pk)
    answer = one("get", "whoami/")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer["Cache-Control"] == "no-store"
    assert other("get", "whoami/").status_code == 200


def test_who_sends_tokens_that_open_nothing_is_refused_and_their_neighbours_good_token_is_not() -> None:
    program = Program(somebody("Reporters"))
    wrong = Program(token=program.token[:-1] + ("a" if program.token[-1] != "a" else "b"))
    for _ in range(door.FAILURES[0].most):
        assert wrong("get", "whoami/").status_code == 401
    answer = wrong("get", "whoami/")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert int(answer["Retry-After"]) >= 1
    assert program("get", "whoami/").status_code == 200
    wrong.client.defaults["REMOTE_ADDR"] = ELSEWHERE
    assert wrong("get", "whoami/").status_code == 401


def test_who_guesses_links_of_drafts_is_looked_up_no_more_and_another_device_beside_them_is() -> None:
    client = Client()
    link = f"/drafts/{share_draft(make_draft(), days=7, now=timezone.now())[1]}/"
    for number in range(share.GUESSES[0].most):
        assert client.get(f"/drafts/guess-number-{number}-of-many-that-are-wrong/").status_code == 404
    for address in ("/drafts/one-more-that-is-wrong/", "/drafts/one-more-that-is-wrong/media/pictures/a/b.webp", link):
        answer = client.get(address)
        assert answer.status_code == 429, address
        assert int(answer["Retry-After"]) >= 1
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
    assert client.get(link, headers={"user-agent": "a colleague's phone"}).status_code == 200
    assert client.get(link, REMOTE_ADDR=ELSEWHERE).status_code == 200


def test_who_opens_a_link_that_was_given_is_not_counted() -> None:
    client = Client()
    link = f"/drafts/{share_draft(make_draft(), days=7, now=timezone.now())[1]}/"
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert not Tally.objects.exists()


def test_a_carriers_phones_share_a_far_wider_limit_than_one_device() -> None:
    for narrow, wide in (door.FAILURES, share.GUESSES):
        assert (narrow.by, wide.by) == (("address", "device"), ("address",))
        assert (wide.most, wide.seconds) == (10 * narrow.most, narrow.seconds)


def test_the_limits_lasts_are_no_longer_than_is_told(settings: Settings) -> None:
    """The wait that a refused guesser is told is the wait after which one more is looked up."""
    now = timezone.now().timestamp()
    facts = {"address": "192.0.2.9", "device": "x"}
    for _ in range(share.GUESSES[0].most):
        guard.allow(*share.GUESSES, now=now, **facts)
    told = guard.peek(*share.GUESSES, now=now, **facts).retry_after
    assert timedelta(seconds=told) <= timedelta(seconds=share.GUESSES[0].seconds)
    assert guard.peek(*share.GUESSES, now=now + told, **facts).allowed
