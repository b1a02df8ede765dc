"""Web addresses inside plain text."""

import pytest

from gazeti.plain.addresses import host_of, links_in, undeceiving


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See http://a.example/b?c=d#e.", ["http://a.example/b?c=d#e"]),
        ("(https://a.example/x_(y)), and HTTPS://B.example!", ["https://a.example/x_(y)", "HTTPS://B.example"]),
        ('<a href="http://a.example">http://a.example</a>', ["http://a.example", "http://a.example"]),
        ("[url=https://a.example/]x[/url]", ["https://a.example/"]),
        ("www.a.example, bit.ly/x or", ["www.a.example", "bit.ly/x"]),
        ("nation.co.ke and a-b.com.", ["nation.co.ke", "a-b.com"]),
        ("It is finished.So what. e.g. 3.14 v2.0 asha@a.com xhttp://a.example", []),
        ("javascript:alert(1) ftp://a.example/x data:text/html,x", ["a.example/x"]),
    ],
)  # fmt: skip
def test_addresses_are_found_as_they_stand(text: str, links: list[str]) -> None:
    assert links_in(text) == links


@pytest.mark.parametrize(
    "address",
    [
        "http://bank.example@evil.example/",
        "http://bank.example%2f@evil.example",
        "http://a..example",
        "http://nodots",
        "http://http://",
        "http://a.example:99999999/",
        f"http://{'a' * 64}.example/",
        "http://.example",
    ],
)
def test_what_hides_its_host_or_has_none_leads_nowhere(address: str) -> None:
    assert host_of(address) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://pаypal.com/x", "https://xn--pypal-4ve.com/x"),
        ("https://аррӏе.com", "https://xn--80ak6aa92e.com"),
        ("https://ɡoogle.com:80/", "https://xn--oogle-qmc.com:80/"),
        ("https://münchen.de", "https://münchen.de"),
        ("https://łódź.pl", "https://łódź.pl"),
        ("https://жизнь.рф/жук", "https://жизнь.рф/жук"),
        ("https://日本カ.jp", "https://日本カ.jp"),
    ],
)
def test_a_host_that_could_be_taken_for_another_is_shown_in_ascii(address: str, shown: str) -> None:
    assert undeceiving(address) == shown
