"""Proof of work: as ALTCHA writes it, for one purpose, one day and one use."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.conf import settings

from gazeti.guard import work

NOW = 1_800_000_000.0
FEW = 50

pytestmark = pytest.mark.django_db


def asked(purpose: str = "comments:1", *, now: float = NOW) -> dict[str, Any]:
    return work.challenge(purpose, now=now, most=FEW)


def changed(payload: str, **facts: Any) -> str:
    said = json.loads(base64.b64decode(payload))
    return base64.b64encode(json.dumps({**said, **facts}).encode()).decode()


def is_taken(payload: str, purpose: str = "comments:1", *, now: float = NOW + 60) -> bool:
    return work.judged(purpose, payload, now=now) is not None


def test_a_challenge_is_as_altcha_writes_it() -> None:
    one = work.challenge("comments:1", now=NOW)
    assert set(one) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}
    assert (one["algorithm"], one["maxnumber"]) == ("SHA-256", 50_000)
    assert one["salt"].partition("?")[2] == "expires=1800086400&"
    hashes = [hashlib.sha256(f"{one['salt']}{number}".encode()).hexdigest() for number in range(50_001)]
    assert hashes.count(one["challenge"]) == 1
    key = hashlib.sha256(f"gazeti.guard.work:comments:1:{settings.SECRET_KEY}".encode()).digest()
    assert hmac.new(key, one["challenge"].encode(), "sha256").hexdigest() == one["signature"]


def test_who_worked_is_let_through_for_a_day() -> None:
    payload = work.solved(asked())
    assert is_taken(payload)
    assert is_taken(payload, now=NOW + 86_399)
    assert not is_taken(payload, now=NOW + 86_400)


def test_work_for_one_story_is_none_for_another() -> None:
    assert not is_taken(work.solved(asked()), "comments:2")


@pytest.mark.parametrize(
    "facts",
    [
        {"number": 51},
        {"number": "1"},
        {"number": True},
        {"number": None},
        {"signature": "0" * 64},
        {"signature": "ü"},
        {"signature": 7},
        {"algorithm": "SHA-1"},
        {"salt": "abc?expires=9999999999&"},
        {"challenge": "0" * 64},
    ],
    ids=str,
)
def test_what_was_changed_is_not_taken(facts: dict[str, Any]) -> None:
    payload = work.solved(asked())
    assert is_taken(payload)
    assert not is_taken(changed(payload, **facts))


@pytest.mark.parametrize("payload", ["", "x", "é", "W10=", "bnVsbA==", "e30=", "WzFd", "[" * 1999, "QQ==" * 900])
def test_what_is_no_solution_is_not_taken(payload: str) -> None:
    assert not is_taken(payload)


def test_json_nested_without_end_is_not_taken() -> None:
    assert not is_taken(base64.b64encode(b"[" * 1_400).decode())


def test_figures_do_not_wander_from_the_salt_into_the_number() -> None:
    """A later end could else be written by moving the first figures of the number to the end of the salt."""
    one = asked()
    payload = work.solved(one)
    number = json.loads(base64.b64decode(payload))["number"]
    moved = changed(payload, salt=f"{one['salt']}{str(number)[:1]}", number=int(str(number)[1:] or 0))
    found = work.judged("comments:1", moved, now=NOW + 86_400)
    assert found is None


def test_a_solution_is_good_for_one_use() -> None:
    payload = work.solved(asked())
    solution = work.judged("comments:1", payload, now=NOW)
    assert solution
    assert work.spent(solution, now=NOW)
    assert not work.spent(solution, now=NOW)
    assert not is_taken(payload)
    assert not is_taken(payload, now=NOW + 86_399)


def test_work_that_a_replaced_secret_asked_for_still_counts(settings: Any) -> None:
    payload = work.solved(asked())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert is_taken(payload)
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_taken(payload)
