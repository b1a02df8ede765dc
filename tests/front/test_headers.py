"""Headers of every readers' answer: one policy, no cookie, nothing that differs by person (house decision 2)."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from gazeti.stories.actions import topic_named
from tests.newsroom import make_story, make_withdrawn

pytestmark = pytest.mark.django_db
LISTS = ("/", "/city-affairs/", "/recent/", "/authors/amina-farah/", "/topics/water/", "/search/", "/search/?q=x")
PATHS = (*LISTS, "story", "gone", "/nothing/", "/robots.txt", "/favicon.svg")


@pytest.fixture
def address(client: Client):
    story, gone = make_story(topics=[topic_named("Water")]), make_withdrawn()
    return lambda path: {"story": story.address, "gone": gone.address}.get(path, path)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(client: Client, address, path: str) -> None:
    headers = client.get(address(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_sets_or_heeds_a_cookie(client: Client, admin_client: Client, address, path: str) -> None:
    anonymous, signed_in = client.get(address(path)), admin_client.get(address(path))
    assert not anonymous.cookies
    assert not signed_in.cookies
    assert "cookie" not in anonymous.get("Vary", "").lower()
    assert anonymous.content == signed_in.content


@pytest.mark.parametrize("path", ["/", "story", "/recent/", "/nothing/", "gone"])
def test_the_inlined_style_is_the_one_that_the_policy_allows(client: Client, address, path: str) -> None:
    answer = client.get(address(path))
    styles = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "story", "/recent/", "/city-affairs/", "/search/?q=x", "/nothing/"])
def test_a_page_blocks_on_nothing_but_itself_and_asks_no_other_host(client: Client, address, path: str) -> None:
    html = client.get(address(path)).content.decode()
    assert "<script" not in html
    assert 'rel="stylesheet"' not in html
    assert not re.search(r'(?:src|srcset|data)="(?:https?:)?//', html)
    assert "@import" not in html
    assert "@font-face" not in html
    assert "style=" not in html


def test_behind_tls_browsers_are_told_to_stay_there(client: Client, address, settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


def test_a_foreign_host_is_refused_and_never_repeated(client: Client, address, settings) -> None:
    settings.ALLOWED_HOSTS = ["paper.example"]
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    html = client.get("/", headers={"host": "paper.example"}).content.decode()
    assert "paper.example" not in html


def test_two_answers_are_the_same_bytes(client: Client, address) -> None:
    for path in ("/", "story", "/recent/"):
        assert client.get(address(path)).content == client.get(address(path)).content


def test_the_failure_page_needs_no_database(client: Client, monkeypatch, django_assert_num_queries) -> None:
    from django.test import RequestFactory

    from gazeti.front.views import failed

    with django_assert_num_queries(0):
        answer = failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Something broke on our side" in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_refused_in_our_own_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert b"This was not accepted" in answer.content
    assert b"DEBUG" not in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_a_request_to_a_host_that_is_not_ours_is_refused_in_our_own_words(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["paper.example"]
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"This request could not be understood" in answer.content


def test_a_view_that_breaks_shows_the_failure_page(client: Client, address, monkeypatch) -> None:
    from gazeti.front import queries

    client.raise_request_exception = False
    monkeypatch.setattr(queries, "surroundings", lambda: 1 / 0)
    answer = client.get("/recent/")
    assert answer.status_code == 500
    assert b"Something broke on our side" in answer.content


def test_robots_are_kept_from_desk_account_search_api_and_drafts(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /account/",
        "Disallow: /search/",
        "Disallow: /api/",
        "Disallow: /drafts/",
        "Disallow: /comments/all/",
    ]


def test_the_favicon_is_a_drawing_that_may_be_kept(client: Client) -> None:
    answer = client.get("/favicon.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert "max-age" in answer["Cache-Control"]
