"""Views that do what a reader's page must not, or cannot help doing."""

from typing import Any

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from gazeti import edge

LONG = "<p>words</p>" * 50
fails = {"left": 0}


@edge.tagged("site")
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG)


@edge.tagged("site")
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(LONG)
    response.set_cookie("seen", "1")
    return response


@edge.tagged("site")
def with_cookie_by_hand(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG, headers={"Set-Cookie": "seen=1"})


@edge.tagged("site")
def varying(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG, headers={"Vary": "Accept-Encoding, Cookie"})


@edge.tagged("site")
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG, headers={"Cache-Control": "private"})


def untagged(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain", content_type="text/plain")


@edge.tagged("site")
def parts(request: HttpRequest) -> Any:
    return StreamingHttpResponse([b"one ", b"two"], content_type="text/plain")


@edge.tagged("site")
def asked(request: HttpRequest) -> HttpResponse:
    seen = {name: value for name, value in request.META.items() if name.startswith(("HTTP_", "REMOTE"))}
    told = {"host": request.get_host(), "method": request.method, "secure": request.is_secure()}
    return JsonResponse({"seen": seen, **told})


@edge.tagged("site")
def pages(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG + str(edge.parameter(request, "page")))


@edge.kept_with("after", "order")
def said(request: HttpRequest) -> HttpResponse:
    return edge.tag(HttpResponse(LONG), "site")


@edge.tagged("site")
def broken(request: HttpRequest) -> HttpResponse:
    if fails["left"]:
        fails["left"] -= 1
        connection.errors_occurred = True
        raise OperationalError("server closed the connection unexpectedly")
    return HttpResponse(LONG)


urlpatterns = [
    path("plain/", plain),
    path("cookie/", with_cookie),
    path("cookie-by-hand/", with_cookie_by_hand),
    path("varying/", varying),
    path("private/", private),
    path("untagged/", untagged),
    path("parts/", parts),
    path("asked/", asked),
    path("pages/", pages),
    path("said/", said),
    path("broken/", broken),
]
handler404 = "gazeti.front.views.not_found"
handler500 = "gazeti.front.views.failed"
