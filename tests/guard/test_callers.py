"""What a request tells of its sender."""

import pytest
from django.test import RequestFactory

from gazeti import guard
from gazeti.guard.callers import network


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("[2001:db8:1:2::1]:4711", "2001:db8:1:2::/64"),
        ("64:ff9b::192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_ipv4_is_counted_whole_and_ipv6_by_what_a_subscriber_is_given(address: str, counted_as: str) -> None:
    assert network(address) == counted_as


def test_what_the_client_says_of_its_address_counts_for_nothing() -> None:
    headers = {"x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9", "forwarded": "for=203.0.113.9"}
    request = RequestFactory(REMOTE_ADDR="198.51.100.7").get("/", headers=headers)
    assert guard.address_of(request) == "198.51.100.7"


def test_two_browsers_behind_one_address_differ_and_neither_is_named() -> None:
    one, other = (
        RequestFactory(REMOTE_ADDR="198.51.100.7").get("/", headers={"user-agent": f"Nokia {number}"})
        for number in (1, 2)
    )
    assert guard.facts_of(one)["address"] == guard.facts_of(other)["address"]
    assert guard.facts_of(one)["device"] != guard.facts_of(other)["device"]
    assert "Nokia" not in guard.facts_of(one)["device"]
