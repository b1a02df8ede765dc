"""Traps for robots: what each tells, that a person falls into none, and that the form needs no script."""

import re
import time

import pytest
from django.http import QueryDict
from django.test import Client

from gazeti.guard import facts_of, traps

NOW = 1_800_000_000.0
HTML = re.compile(r'name="(\w+)" value="([^"]*)"')

pytestmark = pytest.mark.django_db


def form(*, now: float = NOW, **typed: str) -> dict[str, str]:
    """Return what a browser sends of the form as it was shown, with what somebody typed."""
    return {**dict(HTML.findall(traps.fields("comment", now=now))), **typed}


def test_a_person_who_takes_their_time_is_in_no_trap() -> None:
    sent = form(body="Asante sana")
    assert set(sent) == {"body", "remarks", "shown"}
    for seconds in (3, 60, 23 * 3600):
        assert traps.judge(sent, purpose="comment", now=NOW + seconds).is_clear


@pytest.mark.parametrize(
    ("typed", "seconds", "reasons"),
    [
        ({"remarks": "https://pills.example"}, 60, ("filled",)),
        ({}, 2.9, ("fast",)),
        ({}, 24 * 3600, ("stale",)),
        ({"shown": ""}, 60, ("unstamped",)),
        ({"shown": "x" * 30}, 60, ("forged",)),
        ({"remarks": "x", "shown": ""}, 0, ("filled", "unstamped")),
        ({"remarks": "  "}, 60, ()),
    ],
    ids=str,
)
def test_each_trap_says_why(typed: dict[str, str], seconds: float, reasons: tuple[str, ...]) -> None:
    assert traps.judge(form(**typed), purpose="comment", now=NOW + seconds).reasons == reasons


def test_a_time_that_was_signed_for_another_form_is_forged() -> None:
    assert traps.judge(form(), purpose="letter", now=NOW + 60).reasons == ("forged",)


def test_a_form_that_came_empty_is_only_unstamped() -> None:
    assert traps.judge(QueryDict(""), purpose="comment", now=NOW).reasons == ("unstamped",)


@pytest.mark.database
def test_whoever_asks_for_the_address_that_nobody_is_led_to_is_remembered_for_an_hour(client: Client) -> None:
    robot = {"user-agent": "Collector/1.0"}
    answer = client.get(traps.ADDRESS, headers=robot)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "noindex" in answer["X-Robots-Tag"]
    now = time.time()
    sent = form(now=now)
    fallen = facts_of(answer.wsgi_request)
    person = {**fallen, "device": "another"}
    assert traps.judge(sent, purpose="comment", facts=fallen, now=now + 60).reasons == ("fallen",)
    assert traps.judge(sent, purpose="comment", facts=person, now=now + 60).is_clear
    assert traps.judge(sent, purpose="comment", facts=fallen, now=now + 3700).is_clear


def test_robots_are_asked_to_stay_away_from_it(client: Client) -> None:
    assert f"Disallow: {traps.ADDRESS}" in client.get("/robots.txt").content.decode()


def test_nobody_who_reads_by_ear_or_by_keyboard_meets_the_field() -> None:
    """It is hidden from the accessibility tree, no Tab leads into it, no browser fills it in; it has a label anyway."""
    html = traps.fields("comment", now=NOW)
    trap = html[: html.index("</div>")]
    assert 'aria-hidden="true"' in trap
    assert all('tabindex="-1"' in tag for tag in re.findall(r"<(?:input|a) [^>]*>", trap))
    assert 'autocomplete="off"' in trap
    assert '<label for="remarks">' in trap
    assert "<script" not in html
    assert "style=" not in html
