"""Sizes and links read as people write them."""

import pytest

from gazeti.plain.links import host_of, share_links
from gazeti.plain.numbers import file_size


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 B"), (24_300, "24 kB"), (1_500_000, "1.5 MB"), (2_000_000_000, "2 GB")]
)
def test_sizes_have_decimal_units(size: int, text: str) -> None:
    assert file_size(size, language="en-KE") == text


def test_share_links_carry_title_and_address_and_ask_nothing() -> None:
    links = dict(share_links("https://paper.example/a/b/", "Rock & roll?"))
    assert list(links) == ["WhatsApp", "Facebook", "X", "email"]
    assert links["WhatsApp"] == "https://wa.me/?text=Rock%20%26%20roll%3F%20https%3A%2F%2Fpaper.example%2Fa%2Fb%2F"
    assert links["email"].startswith("mailto:?subject=Rock%20%26%20roll%3F&body=https%3A")


@pytest.mark.parametrize(("address", "host"), [("https://www.iptc.org/x", "iptc.org"), ("nothing", "")])
def test_a_card_names_the_site(address: str, host: str) -> None:
    assert host_of(address) == host
