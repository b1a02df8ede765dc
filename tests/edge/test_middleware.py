"""Every answer carries its headers, and readers' bytes are the same each time."""

import gzip

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from gazeti import edge
from gazeti.edge.middleware import DeclaredTags, Encoding, SecurityHeaders

LONG = b"<p>The bridge is open.</p>" * 40


def page(_request: HttpRequest) -> HttpResponse:
    return edge.tag(HttpResponse(LONG), "site")


def untagged(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG)


def test_a_reader_that_takes_gzip_gets_the_same_bytes_each_time() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip, br"})
    first, second = (Encoding(page)(request) for _ in range(2))
    assert first["Content-Encoding"] == "gzip"
    assert first.content == second.content
    assert gzip.decompress(first.content) == LONG
    assert first["Content-Length"] == str(len(first.content))
    assert "Accept-Encoding" in first["Vary"]


@pytest.mark.parametrize("accepts", ["", "identity", "gzip;q=0", "br, gzip; q=0.0"])
def test_a_reader_that_does_not_take_gzip_gets_plain_bytes(accepts: str) -> None:
    answer = Encoding(page)(RequestFactory().get("/", headers={"accept-encoding": accepts}))
    assert not answer.has_header("Content-Encoding")
    assert answer.content == LONG
    assert "Accept-Encoding" in answer["Vary"]


def test_a_short_answer_stays_as_it_is() -> None:
    answer = Encoding(lambda _request: HttpResponse(b"ok"))(
        RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    )
    assert not answer.has_header("Content-Encoding")


def test_the_desk_is_compressed_the_way_that_hides_lengths() -> None:
    request = RequestFactory().get("/desk/", headers={"accept-encoding": "gzip"})
    answer = Encoding(untagged)(request)
    assert gzip.decompress(answer.content) == LONG


def test_readers_pages_carry_every_policy() -> None:
    answer = SecurityHeaders(page)(RequestFactory().get("/"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_desk_may_be_framed_by_nobody_and_a_preview_by_the_desk() -> None:
    assert SecurityHeaders(untagged)(RequestFactory().get("/desk/"))["X-Frame-Options"] == "DENY"
    preview = RequestFactory().get("/desk/pages/1/edit/preview/")
    assert SecurityHeaders(untagged)(preview)["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_without_tags_stops_a_test(settings) -> None:
    settings.GAZETI_STRICT = True
    with pytest.raises(ImproperlyConfigured, match="declares no cache tags"):
        DeclaredTags(untagged)(RequestFactory().get("/somewhere/"))


def test_a_page_without_tags_is_not_kept_in_service(settings) -> None:
    settings.GAZETI_STRICT = settings.DEBUG = False
    assert DeclaredTags(untagged)(RequestFactory().get("/somewhere/"))["Cache-Control"] == "no-store"


def test_an_error_in_place_of_an_uncached_views_answer_is_not_kept_either() -> None:
    def not_found(_request: HttpRequest) -> HttpResponse:
        return edge.tag(HttpResponse(status=404, headers={"Cache-Control": "public, no-cache"}), "site")

    request = RequestFactory().get("/search/", {"page": "999"})
    request.resolver_match = resolve("/search/")
    assert DeclaredTags(not_found)(request)["Cache-Control"] == "no-store"
    request.resolver_match = resolve("/recent/")
    assert DeclaredTags(not_found)(request)["Cache-Control"] == "public, no-cache"
