"""Where a form was sent from: the browser's own word, without a cookie or a token."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from gazeti.guard.origins import Origin, origin_of

HERE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def paper(settings: Settings) -> None:
    """Give the newsroom an address; behind it a proxy asks for localhost."""
    settings.GAZETI_ADDRESS, settings.GAZETI_ADDRESS_IS_SET = "https://paper.example", True
    settings.ALLOWED_HOSTS = ["localhost", "paper.example", "[::1]"]


def origin(host: str = "paper.example", **headers: str) -> Origin:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return origin_of(RequestFactory().post("/a/b/comments/", headers={"host": host, **sent}))


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"sec_fetch_site": "same-origin"}, Origin.OURS),
        ({"sec_fetch_site": "Same-Origin "}, Origin.OURS),
        ({"sec_fetch_site": "same-site"}, Origin.FOREIGN),
        ({"sec_fetch_site": "cross-site"}, Origin.FOREIGN),
        ({"sec_fetch_site": "none"}, Origin.FOREIGN),
        ({"sec_fetch_site": "cross-site", "origin": "https://paper.example"}, Origin.FOREIGN),
        ({"origin": "https://paper.example"}, Origin.OURS),
        ({"origin": "HTTPS://PAPER.example"}, Origin.OURS),
        ({"origin": "https://paper.example:8443"}, Origin.FOREIGN),
        ({"origin": "https://paper.example.evil.example"}, Origin.FOREIGN),
        ({"origin": "https://evil.example"}, Origin.FOREIGN),
        ({"origin": "null"}, Origin.UNSAID),
        ({"origin": "null", "sec_fetch_site": "cross-site"}, Origin.FOREIGN),
        ({"origin": "javascript:alert(1)"}, Origin.FOREIGN),
        ({"origin": "https://[broken"}, Origin.FOREIGN),
        ({"origin": "https://evil.example", "referer": "https://paper.example/a/"}, Origin.FOREIGN),
        ({"referer": "https://paper.example/a/b/"}, Origin.OURS),
        ({"referer": "https://evil.example/?https://paper.example/"}, Origin.FOREIGN),
        ({"referer": "https://paper.example@evil.example/"}, Origin.FOREIGN),
        ({}, Origin.UNSAID),
        ({"origin": " ", "referer": ""}, Origin.UNSAID),
    ],
    ids=str,
)
def test_the_surest_field_that_is_there_decides(headers: dict[str, str], found: Origin) -> None:
    assert origin(**headers) is found


def test_the_host_that_was_asked_for_is_ours_too() -> None:
    assert origin("localhost:8000", origin=HERE) is Origin.OURS
    assert origin("[::1]:8000", origin="http://[::1]:8000") is Origin.OURS
    assert origin("localhost:8000", origin="http://localhost:9000") is Origin.FOREIGN
    assert origin("localhost:8000", origin="ftp://localhost:8000") is Origin.FOREIGN
