"""Signed tokens: bound to a purpose, over in their time, spent once, and nothing else is taken for one."""

import random
import re
from datetime import timedelta

import pytest
from pytest_django import Settings

from gazeti import guard

NOW = 1_800_000_000.0
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("payload", [None, 12, "Asha", {"comment": 12, "may": ["edit"]}, "habari ☕ \x00", []], ids=str)
def test_a_token_says_what_was_signed_until_it_ends(payload: object) -> None:
    token = guard.sign("mine", payload, lasts=MINUTE, now=NOW)
    assert re.fullmatch(r"[\w-]+", token, re.ASCII)
    assert guard.read("mine", token, now=NOW + 59.9) == payload
    with pytest.raises(guard.Expired):
        guard.read("mine", token, now=NOW + 60)


def test_it_is_short() -> None:
    assert len(guard.sign("mine", 123_456, lasts=MINUTE)) <= 38
    assert len(guard.sign("mine", 123_456, lasts=MINUTE, once=True)) <= 49


def test_for_another_purpose_it_is_forged() -> None:
    token = guard.sign("mine", 1, lasts=MINUTE, now=NOW)
    with pytest.raises(guard.Forged):
        guard.read("other", token, now=NOW)


def test_whatever_is_changed_in_it_is_seen() -> None:
    die = random.Random(3)
    token = guard.sign("mine", {"comment": 12}, lasts=MINUTE, now=NOW)
    for _ in range(300):
        at = die.randrange(len(token) - 1)
        changed = token[:at] + die.choice("ABCxyz019-_".replace(token[at], "")) + token[at + 1 :]
        with pytest.raises(guard.NotGood):
            guard.read("mine", changed, now=NOW)


@pytest.mark.parametrize(
    "token", ["", "a", "AAAA", "ünïcode", "a" * 5000, "=", "....", "A" * 30, "%00", "a b", "\n"], ids=repr
)
def test_what_was_never_signed_is_forged_and_no_error(token: str) -> None:
    with pytest.raises(guard.Forged):
        guard.read("mine", token, now=NOW)


def test_what_is_too_long_for_an_address_is_refused_when_it_is_signed() -> None:
    with pytest.raises(ValueError, match="at most 2000"):
        guard.sign("mine", "x" * 2000, lasts=MINUTE)


def test_a_secret_that_was_replaced_still_opens_what_it_signed_while_it_is_named(settings: Settings) -> None:
    token = guard.sign("mine", 1, lasts=MINUTE, now=NOW)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(guard.Forged):
        guard.read("mine", token, now=NOW)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert guard.read("mine", token, now=NOW) == 1


@pytest.mark.database
@pytest.mark.django_db
class TestOnce:
    def test_it_is_spent_once_and_a_look_spends_nothing(self) -> None:
        token = guard.sign("decide", 7, lasts=MINUTE, once=True, now=NOW)
        assert guard.read("decide", token, now=NOW) == guard.read("decide", token, now=NOW) == 7
        assert guard.spend("decide", token, now=NOW) == 7
        for use in (guard.spend, guard.read):
            with pytest.raises(guard.Spent):
                use("decide", token, now=NOW)

    def test_two_that_say_the_same_are_spent_apart(self) -> None:
        one, other = (guard.sign("decide", 7, lasts=MINUTE, once=True, now=NOW) for _ in range(2))
        assert guard.spend("decide", one, now=NOW) == guard.spend("decide", other, now=NOW) == 7

    def test_written_another_way_it_is_still_the_same(self) -> None:
        """The last sign of base64 has bits that say nothing: another sign there is no other token."""
        token = guard.sign("decide", 7, lasts=MINUTE, once=True, now=NOW)
        guard.spend("decide", token, now=NOW)
        signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for sign in signs:
            with pytest.raises(guard.NotGood):
                guard.spend("decide", token[:-1] + sign, now=NOW)

    def test_after_its_end_it_is_over_and_not_free_again(self) -> None:
        token = guard.sign("decide", 7, lasts=MINUTE, once=True, now=NOW)
        guard.spend("decide", token, now=NOW)
        with pytest.raises(guard.Spent):
            guard.spend("decide", token, now=NOW + 59.9)
        with pytest.raises(guard.Expired):
            guard.spend("decide", token, now=NOW + 60)

    def test_one_that_was_not_signed_for_one_use_cannot_be_spent(self) -> None:
        with pytest.raises(guard.Forged):
            guard.spend("decide", guard.sign("decide", 7, lasts=MINUTE, now=NOW), now=NOW)
