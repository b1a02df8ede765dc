"""429: a sentence for a person, a problem for a program, and when to come back for both."""

import json

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from gazeti import guard

REFUSED = guard.Verdict(allowed=False, retry_after=20, limit="three")


def test_a_person_is_told_in_a_sentence_when_to_come_back(settings: Settings) -> None:
    settings.GAZETI_LANGUAGE = "en-KE"
    answer = guard.too_many(RequestFactory().get("/", headers={"accept": "text/html,*/*;q=0.8"}), REFUSED)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, "20", "no-store")
    html = answer.content.decode()
    assert '<html lang="en-KE">' in html
    assert "Try again in 20 seconds." in html


@pytest.mark.parametrize("accepted", ["application/json", "application/problem+json", "application/json, */*;q=0.1"])
def test_a_program_gets_a_problem(accepted: str) -> None:
    answer = guard.too_many(RequestFactory().get("/", headers={"accept": accepted}), REFUSED)
    assert (answer.status_code, answer["Retry-After"]) == (429, "20")
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 429


@pytest.mark.parametrize("accepted", ["*/*", "", "text/html"])
def test_whoever_takes_anything_gets_the_page(accepted: str) -> None:
    answer = guard.too_many(RequestFactory().get("/", headers={"accept": accepted}), REFUSED)
    assert answer["Content-Type"].startswith("text/html")
